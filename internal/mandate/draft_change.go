package mandate

import (
	"context"
	"slices"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/mandate/align"
	"resolute/internal/mandate/compare"
)

// DraftReading is a draft with all that its pages and files show.
type DraftReading struct {
	Draft    Draft
	Base     *Reading // the text that it was begun from; held as the first version of the draft
	New      *Reading // the text as it stands; under MOD where anything changed
	Findings []resolute.Finding
	Changes  []Change                      // of provisions, in the order of the draft, kept ones among them
	Others   []DraftChange                 // of number, title, headings and all else
	findings map[string][]resolute.Finding // by the key of the line
}

// DraftChange is what became of a line that is no provision.
type DraftChange struct {
	Key, Kind string
	Stretches []compare.Stretch
}

// Marks of a proposal, as in the margin of documents of ITU.
const (
	MarkChanged = "MOD"
	MarkAdded   = "ADD"
	MarkStruck  = "SUP"
	MarkNone    = "NOC"
)

// ProposalMark is what stands in the margin beside a change. A number that only follows another
// is a change as well.
func ProposalMark(c Change) string {
	switch {
	case c.Old == nil:
		return MarkAdded
	case c.New == nil:
		return MarkStruck
	case c.Kind == align.Kept && len(c.Flags) == 0:
		return MarkNone
	}
	return MarkChanged
}

// Mark is that of the whole: NOC where nothing changed.
func (r *DraftReading) Mark() string {
	if r.Base.Body == r.Draft.Body() {
		return MarkNone
	}
	return MarkChanged
}

// FindingsOf lists what is wrong with a line.
func (r *DraftReading) FindingsOf(key string) []resolute.Finding { return r.findings[key] }

// readDraft compares a draft with the lines that it was begun with, and looks for faults as of its day,
// against the texts held too.
func readDraft(ctx context.Context, q db.Queryer, d Draft, first []DraftLine) (*DraftReading, error) {
	r := &DraftReading{Draft: d, Base: Unheld(draftBody(first)), findings: map[string][]resolute.Finding{}}
	r.Base.Instrument = d.Instrument
	old, _ := d.wordings(first)
	new, doc := d.wordings(d.Lines)
	found, err := heldFindings(ctx, q, Revision{Instrument: d.Instrument, Day: doc.Day}, doc.Day, new, citationsIn(new, bodyOfKey(d.Instrument)))
	if err != nil {
		return nil, err
	}
	r.Findings = sortFindings(append(Lint(doc), withMarks(found, doc.Lines)...))
	r.New = Unheld(r.proposal())
	r.New.Instrument, r.New.Day, r.New.Findings = d.Instrument, d.Day, r.Findings
	r.Changes = draftChanges(d, old, new)
	r.Others = otherChanges(first, d.Lines)
	r.placeFindings()
	return r, nil
}

// proposal is the text under its mark, which a text without changes does not bear.
func (r *DraftReading) proposal() string {
	if r.Mark() == MarkNone {
		return r.Draft.Body()
	}
	return MarkChanged + "\n" + r.Draft.Body()
}

// placeFindings gives each finding to the line that it stands on.
func (r *DraftReading) placeFindings() {
	n, at := 1, 0
	for _, l := range r.Draft.Lines {
		if l.Struck {
			continue
		}
		n += lineEnds(l)
		for ; at < len(r.Findings) && r.Findings[at].Line < n; at++ {
			r.findings[l.Key] = append(r.findings[l.Key], r.Findings[at])
		}
	}
}

func draftChanges(d Draft, old, new []Wording) []Change {
	before, after := byThread(old), byThread(new)
	stayed := unmoved(old, new)
	var list []Change
	for _, l := range d.Lines {
		if l.Kind != DraftProvision {
			continue
		}
		thread := d.Instrument + "#" + l.Key
		c := Change{Old: before[thread], New: after[thread], Kind: align.Edited, Flags: []string{}, Score: 1}
		if c.Old == nil && c.New == nil {
			continue
		}
		c.settle(stayed[thread])
		list = append(list, c)
	}
	return list
}

// settle tells kind, flags and words of a change of one provision.
func (c *Change) settle(stayed bool) {
	var a, b string
	switch {
	case c.Old == nil:
		c.Kind, b, c.Addressees = align.New, c.New.Text, c.New.Addressees
	case c.New == nil:
		c.Kind, a, c.Addressees = align.Dropped, c.Old.Text, c.Old.Addressees
	default:
		a, b, c.Addressees = c.Old.Text, c.New.Text, c.New.Addressees
		if a == b {
			c.Kind = align.Kept
		}
		if c.Old.Mark != c.New.Mark {
			c.Flags = append(c.Flags, align.Renumbered)
		}
		if !stayed {
			c.Flags = append(c.Flags, align.Moved)
		}
	}
	c.Stretches = compare.Words(a, b)
}

func byThread(list []Wording) map[string]*Wording {
	found := map[string]*Wording{}
	for i := range list {
		found[list[i].Thread] = &list[i]
	}
	return found
}

// unmoved tells which threads of both texts kept their order among the others.
func unmoved(old, new []Wording) map[string]bool {
	place := map[string]int{}
	for i, w := range old {
		place[w.Thread] = i + 1
	}
	var common []counterpart
	for j, w := range new {
		if i := place[w.Thread]; i > 0 {
			common = append(common, counterpart{i - 1, j, 1})
		}
	}
	stayed := map[string]bool{}
	for _, c := range inOrder(common) {
		stayed[new[c.new].Thread] = true
	}
	return stayed
}

func otherChanges(first, lines []DraftLine) []DraftChange {
	var list []DraftChange
	for _, l := range lines {
		if l.Kind == DraftProvision {
			continue
		}
		before, after := "", l.Words()
		if at := lineAt(first, l.Key); at >= 0 {
			before = first[at].Words()
		}
		if l.Struck {
			after = ""
		}
		if before != after {
			list = append(list, DraftChange{l.Key, l.Kind, compare.Words(before, after)})
		}
	}
	return list
}

// Addressees counts the changes of provisions by whom they speak to, in the order of the text; the
// preamble, and what speaks to nobody by name, under "".
func (r *DraftReading) Addressees() (names []string, counts map[string]int) {
	counts = map[string]int{}
	for _, c := range r.Changes {
		if ProposalMark(c) == MarkNone {
			continue
		}
		whom := c.Addressees
		if len(whom) == 0 {
			whom = []string{""}
		}
		for _, name := range whom {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			counts[name]++
		}
	}
	return names, counts
}
