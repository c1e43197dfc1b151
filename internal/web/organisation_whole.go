package web

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/directory"
)

// OneOrganisation is what an organisation is made of: identifiers, names, and what people decided.
type OneOrganisation struct {
	Identifiers []directory.Identifier
	Names       []Passage
	Decisions   []OrganisationDecision
}

// OrganisationDecision is one decision about organisations in words.
type OrganisationDecision struct {
	directory.Decision
	Href, What, Who, When string
	Undone                string // who took it back, when and why; empty: it stands
	Undo                  string // none is taken back here
}

// counted gives the organisation that one counts as at the data version of the answer, as it was shown
// then, with a notice when that is another one.
func (s *Site) counted(ctx context.Context, p *shell, asked directory.Organisation, party coverage.Party) (directory.Organisation, error) {
	o := asked
	if party.ID != 0 && party.ID != asked.ID {
		var err error
		if o, err = s.Directory.Organisation(ctx, party.ID); err != nil {
			return o, err
		}
		p.Notices = append(p.Notices, p.T("organisation.went", "name", isolated(cmp.Or(asked.Name, asked.Ref))))
	}
	if party.ID != 0 {
		o.Ref, o.Name, o.Type = party.Ref, party.Name, party.Type
	}
	return o, nil
}

// one tells what an organisation is made of now; nothing when the answer is of the past, or when there
// is no more to say than the page does.
func (s *Site) one(ctx context.Context, p *shell, id int64) (*OneOrganisation, *directory.Whole, error) {
	if p.request.pin.seq != 0 {
		return nil, nil, nil
	}
	w, err := s.Directory.Whole(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if len(w.Decisions) == 0 && len(w.Identifiers) < 2 && len(w.Names) < 2 {
		return nil, &w, nil
	}
	one := &OneOrganisation{Identifiers: w.Identifiers}
	met := map[string]bool{}
	for _, n := range w.Names {
		if !met[n.Text] {
			met[n.Text] = true
			one.Names = append(one.Names, Passage{Text: n.Text, Lang: string(n.Lang)})
		}
	}
	named, err := s.people(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i := len(w.Decisions) - 1; i >= 0; i-- {
		d := w.Decisions[i]
		l := OrganisationDecision{Decision: d, Href: p.URL("/organisation/" + strconv.FormatInt(id, 10)), Who: named(d.Actor), When: p.Date(d.At)}
		l.What = p.T("organisation.was."+d.Verb, "one", isolated(keyText(d.Key)), "other", isolated(cmp.Or(d.Name, keyText(d.Other))))
		if !d.Stands() {
			l.Undone = p.T("threads.undone", "who", isolated(named(d.UndoActor)), "day", p.Date(d.UndoAt), "reason", isolated(d.UndoReason))
		}
		one.Decisions = append(one.Decisions, l)
	}
	return one, &w, nil
}

// keyText is the reference or the name that a key is made of.
func keyText(key string) string {
	_, text, _ := strings.Cut(key, ":")
	return text
}
