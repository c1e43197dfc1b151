package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"resolute/internal/measure"
)

// RevisionsPart is what imports changed in the values of an indicator.
type RevisionsPart struct {
	List []RevisionLine

	revisions []measure.Revision
}

// RevisionLine is one import, or one that was taken back.
type RevisionLine struct {
	Title         string
	When          string
	File          Link
	Source        string
	New           int
	Changed       int
	Removed       int
	Rows          []RevisedLine
	Left          int    // values that are not listed
	Before, After string // addresses of the page as of then; empty: nothing was held before
	First         bool
}

// RevisedLine is one value before and after.
type RevisedLine struct {
	Name          Passage
	Period        string
	Before, After string // empty: none
	Why           string // source of the newer value
}

// shownRevised is how many values of one import the page lists; the file has all.
const shownRevised = 40

// revisions reads what changed; of what is compared, or of all areas.
func (s *Site) revisions(ctx context.Context, r *request, p *indicatorPage, v *frameView) (*RevisionsPart, error) {
	var areas []string
	for _, one := range v.compared {
		if !one.group() {
			areas = append(areas, one.series.Area)
		}
	}
	list, err := s.Measure.Revisions(ctx, p.About.IndicatorKey, v.frame.Dims, areas, r.head.Seq)
	if err != nil {
		return nil, err
	}
	out := &RevisionsPart{revisions: list}
	for i, one := range list {
		out.List = append(out.List, p.revision(v, one, i == len(list)-1))
	}
	return out, nil
}

// revision writes one import. Of the first only the number of values is told: before it there was nothing.
func (p *indicatorPage) revision(v *frameView, one measure.Revision, first bool) RevisionLine {
	l := RevisionLine{When: p.Date(one.At.UnixMilli()) + p.Comma() + one.At.UTC().Format("15:04") + " UTC", File: Link{Href: p.URL("/import/" + strconv.FormatInt(one.Import, 10)), Text: one.File}, New: one.New, Changed: one.Changed, Removed: one.Removed,
		First: first, After: p.With("at", strconv.FormatInt(one.Seq, 10)), Title: p.T("indicator.revision", "version", one.Seq)}
	if one.Undone {
		l.Title = p.T("indicator.revision_undone", "version", one.Seq)
	}
	if one.Source != one.File {
		l.Source = one.Source
	}
	if first {
		return l
	}
	l.Before = p.With("at", strconv.FormatInt(one.Seq-1, 10))
	values := slices.Clone(one.Values)
	slices.SortStableFunc(values, func(a, b measure.RevisedValue) int { return cmp.Compare(weightOf(a), weightOf(b)) })
	l.Left = max(0, len(values)-shownRevised)
	for _, value := range values[:len(values)-l.Left] {
		l.Rows = append(l.Rows, p.revised(v, value))
	}
	return l
}

// weightOf puts what was changed or removed before what is new.
func weightOf(value measure.RevisedValue) int {
	if value.Before == nil {
		return 1
	}
	return 0
}

func (p *indicatorPage) revised(v *frameView, value measure.RevisedValue) RevisedLine {
	l := RevisedLine{Name: v.name(measure.AreaSeries{Area: value.Area, Name: value.AreaName}), Period: value.Period, Before: p.stating(value.Before), After: p.stating(value.After)}
	if value.After != nil {
		l.Why = value.After.Source
	}
	return l
}

// stating writes an observation as it was received, with its flag.
func (p *indicatorPage) stating(o *measure.Observation) string {
	switch {
	case o == nil:
		return ""
	case o.Value == "":
		return p.T("absent.no_data")
	case o.Status != "":
		return o.Value + " (" + o.Status + ")"
	}
	return o.Value
}

// revisionColumns are those of the rows of the view.
var revisionColumns = columnsOf(`dataflow indicator dims data_version at import file source undone area iso2 area_name period change value_before status_before source_before note_before
	value_after status_after source_after note_after`, "data_version", "import")

// revisionRows are all values that changed, newest import first; values may be words.
func (p *indicatorPage) revisionRows(v *frameView) fileTable {
	t := fileTable{columns: revisionColumns}
	if p.Revisions == nil {
		return t
	}
	for _, one := range p.Revisions.revisions {
		for _, value := range one.Values {
			change := "changed"
			switch {
			case value.Before == nil:
				change = "new"
			case value.After == nil:
				change = "removed"
			}
			cells := []string{v.frame.Dataflow, v.frame.Indicator, v.dimsText(), strconv.FormatInt(one.Seq, 10), one.At.UTC().Format(time.RFC3339), strconv.FormatInt(one.Import, 10), one.File, one.Source, strconv.FormatBool(one.Undone),
				value.Area, v.iso2(measure.AreaSeries{Area: value.Area}), value.AreaName, value.Period, change}
			t.rows = append(t.rows, append(append(cells, observed(value.Before)...), observed(value.After)...))
		}
	}
	return t
}

// observed are value, flag, source and note; empty for none.
func observed(o *measure.Observation) []string {
	if o == nil {
		return make([]string, 4)
	}
	return []string{o.Value, o.Status, o.Source, o.Note}
}
