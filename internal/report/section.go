package report

import (
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

// scope is what the blocks of a "for" are about.
type scope struct {
	addressee string
	role      string
	region    string
}

func (w *writer) blocks(parts []part) {
	for _, p := range parts {
		w.block(p)
	}
}

func (w *writer) block(p part) {
	switch {
	case p.Say != "":
		w.add(w.say(p))
	case p.Table != "":
		w.addTable(p)
	case p.For != "":
		w.repeat(p)
	case p.Part != "":
		w.heading(2, w.T(p.Part))
		w.blocks(p.Blocks)
	case p.ListOf != "":
		for _, text := range lists[p.ListOf](w) {
			w.add(text)
		}
	case p.Field != "":
		for _, text := range w.field(p.Field) {
			w.add(text)
		}
	}
}

// say puts figures into a sentence; the one named n chooses its plural form.
func (w *writer) say(p part) Text {
	runs, args := map[string]Run{}, []any{}
	for placeholder, name := range p.With {
		run := figures[name](w)
		runs[placeholder] = run
		if run.count {
			args = append(args, placeholder, run.n)
		} else {
			args = append(args, placeholder, run.Text)
		}
	}
	var t Text
	for _, piece := range w.Parts(p.Say, args...) {
		run := runs[piece.Name]
		run.Text = piece.Text
		if f := run.Fact; f != nil && f.Number == 0 {
			w.said++
			f.Number = w.said
		}
		t.Runs = append(t.Runs, run)
	}
	return t
}

// repeat writes blocks under a heading for each of something.
func (w *writer) repeat(p part) {
	switch p.For {
	case "addressees":
		for _, addressee := range mandate.Addressees {
			w.under(w.T("mandate.addressee."+addressee), scope{addressee: addressee}, p.Blocks)
		}
	case "roles":
		for _, role := range roleOrder {
			if len(w.linesInRole(role)) > 0 {
				w.under(w.T(roleTitles[role]), scope{role: role}, p.Blocks)
			}
		}
	case "regions":
		for _, region := range w.catalogue.Concepts(framework.ITURegion) {
			name, _ := region.Title.In(w.Lang)
			w.under(name, scope{region: region.Code}, p.Blocks)
		}
	}
}

func (w *writer) under(heading string, s scope, blocks []part) {
	w.heading(2, heading)
	before := w.scope
	w.scope = s
	w.blocks(blocks)
	w.scope = before
}

// lists are entries that code chooses.
var lists = map[string]func(*writer) []Text{
	"contradictions": (*writer).contradictions,
	"states": func(w *writer) []Text {
		var list []Text
		for _, state := range coverage.States {
			list = append(list, Text{Item: true, Runs: []Run{{Text: w.T("state."+state) + ": " + w.T("state."+state+".meaning")}}})
		}
		return list
	},
}
