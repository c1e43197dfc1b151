package web

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/mandate"
	"resolute/internal/mandate/align"
	"resolute/internal/mandate/compare"
)

// comparePage shows what changed between two texts, word by word.
type comparePage struct {
	*shell
	Key, Name   string
	Texts       []mandate.Revision // that can be compared, the newest first
	Old, New    *mandate.Reading   // nil: only one text is held
	Choices     []Choice
	Hidden      []Pair
	Inline      bool
	Counts      ChangeCounts
	Rows        int // that are shown
	Parts       []ComparePart
	Addressees  []AddresseeLine
	OldText     Link
	NewText     Link
	TitleChange []compare.Stretch
	Behind      bool // one of the texts has an annex or a footnote
}

// ComparePart is what stands under one heading.
type ComparePart struct {
	Series    mandate.Series
	Heading   []compare.Stretch // empty: the group prints none
	Operative bool
	Rows      []CompareRow
}

// CompareRow is one change.
type CompareRow struct {
	mandate.Change
	Anchor           string
	OldHref, NewHref string
	Likeness         string // percent
}

// Renumbered reports whether the two texts print different marks.
func (r CompareRow) Renumbered() bool {
	return r.Old != nil && r.New != nil && r.Old.Mark != r.New.Mark
}

// The values of the parameter show: what changed, everything, or one kind.
var compareShows = []string{"changes", "all", "kept", "edited", "moved", "new", "dropped", "unsure"}

// Two texts are shown in one column, or in two beside each other.
var compareViews = []string{"side", "inline"}

func (s *Site) compare(ctx context.Context, r *request, key string) (answer, error) {
	instrument, known := mandate.InstrumentOf(key)
	if known {
		key = instrument.Key
	}
	texts, err := s.Mandate.Comparable(ctx, key)
	if err != nil {
		return answer{}, err
	}
	if len(texts) == 0 && !known {
		return answer{}, s.missing(r.http)
	}
	p := comparePage{shell: s.shell(r, "compare.title", "name", key), Key: key, Texts: texts}
	show := r.oneOf("show", compareShows)
	p.Inline = r.oneOf("view", compareViews) == "inline"
	if err := s.chooseTexts(ctx, r, &p); err != nil {
		return answer{}, err
	}
	p.Notices = r.notices
	p.Name = p.instrumentName(instrument, p.New)
	p.Heading = p.T("compare.title", "name", p.Name)
	if p.Old == nil || p.New == nil {
		return answer{template: "compare", page: p, data: compareJSON{Instrument: key, Changes: []mandate.ChangeJSON{}}, csv: changesCSV(nil)}, nil
	}
	return p.answer(r, show), nil
}

// chooseTexts reads the two texts that the address names by their numbers; otherwise the newest of
// the instrument, and the one before it.
func (s *Site) chooseTexts(ctx context.Context, r *request, p *comparePage) (err error) {
	newest := slices.IndexFunc(p.Texts, func(t mandate.Revision) bool { return t.Instrument == p.Key })
	to := p.chosen(r, "new", newest)
	from := p.chosen(r, "old", to+1)
	if from == to && to+1 < len(p.Texts) { // the new one alone was chosen
		from = to + 1
	}
	if to < 0 || from >= len(p.Texts) || from == to {
		return nil
	}
	if p.Old, err = s.Mandate.Read(ctx, p.Texts[from].Instrument, p.Texts[from].ID); err != nil {
		return err
	}
	p.New, err = s.Mandate.Read(ctx, p.Texts[to].Instrument, p.Texts[to].ID)
	return err
}

// chosen gives the place of the text that a parameter names, or another one.
func (p *comparePage) chosen(r *request, name string, otherwise int) int {
	value := r.values.Get(name)
	if value == "" {
		return otherwise
	}
	for i, t := range p.Texts {
		if strconv.FormatInt(t.ID, 10) == value {
			return i
		}
	}
	r.values.Del(name)
	r.refuse([]string{name + "=" + value})
	return otherwise
}

// answer fills the page with what is asked for.
func (p comparePage) answer(r *request, show string) answer {
	changes := mandate.CompareReadings(p.Old, p.New)
	who := r.values.Get("addressee")
	if who != "" && !slices.ContainsFunc(changes, func(c mandate.Change) bool { return slices.Contains(addressed(c), who) }) {
		r.values.Del("addressee")
		r.refuse([]string{"addressee=" + who})
		p.Notices, who = r.notices, ""
	}
	for _, c := range changes {
		if c.Series != mandate.InText {
			p.Behind = true
			continue
		}
		p.Counts.add(c)
	}
	p.Addressees = p.byAddressee(changes)
	p.fillForm(show)
	var listed []mandate.Change // as data: everything unless a kind is asked for
	for i, c := range changes {
		if who != "" && !slices.Contains(addressed(c), who) {
			continue
		}
		if r.values.Get("show") == "" || shows(show, c) {
			listed = append(listed, c)
		}
		if shows(show, c) {
			p.addRow(i, c)
		}
	}
	if who != "" {
		name, _ := p.addresseeName(who)
		p.Heading = p.T("compare.title_for", "name", p.Name, "who", isolated(name))
	}
	if p.Old.Title != p.New.Title {
		p.TitleChange = compare.Words(p.Old.Title, p.New.Title)
	}
	return answer{template: "compare", page: p, data: compareJSON{p.Key, &p.Old.Revision, &p.New.Revision, mandate.ChangesJSON(listed)}, csv: changesCSV(listed),
		documents: redlineDocuments(r, p.Old, p.New)}
}

// shows tells whether a change belongs to what is shown.
func shows(show string, c mandate.Change) bool {
	switch show {
	case "all":
		return true
	case "changes":
		return c.Kind != align.Kept || c.Is(align.Moved)
	case align.Moved, align.Unsure:
		return c.Is(show)
	}
	return show == kindOf(c)
}

// kindOf is the kind as readers count it: what was split or merged is reworded.
func kindOf(c mandate.Change) string {
	if c.Kind == align.Split || c.Kind == align.Merged {
		return string(align.Edited)
	}
	return string(c.Kind)
}

// addRow adds a change under its heading.
func (p *comparePage) addRow(n int, c mandate.Change) {
	row := CompareRow{Change: c, Anchor: "c-" + strconv.Itoa(n+1)}
	if c.Old != nil {
		row.OldHref = p.textHref(c.Old)
	}
	if c.New != nil {
		row.NewHref = p.textHref(c.New)
	}
	if c.Old != nil && c.New != nil && c.Kind != align.Kept {
		row.Likeness = p.Percent(int64(math.Round(c.Score*100)) * 10_000)
	}
	heading, operative := changeHeading(c)
	last := len(p.Parts) - 1
	if last < 0 || p.Parts[last].Series != c.Series || newWords(p.Parts[last].Heading) != newWords(heading) || p.Parts[last].Operative != operative {
		p.Parts = append(p.Parts, ComparePart{Series: c.Series, Heading: heading, Operative: operative})
		last++
	}
	p.Parts[last].Rows = append(p.Parts[last].Rows, row)
	p.Rows++
}

// changeHeading is the heading that a change is shown under: that of the new text, with what changed
// of it when the provision stayed in its place.
func changeHeading(c mandate.Change) (heading []compare.Stretch, operative bool) {
	switch {
	case c.New == nil:
		return compare.Words(c.Old.Heading, c.Old.Heading), c.Old.Operative
	case c.Old == nil || c.Is(align.Moved):
		return compare.Words(c.New.Heading, c.New.Heading), c.New.Operative
	}
	return compare.Words(c.Old.Heading, c.New.Heading), c.New.Operative
}

func newWords(list []compare.Stretch) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.New)
	}
	return b.String()
}

func (p *comparePage) textHref(w *mandate.Wording) string {
	address := p.URL("/mandate/"+w.Instrument, "revision", strconv.FormatInt(w.ID, 10))
	if w.Path == "" { // a line of an annex, or a footnote
		return address
	}
	return address + "#" + anchor(w.Path)
}

// compareJSON is two texts with what changed between them.
type compareJSON struct {
	Instrument string               `json:"instrument"`
	Old        *mandate.Revision    `json:"old"` // null: only one text is held
	New        *mandate.Revision    `json:"new"`
	Changes    []mandate.ChangeJSON `json:"changes"`
}

// changesCSV writes one row for each change.
func changesCSV(list []mandate.Change) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"kind", "flags", "score", "addressees", "old_path", "new_path", "old_heading", "new_heading", "old_mark", "new_mark", "old_line", "new_line", "old_text", "new_text", "series"}}
		for _, c := range mandate.ChangesJSON(list) {
			old, new := c.Old.Or(), c.New.Or()
			rows = append(rows, []string{c.Kind, strings.Join(c.Flags, " "), strconv.FormatFloat(c.Score, 'f', -1, 64), guarded(strings.Join(c.Addressees, "|")), old.Path, new.Path,
				guarded(old.Heading), guarded(new.Heading), guarded(old.Mark), guarded(new.Mark), strconv.Itoa(old.Line), strconv.Itoa(new.Line), guarded(old.Text), guarded(new.Text), c.Series})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}
