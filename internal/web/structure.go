package web

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"net/url"
	"strconv"

	"resolute"
	"resolute/internal/mandate"
)

// structureView is the view of a text that shows how it was read, and lets it be corrected.
const structureView = "structure"

// structurePage shows how sure the place of each provision is, and what was corrected.
type structurePage struct {
	textPage
	Provisions  []PlacedLine
	Doubtful    []PlacedLine
	Corrections []CorrectionLine
	Unfit       []CorrectionLine
	MayCorrect  bool
}

// PlacedLine is a provision with how sure its place is.
type PlacedLine struct {
	mandate.Placed
	Anchor  string
	Percent int
	Unsure  bool
	Open    bool   // its form is shown
	Form    string // address that shows it; empty for who may not
}

// CorrectionLine is a correction with who made it.
type CorrectionLine struct {
	mandate.Correction
	Who string
}

// structure answers the view; the provision that the address names has its form open.
func (s *Site) structure(ctx context.Context, text textPage) (answer, error) {
	p := structurePage{textPage: text, MayCorrect: s.mayDecide(text.request)}
	found := text.Reading.Structure()
	chosen := text.request.values.Get("provision")
	for _, placed := range found.Provisions {
		p.Provisions = append(p.Provisions, p.placed(placed, chosen))
	}
	for _, placed := range found.Doubtful() {
		p.Doubtful = append(p.Doubtful, p.placed(placed, chosen))
	}
	unsure := map[string]bool{}
	for _, d := range p.Doubtful {
		unsure[d.Path] = true
	}
	for i := range p.Provisions {
		p.Provisions[i].Unsure = unsure[p.Provisions[i].Path]
	}
	named, err := s.people(ctx)
	if err != nil {
		return answer{}, err
	}
	for _, c := range found.Corrections {
		p.Corrections = append(p.Corrections, CorrectionLine{c, named(c.By)})
	}
	for _, c := range found.Unfit {
		p.Unfit = append(p.Unfit, CorrectionLine{c, named(c.By)})
	}
	p.Heading = p.T("structure.title", "name", p.Heading)
	return answer{template: "structure", page: p, data: found, csv: structureCSV(found)}, nil
}

func (p structurePage) placed(placed mandate.Placed, chosen string) PlacedLine {
	line := PlacedLine{Placed: placed, Anchor: placed.Path, Percent: int(math.Round(100 * placed.Certainty.Value))}
	if p.MayCorrect {
		line.Form = p.With("provision", placed.Path) + "#" + url.PathEscape(placed.Path)
		line.Open = placed.Path == chosen
	}
	return line
}

// CorrectAction is the address to which the forms go.
func (p structurePage) CorrectAction(verb string) string { return p.base() + "/structure/" + verb }

// Deeds are what a correction may do.
func (p structurePage) Deeds() []mandate.Deed { return mandate.Deeds }

func structureCSV(s mandate.Structure) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"path", "level", "mark", "certainty", "reason", "text"}}
		for _, p := range s.Provisions {
			rows = append(rows, []string{p.Path, strconv.Itoa(p.Level), guarded(p.Mark), strconv.FormatFloat(p.Certainty.Value, 'f', -1, 64), p.Certainty.Reason, guarded(p.Text)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

// correctStructure corrects a text, and leads back to the provision.
func (s *Site) correctStructure(ctx context.Context, d *deed) (string, error) {
	r, err := s.decidedText(ctx, d)
	if err != nil {
		return "", err
	}
	form := d.http.PostForm
	path := form.Get("provision")
	_, err = s.Mandate.Correct(ctx, d.request.who.Actor, r, path, mandate.Correction{Deed: mandate.Deed(form.Get("as")),
		Words: form.Get("words"), NewMark: form.Get("label"), Reason: form.Get("reason")})
	if err != nil {
		return "", err
	}
	now, err := s.Mandate.Read(ctx, r.Instrument, r.ID)
	if err != nil || now == nil {
		return structureOf(r), err
	}
	return structureOf(r) + "#" + url.PathEscape(placeNow(r, now, path)), nil
}

// placeNow is the path of a provision after a correction of it: its line begins where it did. One
// that was joined is in the provision before it.
func placeNow(before, now *mandate.Reading, path string) (place string) {
	line := 0
	for _, w := range before.Provisions {
		if w.Path == path {
			line = w.Line
		}
	}
	for _, w := range now.Provisions {
		if w.Line <= line {
			place = w.Path
		}
	}
	return place
}

// undoStructure takes a correction back, and leads back to the list of those that stand.
func (s *Site) undoStructure(ctx context.Context, d *deed) (string, error) {
	r, err := s.decidedText(ctx, d)
	if err != nil {
		return "", err
	}
	id, err := strconv.ParseInt(d.http.PostForm.Get("correction"), 10, 64)
	if err != nil {
		return "", &resolute.Error{Code: resolute.Invalid, Field: "correction", Message: "a correction has a number"}
	}
	return structureOf(r) + "#made", s.Mandate.UndoCorrection(ctx, d.request.who.Actor, r, id)
}

func structureOf(r *mandate.Reading) string {
	return "/mandate/" + r.Instrument + "?revision=" + strconv.FormatInt(r.ID, 10) + "&view=" + structureView
}

// TextHref leads to the text.
func (p structurePage) TextHref() string {
	return p.URL("/mandate/"+p.Key, "revision", strconv.FormatInt(p.Reading.ID, 10))
}
