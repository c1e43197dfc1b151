package web

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"resolute/internal/mandate/redline"
)

// redlineViews are the views of a text that mixes two revisions: what changed, and both texts.
var redlineViews = []string{"redline", "before", "after"}

// redlinePage shows how a text that mixes two revisions comes apart, or one of the two texts.
type redlinePage struct {
	textPage
	View           string
	Views          []Link
	Lines          []RedlineLine // of the view redline
	Clean          []string      // lines of one of the two texts
	Sure, Doubtful int
	Restored       []redline.Letter
	Lost           []redline.Decision // decisions that fit no single place of this text any more
	MayDecide      bool
	named          func(id string) string
}

// Person is how the page names who decided.
func (p redlinePage) Person(id string) string { return p.named(id) }

// RedlineLine is one line of the text with what changed in it.
type RedlineLine struct {
	Number         int
	Pieces         []redline.Piece
	Sure, Doubtful []RedlineNote
	Decided        []RedlineNote
}

// RedlineNote says of one span how sure it is and why.
type RedlineNote struct {
	redline.Span
	Percent int
	Else    string // key of the other reading
}

// redlineAnswer serves the proposal as page and JSON, and both texts also as plain text.
func (s *Site) redlineAnswer(ctx context.Context, text textPage, view string) (answer, error) {
	proposal, err := s.Mandate.Apart(ctx, text.Reading)
	if err != nil {
		return answer{}, err
	}
	named, err := s.people(ctx)
	if err != nil {
		return answer{}, err
	}
	p := redlinePage{textPage: text, View: view, named: named, Restored: proposal.Restored, Lost: proposal.Lost, MayDecide: text.Who() != ""}
	p.Views = append(p.Views, Link{Href: p.With("view", ""), Text: p.T("redline.view.printed")})
	for _, v := range redlineViews {
		p.Views = append(p.Views, Link{Href: p.With("view", v), Text: p.T("redline.view." + v), Current: v == view})
	}
	for _, l := range redline.Lines(text.Reading.Body, proposal.Spans) {
		p.Lines = append(p.Lines, redlineLine(l))
	}
	for _, s := range proposal.Spans {
		if s.Sure() {
			p.Sure++
		} else {
			p.Doubtful++
		}
	}
	out := answer{template: "redline", data: proposal, text: proposal.Before, csv: spansCSV(proposal.Spans)}
	switch view {
	case "redline":
		out.text = ""
	case "after":
		out.text = proposal.After
	}
	p.Clean = strings.Split(strings.TrimSuffix(out.text, "\n"), "\n")
	out.page = p
	return out, nil
}

func spansCSV(spans []redline.Span) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"line", "start", "end", "kind", "text", "certainty", "reason"}}
		for _, s := range spans {
			rows = append(rows, []string{strconv.Itoa(s.Line), strconv.Itoa(s.Start), strconv.Itoa(s.End), string(s.Kind), guarded(s.Text),
				strconv.FormatFloat(s.Certainty, 'f', -1, 64), guarded(s.Reason)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

func redlineLine(l redline.Line) RedlineLine {
	line := RedlineLine{Number: l.Number, Pieces: l.Pieces}
	for _, piece := range l.Pieces {
		if piece.Span == nil {
			continue
		}
		note := RedlineNote{Span: *piece.Span, Percent: int(math.Round(100 * piece.Span.Certainty)), Else: elseKey(piece.Span.Rule)}
		if note.Decided != nil {
			line.Decided = append(line.Decided, note)
		} else if note.Sure() {
			line.Sure = append(line.Sure, note)
		} else {
			line.Doubtful = append(line.Doubtful, note)
		}
	}
	return line
}

// elseKey is the other reading of a doubtful span: that of its rule, else the other order.
func elseKey(rule string) string {
	switch rule {
	case "stale-citation", "two-marks", "mark-missing", "mark-doubled", "list-restarts", "two-roles", "past-conference", "later-wording":
		return "redline.else." + rule
	}
	return "redline.else.order"
}

// DecideAction is the address to which the forms about spans go.
func (p redlinePage) DecideAction(verb string) string { return p.base() + "/redline/" + verb }

// Verdicts are what may be said about a span.
func (p redlinePage) Verdicts() []redline.Kind { return redline.Verdicts }

// Excerpt is the head of the words of a span, to tell it from the others of its line.
func (n RedlineNote) Excerpt() string {
	const most = 48
	signs := []rune(strings.TrimSpace(n.Text))
	if len(signs) <= most {
		return string(signs)
	}
	return string(signs[:most]) + " …"
}

// Empty tells a line without a sign.
func (l RedlineLine) Empty() bool { return len(l.Pieces) == 0 }

// AsText is the address of the text as a plain file.
func (p redlinePage) AsText() string { return p.As("txt") }
