package sdmx

import (
	"hash/maphash"
	"io"
	"slices"
	"strconv"

	"resolute"
)

// Layout names the components of a data set, each once: dimensions in the order of the structure
// when one is known, else in the order in which they are met.
type Layout struct {
	Dimensions []string
	Time       string // the time dimension; empty: none
	Measures   []string
	Attributes []string
	Several    map[string][]string // components that hold several values or languages, and which languages
}

// SetSummary is one data set of a message: what it is about and how much it holds.
type SetSummary struct {
	DataSet
	Layout
	Observations int
	Attached     []Record // attributes of partial keys
	Attachments  Attachments
}

// Summary is what a message holds.
type Summary struct {
	Format Format
	Sets   []*SetSummary
	Total  resolute.FindingsTotal
}

// Observations counts those of all data sets.
func (s Summary) Observations() int {
	n := 0
	for _, set := range s.Sets {
		n += set.Observations
	}
	return n
}

// survey gathers the summary.
type survey struct {
	Summary
	seeds   [2]maphash.Seed
	seen    map[[2]uint64]int32 // lines
	about   [2]uint64
	runs    map[string]run
	checker checker
	known   Structures
	report  func(resolute.Finding)
	told    map[string]bool
}

// run counts how often the action of what data are about has changed: what stands again under an
// action after another one is meant so.
type run struct {
	action Action
	number int
}

// Survey reads a message once: what it holds and what is wrong with it. Every finding goes to
// report, that of a RefusedError not. Its memory grows with the keys (24 bytes each), not with
// the message.
func Survey(r io.ReadSeeker, known Structures, report func(resolute.Finding)) (Summary, error) {
	s := &survey{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, seen: map[[2]uint64]int32{}, runs: map[string]run{}, known: known, report: report, told: map[string]bool{}}
	format, err := Read(r, known, Handler{DataSet: s.dataSet, Record: s.record, Finding: s.finding})
	s.Format = format
	return s.Summary, err
}

func (s *survey) finding(f resolute.Finding) {
	s.Total.Add(f.Severity)
	s.report(f)
}

func (s *survey) dataSet(d DataSet) error {
	set := &SetSummary{DataSet: d, Layout: Layout{Time: d.timeDimension()}}
	if d.Structure != nil {
		for _, c := range d.Structure.Dimensions {
			set.Dimensions = append(set.Dimensions, c.ID)
		}
	}
	s.Sets = append(s.Sets, set)
	about := d.Ref.String() + d.ValidFrom // versions of one key are no duplicates
	now := s.runs[about]
	if now.action != d.Action {
		now = run{d.Action, now.number + 1}
		s.runs[about] = now
	}
	s.about = s.hash([]Value{{ID: strconv.Itoa(now.number), Text: about}})
	s.checker = newChecker(d, s.known, s.told, s.finding)
	return nil
}

// hash is the same for the same components in any order. Two sums of 64 bits each make an
// accidental equal all but impossible.
func (s *survey) hash(key []Value) [2]uint64 {
	var sum [2]uint64
	for i := range sum {
		var h maphash.Hash
		h.SetSeed(s.seeds[i])
		for j := range key {
			h.Reset()
			_, _ = h.WriteString(key[j].ID) // it never fails
			_ = h.WriteByte(0)
			_, _ = h.WriteString(key[j].Text)
			sum[i] += h.Sum64()
		}
	}
	return sum
}

func (s *survey) record(rec *Record) error {
	set := s.Sets[len(s.Sets)-1]
	set.meet(rec)
	if rec.Attached {
		if err := s.attach(set, rec); err != nil {
			return err
		}
	} else {
		set.Observations++
		s.duplicate(set, rec)
	}
	s.checker.check(rec)
	return nil
}

// attach keeps attributes of a partial key.
func (s *survey) attach(set *SetSummary, rec *Record) error {
	set.Attached = append(set.Attached, rec.clone())
	differing, err := set.Attachments.add(rec)
	if err != nil || set.Action == Delete { // what is named to be deleted has no value
		return err
	}
	for _, id := range differing {
		f := finding("sdmx-attribute-twice", resolute.SeverityError, place{rec.Line, rec.Column}, value(rec.Attributes, id), "each attribute once",
			"%s stands twice on the same part of a key, with different values: the first holds", id)
		f.Record = printedKey(rec.Key)
		s.finding(f)
	}
	return nil
}

func (l *Layout) meet(rec *Record) {
	meet(&l.Dimensions, rec.Key)
	meet(&l.Measures, rec.Measures)
	meet(&l.Attributes, rec.Attributes)
	for i := range rec.Attributes {
		l.parts(&rec.Attributes[i])
	}
	for i := range rec.Measures {
		l.parts(&rec.Measures[i])
	}
}

func (l *Layout) parts(v *Value) {
	if v.Parts == nil {
		return
	}
	if l.Several == nil {
		l.Several = map[string][]string{}
	}
	langs := l.Several[v.ID]
	for _, p := range v.Parts {
		if p.Lang != "" && !slices.Contains(langs, p.Lang) {
			langs = append(langs, p.Lang)
		}
	}
	l.Several[v.ID] = langs
}

// meet adds components that were not met before. Records mostly have the same in the same order.
func meet(known *[]string, values []Value) {
	for i := range values {
		if i < len(*known) && (*known)[i] == values[i].ID || slices.Contains(*known, values[i].ID) {
			continue
		}
		*known = append(*known, values[i].ID)
	}
}

func (s *survey) duplicate(set *SetSummary, rec *Record) {
	sum := s.hash(rec.Key)
	sum[0] += s.about[0]
	sum[1] += s.about[1]
	if line, twice := s.seen[sum]; twice {
		f := finding("sdmx-duplicate-key", resolute.SeverityError, place{rec.Line, rec.Column}, printedKey(rec.Key), "each key once",
			"the key stands twice, first in line %d: both observations are kept, none is chosen", line)
		f.Record = printedKey(rec.Key)
		s.finding(f)
		return
	}
	s.seen[sum] = int32(rec.Line)
}

// printedKey gives DIM=code pairs.
func printedKey(key []Value) string {
	out := ""
	for i, v := range key {
		if i > 0 {
			out += " "
		}
		out += v.ID + "=" + v.Text
	}
	return out
}

// Attachments are the attributes of partial keys: of data sets, groups and series without
// observation.
type Attachments struct {
	levels []level
}

// level is one set of dimensions that attributes hang on.
type level struct {
	dimensions []string
	attributes map[string][]Value // by codes
}

// maxLevels bounds the levels: every one is asked for each observation.
const maxLevels = 100

// add gives the attributes that the same partial key states otherwise already.
func (a *Attachments) add(rec *Record) (differing []string, err error) {
	if len(rec.Attributes) == 0 {
		return nil, nil
	}
	names := make([]string, len(rec.Key))
	for i, v := range rec.Key {
		names[i] = v.ID
	}
	slices.Sort(names)
	at := slices.IndexFunc(a.levels, func(l level) bool { return slices.Equal(l.dimensions, names) })
	if at < 0 && len(a.levels) >= maxLevels {
		return nil, refuse("sdmx-limit", place{rec.Line, rec.Column}, printedKey(rec.Key), "at most 100 sets of dimensions", "attributes hang on more than %d sets of dimensions", maxLevels)
	}
	if at < 0 {
		a.levels = append(a.levels, level{names, map[string][]Value{}})
		slices.SortStableFunc(a.levels, func(x, y level) int { return len(y.dimensions) - len(x.dimensions) })
		at = slices.IndexFunc(a.levels, func(l level) bool { return slices.Equal(l.dimensions, names) })
	}
	l := a.levels[at]
	codes, _ := l.codes(rec.Key)
	for _, v := range rec.Attributes {
		if stated := find(l.attributes[codes], v.ID, 0); stated == nil {
			l.attributes[codes] = append(l.attributes[codes], v)
		} else if stated.Text != v.Text {
			differing = append(differing, v.ID)
		}
	}
	return differing, nil
}

// codes gives the codes of a key at the level; false when one is missing.
func (l level) codes(key []Value) (string, bool) {
	out := ""
	for _, id := range l.dimensions {
		text := value(key, id)
		if text == "" {
			return "", false
		}
		out += text + "\x00"
	}
	return out, true
}

// Apply gives an observation the attributes that hang on a part of its key and that it does not
// state itself. The finest part wins.
func (a *Attachments) Apply(rec *Record) {
	if rec.Attached {
		return
	}
	for _, l := range a.levels {
		if codes, ok := l.codes(rec.Key); ok {
			rec.inherit(l.attributes[codes])
		}
	}
}
