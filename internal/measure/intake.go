package measure

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/measure/statfile"
	"resolute/internal/sdmx"
)

// Source says where a file of statistics comes from.
type Source struct {
	File    string // its name, for the account and for messages
	Name    string // what lasts from one file to the next; empty: File
	Options statfile.Options
	// Structures are those that SDMX messages may refer to, beside what they bring themselves.
	Structures sdmx.Structures
	Progress   func(read int, bytes int64) // called now and then; nil: not
}

// Batches of one transaction: small enough that a person's write never waits long.
const (
	batchSeries       = 4_000
	batchObservations = 60_000
	mostFindings      = 10_000 // that an account keeps
)

// intake is one import on its way.
type intake struct {
	measure *Measure
	by      resolute.Actor
	account ledger.Import
	base    int64 // sequence of the newest change when this import began
	in      *received
	tell    func(read int, bytes int64)

	pending    map[seriesKey]*pendingSeries
	order      []*pendingSeries
	last       *pendingSeries
	waiting    int
	indicators map[[2]string]indicatorText
	described  map[IndicatorKey]indicatorText // what is said of indicators already, where a file leaves that as it is
	concepts   *Catalogue
	units      map[[2]string]string // of indicators, as a message gives them
	fresh      []indicatorText      // indicators not yet written
	texts      map[string]string
	dims       []byte
	refusals   []ledger.RefusedRecord
	findings   []resolute.Finding
	kept       int // findings written
	leftOut    int
	removed    int  // observations taken away
	relative   bool // it takes away or amends: what it means depends on what stood
	packer     *zstd.Encoder
}

// pendingSeries are the observations of one series that the batch holds.
type pendingSeries struct {
	key      seriesKey
	areaName string
	concept  Concept // what it measures; zero: not known
	stated   []placed
}

// indicatorText is what a file says of an indicator.
type indicatorText struct{ dataflow, code, name, unit, parent, description string }

// Import reads a file of statistics of any of the forms that statfile knows, or an SDMX message, and
// makes its observations visible all at once. They are merged into what stands: a period that the
// file does not state stays, but for what a message asks to take away. It returns the account; its Transactions count the observations that are stored.
// A row that cannot be understood is refused with a finding, its text is kept and the others are
// stored; of two values that one file states for the same period the first stays and the other is
// refused. A file that cannot be read as a whole leaves an account that says why, and an Error with
// code Invalid. Where another import of the same series was published meanwhile the file is merged into
// what that one left, as if it had come after it; a series that it would not have changed keeps what the
// other gave it. Forbidden is returned for an actor without the right,
// Conflict when that is not possible: the file takes observations away or amends them.
func (m *Measure) Import(ctx context.Context, by resolute.Actor, src Source, r io.Reader) (ledger.Import, error) {
	if src.Name == "" {
		src.Name = src.File
	}
	if err := m.mayImport(by, src.Name); err != nil {
		return ledger.Import{}, err
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return ledger.Import{}, err
	}
	i := &intake{measure: m, by: by, account: m.account(by, src.File, src.Name), in: &received{src: r, sum: sha256.New()}, tell: src.Progress,
		pending: map[seriesKey]*pendingSeries{}, indicators: map[[2]string]indicatorText{}, texts: map[string]string{}, units: map[[2]string]string{}, packer: packer}
	if err := i.begin(ctx); err != nil {
		return ledger.Import{}, err
	}
	account, err := i.run(ctx, src)
	if err == nil {
		return account, nil
	}
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if dropped := m.drop(clean, i.account.ID); dropped != nil {
		return ledger.Import{}, errors.Join(fmt.Errorf("import %s: %w", src.File, err), dropped)
	}
	var refused *statfile.RefusedError
	var faulty *sdmx.RefusedError
	switch {
	case errors.As(err, &faulty):
		return i.refuse(clean, faulty.Finding, faulty)
	case errors.As(err, &refused):
		return i.refuse(clean, refused.Finding, refused)
	case resolute.CodeOf(err) == resolute.Conflict:
		return i.refuse(clean, resolute.Finding{Rule: "import-overtaken", Severity: resolute.SeverityError, Expected: "the only import of these series at the time", Message: err.Error()}, err)
	}
	return ledger.Import{}, fmt.Errorf("import %s: %w", src.File, err)
}

// run reads the file to its end, by what it is, and publishes it.
func (i *intake) run(ctx context.Context, src Source) (ledger.Import, error) {
	asMessage, whole, err := isMessage(i.in.src)
	if err != nil {
		return ledger.Import{}, err
	}
	i.in.src = whole
	if !asMessage {
		return i.runTable(ctx, src)
	}
	if err := i.readMessage(ctx, src); err != nil {
		return ledger.Import{}, err
	}
	return i.finish(ctx)
}

// runTable reads a table of figures.
func (i *intake) runTable(ctx context.Context, src Source) (ledger.Import, error) {
	head, err := statfile.Read(i.in, src.File, src.Options, statfile.Sink{
		Observation: func(o *statfile.Observation) error { return i.take(ctx, o) },
		Refused:     func(f resolute.Finding, text string) error { return i.refused(ctx, f, text) },
	})
	if err == nil {
		err = i.flush(ctx)
	}
	if err != nil {
		return ledger.Import{}, err
	}
	if _, err := io.Copy(io.Discard, i.in); err != nil { // what stands behind a gzip
		return ledger.Import{}, err
	}
	i.account.Version = head.Form
	if head.Blank > 0 {
		i.note(resolute.Finding{Rule: "blank-cells", Severity: resolute.SeverityNote, Message: fmt.Sprintf("%d cells say that nothing is known; nothing is stored for them", head.Blank)})
	}
	return i.finish(ctx)
}

// finish publishes what was read.
func (i *intake) finish(ctx context.Context) (ledger.Import, error) {
	if i.leftOut > 0 {
		i.note(resolute.Finding{Rule: findingTooMany, Severity: resolute.SeverityNote, Message: fmt.Sprintf("%d more findings are counted and not kept", i.leftOut)})
	}
	return i.publish(ctx)
}

// take puts one observation into the batch.
func (i *intake) take(ctx context.Context, o *statfile.Observation) error {
	i.account.Read++
	p := i.seriesOf(o, state)
	p.stated = append(p.stated, placed{Observation: Observation{Period: i.text(o.Period), Value: strings.Clone(o.Value), Status: i.text(o.Status), Multiplier: i.text(o.Multiplier),
		Nature: i.text(o.Nature), Source: i.text(o.Source), Note: i.text(o.Note), Words: o.Words}, line: o.Line})
	i.hold(p, o)
	return i.flushFull(ctx)
}

// flushFull writes the batch when it is full.
func (i *intake) flushFull(ctx context.Context) error {
	if i.waiting++; i.waiting < batchObservations && len(i.order) < batchSeries {
		return nil
	}
	return i.flush(ctx)
}

// hold tells of a value beyond the natural limits of what it measures, and of one of an unknown size.
func (i *intake) hold(p *pendingSeries, o *statfile.Observation) {
	if o.Words || o.Value == "" {
		return
	}
	text, known := inUnits(o.Value, o.Multiplier)
	if !known {
		i.note(multiplierFault(p.key.String()+" "+o.Period, strings.Clone(o.Multiplier), o.Line))
		return
	}
	if p.concept.Floor == nil && p.concept.Ceiling == nil {
		return
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil && p.concept.outside(v) {
		i.note(resolute.Finding{Rule: findingLimits, Severity: resolute.SeverityWarning, Record: p.key.String(), Line: o.Line, Found: o.Period + "=" + o.Value, Expected: p.concept.limits(),
			Message: fmt.Sprintf("%s %s is %s, beyond the natural limits of %s: %s", p.key, o.Period, text, p.concept.ID, p.concept.limits())})
	}
}

// seriesOf finds or begins the series of an observation; most often it is that of the one before. One that
// is taken away says nothing of its indicator.
func (i *intake) seriesOf(o *statfile.Observation, what deed) *pendingSeries {
	i.dims = appendDims(i.dims[:0], o.Dims)
	if p := i.last; p != nil && p.key.area == o.Area && p.key.indicator == o.Indicator && p.key.dataflow == o.Dataflow && p.key.dims == string(i.dims) {
		return p
	}
	key := seriesKey{i.text(o.Dataflow), i.text(o.Indicator), i.text(o.Area), i.text(string(i.dims))}
	p := i.pending[key]
	if p == nil {
		p = &pendingSeries{key: key, areaName: i.text(o.AreaName)}
		p.concept, _ = i.concepts.Of(key.dataflow, key.indicator, key.dims)
		i.pending[key] = p
		i.order = append(i.order, p)
	}
	i.last = p
	if what != remove {
		i.describe(o)
	}
	return p
}

// text gives one copy of texts that repeat. It forgets all when there are very many.
func (i *intake) text(s string) string {
	if s == "" {
		return ""
	}
	known, ok := i.texts[s]
	if !ok {
		if len(i.texts) > 100_000 {
			clear(i.texts)
		}
		known = strings.Clone(s)
		i.texts[known] = known
	}
	return known
}

// describe keeps what the file says of an indicator the first time that it says something.
func (i *intake) describe(o *statfile.Observation) {
	id := [2]string{o.Dataflow, o.Indicator}
	if _, known := i.indicators[id]; known {
		return
	}
	t := indicatorText{strings.Clone(o.Dataflow), strings.Clone(o.Indicator), strings.Clone(o.Name), strings.Clone(o.Unit), strings.Clone(o.Parent), strings.Clone(o.Description)}
	i.indicators[[2]string{t.dataflow, t.code}] = t
	if before, held := i.described[IndicatorKey{t.dataflow, t.code}]; held {
		t.name, t.parent, t.description, t.unit = cmp.Or(t.name, before.name), cmp.Or(t.parent, before.parent), cmp.Or(t.description, before.description), cmp.Or(t.unit, before.unit)
		if t == before {
			return
		}
	}
	i.fresh = append(i.fresh, t)
}

// appendDims writes dimensions as JSON, names in order, so that their order in the file does not
// matter.
func appendDims(to []byte, dims []statfile.Dim) []byte {
	if len(dims) == 0 {
		return append(to, '{', '}')
	}
	sorted := slices.SortedFunc(slices.Values(dims), func(a, b statfile.Dim) int { return strings.Compare(a.Name, b.Name) })
	for n, d := range sorted {
		to = append(to, "{,"[min(n, 1)])
		to = appendJSON(append(appendJSON(to, d.Name), ':'), d.Value)
	}
	return append(to, '}')
}

func appendJSON(to []byte, text string) []byte {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string is always JSON
	}
	return append(to, b...)
}

// refused keeps a row that cannot be understood.
func (i *intake) refused(ctx context.Context, f resolute.Finding, text string) error {
	i.account.Read++
	i.keep(f, text)
	if len(i.refusals) < batchSeries {
		return nil
	}
	return i.flush(ctx)
}

func (i *intake) keep(f resolute.Finding, text string) {
	i.account.Refused++
	i.refusals = append(i.refusals, ledger.RefusedRecord{N: i.account.Refused, Line: f.Line, Rule: f.Rule, Bytes: i.packer.EncodeAll([]byte(text), nil)})
	i.note(f)
}

// note counts a finding and keeps it, if there are not too many.
func (i *intake) note(f resolute.Finding) {
	i.account.Total.Add(f.Severity)
	f.File = ""
	if i.kept+len(i.findings) >= mostFindings && f.Rule != findingTooMany {
		i.leftOut++
		return
	}
	i.findings = append(i.findings, f)
}

// repeated tells of observations that the file states twice.
func (i *intake) repeated(p *pendingSeries, m merged) {
	for _, o := range m.again {
		i.note(resolute.Finding{Rule: findingAgain, Severity: resolute.SeverityWarning, Record: p.key.String(), Line: o.line, Found: o.Period + "=" + o.Value,
			Expected: "each period once", Message: fmt.Sprintf("%s %s stands twice in the file, with the same value", p.key, o.Period)})
	}
	for _, o := range m.contradicting {
		i.keep(resolute.Finding{Rule: findingContradicting, Severity: resolute.SeverityError, Record: p.key.String(), Line: o.line, Found: o.Period + "=" + o.Value,
			Expected: "one value for each period", Message: fmt.Sprintf("%s %s stands twice in the file and is not the same: the first stays", p.key, o.Period)}, o.Period+"="+o.Value)
	}
}

// received counts and hashes a file as it is read.
type received struct {
	src io.Reader
	sum hash.Hash
	n   int64
}

// Read reads from the file.
func (r *received) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	r.n += int64(n)
	r.sum.Write(p[:n])
	return n, err
}

func (r *received) describe(account *ledger.Import) {
	account.SHA256, account.Bytes = hex.EncodeToString(r.sum.Sum(nil)), r.n
}
