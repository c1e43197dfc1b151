package measure

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/measure/statfile"
	"resolute/internal/sdmx"
)

// The rules of findings about SDMX messages that the standard itself does not break.
const (
	findingNoArea = "area-missing"

	findingWithoutArea = "area-not-applicable"
	findingNoPeriod    = "period-missing"
	findingNoFlow      = "dataflow-missing"
	findingMeasure     = "measure-left-out"
	findingUnits       = "units-differ"
	findingRemoved     = "observations-removed"
)

// message is an SDMX message on its way in.
type message struct {
	*intake
	in      io.ReadSeeker
	known   sdmx.Structures
	summary sdmx.Summary
	twice   map[[2]int]bool // line and column of observations whose key stood before
	flow    string          // in place of that of the message; empty: its own

	next  int // data set that comes
	about layout
	told  map[string]bool
}

// isMessage tells by the first signs whether a file is an SDMX message rather than a table, and
// gives the file from its start.
func isMessage(r io.Reader) (bool, io.Reader, error) {
	start := make([]byte, 4096)
	n, err := io.ReadFull(r, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil, err
	}
	start = start[:n]
	if seeker, can := r.(io.Seeker); can {
		if _, err := seeker.Seek(0, io.SeekStart); err == nil {
			return looksSDMX(start), r, nil
		}
	}
	return looksSDMX(start), io.MultiReader(bytes.NewReader(start), r), nil
}

func looksSDMX(start []byte) bool {
	if bytes.HasPrefix(start, []byte{0x1F, 0x8B}) {
		packed, err := gzip.NewReader(bytes.NewReader(start))
		if err != nil {
			return false
		}
		start, _ = bufio.NewReader(packed).Peek(256) // it may break off: only its start is at hand
	}
	text := strings.TrimLeft(strings.TrimPrefix(string(start), "\uFEFF"), " \t\r\n")
	if strings.HasPrefix(text, "<") || strings.HasPrefix(text, "{") {
		return true
	}
	first := strings.TrimPrefix(text, `"`)
	return strings.HasPrefix(first, "DATAFLOW") || strings.HasPrefix(first, "STRUCTURE")
}

// rewindable gives a file that can be read several times: itself, or a copy of it that done takes
// away.
func rewindable(r io.Reader) (seeker io.ReadSeeker, done func(), err error) {
	if seeker, can := r.(io.ReadSeeker); can {
		if _, err := seeker.Seek(0, io.SeekStart); err == nil {
			return seeker, func() {}, nil
		}
	}
	held, err := os.CreateTemp("", "resolute-sdmx-*")
	if err != nil {
		return nil, nil, err
	}
	done = func() { _, _ = held.Close(), os.Remove(held.Name()) } // it holds nothing that is missed
	if _, err = io.Copy(held, r); err == nil {
		_, err = held.Seek(0, io.SeekStart)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return held, done, nil
}

// readMessage takes in a message: first what it holds and what is wrong with it, then its
// observations.
func (i *intake) readMessage(ctx context.Context, src Source) error {
	in, done, err := rewindable(i.in.src)
	if err != nil {
		return err
	}
	defer done()
	i.in.src = in
	if _, err := io.Copy(io.Discard, i.in); err != nil {
		return err
	}
	i.in.src = strings.NewReader("") // it is hashed and counted once
	err = i.measure.DB.View(ctx, func(q db.Queryer) (err error) {
		i.described, err = indicatorTexts(ctx, q, i.base)
		return err
	})
	if err != nil {
		return err
	}
	m := &message{intake: i, in: in, known: src.Structures, twice: map[[2]int]bool{}, told: map[string]bool{}, flow: src.Options.Dataflow}
	return m.read(ctx)
}

func (m *message) read(ctx context.Context) (err error) {
	m.summary, err = sdmx.Survey(m.in, m.known, func(f resolute.Finding) {
		if f.Rule == "sdmx-duplicate-key" {
			m.twice[[2]int{f.Line, f.Column}] = true // told when it is known which of them stands
			return
		}
		m.note(f)
	})
	if err != nil {
		return err
	}
	_, err = sdmx.Read(m.in, m.known, sdmx.Handler{
		DataSet: func(sdmx.DataSet) error { return m.begin(ctx) },
		Record:  func(rec *sdmx.Record) error { return m.record(ctx, rec) },
	})
	if err == nil {
		err = m.flush(ctx)
	}
	if m.removed > 0 {
		m.note(resolute.Finding{Rule: findingRemoved, Severity: resolute.SeverityNote, Message: fmt.Sprintf("%d observations are taken away, as the message asks", m.removed)})
	}
	m.account.Version = string(m.summary.Format)
	return err
}

// begin opens a data set; what came before it is stored first, for the order of data sets counts.
func (m *message) begin(ctx context.Context) error {
	if err := m.flush(ctx); err != nil {
		return err
	}
	set := m.summary.Sets[m.next]
	m.next++
	m.last = nil
	m.about = layoutOf(set, m.flow)
	if m.about.flow == "" {
		f := resolute.Finding{Rule: findingNoFlow, Severity: resolute.SeverityError, Line: set.Line, Expected: "AGENCY:ID(VERSION)",
			Message: "a data set does not say to which dataflow it belongs: name it with --dataflow"}
		return &statfile.RefusedError{Finding: f}
	}
	if m.about.area == "" && set.Observations > 0 && set.Action != sdmx.Delete {
		m.once(findingWithoutArea, resolute.Finding{Rule: findingWithoutArea, Severity: resolute.SeverityNote, Line: set.Line, Record: m.about.flow, Expected: "a dimension " + strings.Join(areaDimensions, ", "),
			Message: "the data are told apart by no area: they are stored under the area " + notApplicable + ", not applicable"})
	}
	return nil
}

// record takes one record of the data set.
func (m *message) record(ctx context.Context, rec *sdmx.Record) error {
	removing := m.about.set.Action == sdmx.Delete
	if rec.Attached && !removing {
		return nil // what it says, the observations below it are given
	}
	if !removing {
		m.about.set.Attachments.Apply(rec)
	}
	s := m.about.statement(rec)
	m.tell(s)
	if !s.says() {
		m.account.Read++
		m.account.Unchanged++
		return nil
	}
	s.ordered = !m.twice[[2]int{rec.Line, rec.Column}]
	if removing && (rec.Attached || len(rec.Key) < len(m.about.set.Dimensions) || s.Indicator == "" || s.Area == "" || s.Period == "") {
		return m.removeCovered(ctx, s)
	}
	if f := m.about.fault(s); f != nil {
		return m.refused(ctx, *f, printedRecord(rec))
	}
	m.account.Read++
	return m.place(ctx, m.seriesOf(&s.Observation, s.deed), s)
}

// place puts a statement into the batch.
func (m *message) place(ctx context.Context, p *pendingSeries, s statement) error {
	o := s.Observation
	m.relative = m.relative || s.deed != state
	p.stated = append(p.stated, placed{Observation: Observation{Period: m.text(o.Period), Value: strings.Clone(o.Value), Status: m.text(o.Status), Multiplier: m.text(o.Multiplier),
		Nature: m.text(o.Nature), Source: m.text(o.Source), Note: m.text(o.Note), Words: o.Words}, line: o.Line, deed: s.deed, gives: s.gives, covers: s.covers, ordered: s.ordered})
	if s.deed != remove {
		m.hold(p, &o)
	}
	return m.flushFull(ctx)
}

// tell tells once of what the store has no place for.
func (m *message) tell(s statement) {
	for _, id := range s.leftOut {
		m.once(findingMeasure+id, resolute.Finding{Rule: findingMeasure, Severity: resolute.SeverityWarning, Line: s.Line, Found: id, Expected: "one measure",
			Message: fmt.Sprintf("the measure %s is left out: one value is stored for each key, that of %s", id, m.about.measure)})
	}
	if s.Unit == "" {
		return
	}
	unit, known := m.units[[2]string{s.Dataflow, s.Indicator}]
	if !known {
		m.units[[2]string{strings.Clone(s.Dataflow), strings.Clone(s.Indicator)}] = strings.Clone(s.Unit)
	} else if unit != s.Unit {
		m.once(findingUnits+s.Indicator, resolute.Finding{Rule: findingUnits, Severity: resolute.SeverityWarning, Line: s.Line, Record: s.Indicator, Found: s.Unit, Expected: unit,
			Message: fmt.Sprintf("%s is given in %q and in %q: one unit is stored for an indicator, the first", s.Indicator, unit, s.Unit)})
	}
}

func (m *message) once(what string, f resolute.Finding) {
	if !m.told[what] {
		m.told[what] = true
		m.note(f)
	}
}

func printedRecord(rec *sdmx.Record) string {
	var out []string
	for _, list := range [][]sdmx.Value{rec.Key, rec.Measures, rec.Attributes} {
		for _, v := range list {
			out = append(out, v.ID+"="+v.Text)
		}
	}
	return strings.Join(out, " ")
}

// removeCovered takes away what a key with empty dimensions covers.
func (m *message) removeCovered(ctx context.Context, s statement) error {
	m.account.Read++
	if m.about.covered == nil {
		if err := m.loadCovered(ctx); err != nil {
			return err
		}
	}
	s.covers = true
	for _, key := range m.about.covered {
		if !s.coversSeries(key) {
			continue
		}
		p := m.pending[key.seriesKey]
		if p == nil {
			p = &pendingSeries{key: key.seriesKey}
			m.pending[key.seriesKey] = p
			m.order = append(m.order, p)
		}
		if err := m.place(ctx, p, s); err != nil {
			return err
		}
	}
	return nil
}

// loadCovered reads the keys of all series of the dataflow.
func (m *message) loadCovered(ctx context.Context) error {
	m.about.covered = []coveredSeries{}
	return m.measure.DB.View(ctx, func(q db.Queryer) error {
		rows, err := q.Query(ctx, `SELECT indicator, area, dims FROM series WHERE dataflow = $1 ORDER BY id`, m.about.flow)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			key := coveredSeries{seriesKey: seriesKey{dataflow: m.about.flow}}
			if err := rows.Scan(&key.indicator, &key.area, &key.seriesKey.dims); err != nil {
				return err
			}
			key.named = dimsOf(key.seriesKey.dims)
			m.about.covered = append(m.about.covered, key)
		}
		return rows.Err()
	})
}
