package mandate

import (
	"slices"

	"resolute/internal/mandate/align"
	"resolute/internal/mandate/compare"
)

// Change is what became of one provision between two texts, word by word. Old is nil for what is
// new, New for what was dropped.
type Change struct {
	Series     Series
	Old, New   *Wording
	Kind       align.Kind
	Flags      []string // any of renumbered, moved, unsure
	Score      float64  // likeness of the words, 0 to 1
	Stretches  []compare.Stretch
	Addressees []string // of the new wording, or of the dropped one
}

// Is reports whether the change bears a flag.
func (c Change) Is(flag string) bool { return slices.Contains(c.Flags, flag) }

// Compare tells what changed from one text to another, in the order of the new one: the text proper, then the
// annexes, then the footnotes.
func Compare(old, new *Document) []Change { return compareSeries(old.series(), new.series()) }

// CompareReadings tells what changed from one text held to another.
func CompareReadings(old, new *Reading) []Change { return compareSeries(old.series(), new.series()) }

func compareSeries(old, new series) []Change {
	list := changes(InText, old.text, new.text, align.Texts(units(old.text, false), units(new.text, false)))
	list = append(list, changes(InAnnex, old.annexes, new.annexes, align.Texts(annexUnits(old.annexes), annexUnits(new.annexes)))...)
	return append(list, changes(InFootnote, old.footnotes, new.footnotes, align.Texts(footnoteUnits(old.footnotes), footnoteUnits(new.footnotes)))...)
}

func changes(of Series, old, new []Wording, links []align.Link) []Change {
	list := make([]Change, len(links))
	for i, l := range links {
		c := Change{Series: of, Kind: l.Kind, Flags: l.Flags, Score: l.Score}
		var before, after string
		if l.Old != align.None {
			c.Old, before = &old[l.Old], old[l.Old].Text
			c.Addressees = c.Old.Addressees
		}
		if l.New != align.None {
			c.New, after = &new[l.New], new[l.New].Text
			c.Addressees = c.New.Addressees
		}
		c.Stretches = compareWords(l.Kind)(before, after)
		list[i] = c
	}
	return list
}

// compareWords chooses how the words of a link are compared.
func compareWords(kind align.Kind) func(old, new string) []compare.Stretch {
	if kind == align.Split || kind == align.Merged {
		return compare.Within
	}
	return compare.Words
}

// ChangeJSON is a change as others read it. The side that is missing, of what is new or dropped,
// is null.
type ChangeJSON struct {
	Series     string        `json:"series"` // text, annex, footnote
	Kind       string        `json:"kind"`   // kept, edited, new, dropped, split, merged
	Flags      []string      `json:"flags"`  // any of renumbered, moved, unsure
	Score      float64       `json:"score"`  // likeness of the words, 0 to 1, three digits
	Addressees []string      `json:"addressees"`
	Old        *SideJSON     `json:"old"`
	New        *SideJSON     `json:"new"`
	Stretches  []StretchJSON `json:"stretches"`
}

// SideJSON is a provision in one of two texts.
type SideJSON struct {
	Path      string `json:"path"` // of the thread within its instrument; annexes and footnotes have none
	Heading   string `json:"heading"`
	Operative bool   `json:"operative"`
	Mark      string `json:"mark"`
	Line      int    `json:"line"` // from 1
	Text      string `json:"text"`
}

// Or gives the side, an empty one where it is missing.
func (s *SideJSON) Or() SideJSON {
	if s == nil {
		return SideJSON{}
	}
	return *s
}

// StretchJSON is a run of words: together the old ones are the old text, the new ones the new. Of
// what was kept both are given, since blanks and signs that are not seen may differ.
type StretchJSON struct {
	Kind string `json:"kind"` // kept, deleted, inserted
	Old  string `json:"old"`
	New  string `json:"new"`
}

// ChangesJSON gives changes as others read them.
func ChangesJSON(list []Change) []ChangeJSON {
	out := make([]ChangeJSON, len(list))
	for i, c := range list {
		out[i] = ChangeJSON{Series: string(c.Series), Kind: string(c.Kind), Flags: c.Flags, Score: thousandths(c.Score), Addressees: some(c.Addressees), Old: sideJSON(c.Old), New: sideJSON(c.New),
			Stretches: make([]StretchJSON, len(c.Stretches))}
		for j, s := range c.Stretches {
			out[i].Stretches[j] = StretchJSON{string(s.Kind), s.Old, s.New}
		}
	}
	return out
}

func sideJSON(w *Wording) *SideJSON {
	if w == nil {
		return nil
	}
	return &SideJSON{w.Path, w.Heading, w.Operative, w.Mark, w.Line, w.Text}
}
