package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/directory"
)

// OneOrganisation is what an organisation is made of: identifiers, names, and what people decided.
type OneOrganisation struct {
	Identifiers []IdentifierLine
	Names       []NameLine
	Decisions   []OrganisationDecision
	Merge       *MatchForm // nil for who may not decide
	Candidates  string     // what else may be it
}

// IdentifierLine is one identifier, or the name of one that has none, with what can be decided about it.
type IdentifierLine struct {
	directory.Identifier
	Name string     // of one without identifier
	Form *MatchForm // nil: nothing
}

// NameLine is one name with what can be decided about it.
type NameLine struct {
	Passage
	Form *MatchForm // nil: nothing
}

// MatchForm lets a person decide about an organisation, or about one of its names.
type MatchForm struct {
	Action, ID, Key, Name string
	Verbs                 []Link // what is decided by Code
}

// OrganisationDecision is one decision about organisations in words.
type OrganisationDecision struct {
	directory.Decision
	Href, What, Who, When string
	Undone                string // who took it back, when and why; empty: it stands
	Undo                  string // address that takes it back; empty for who may not
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
	may := s.mayMatch(p.request)
	if !may && len(w.Decisions) == 0 && len(w.Identifiers) < 2 && len(w.Names) < 2 {
		return nil, &w, nil
	}
	one := &OneOrganisation{Candidates: p.URL("/organisations/candidates", "org", strconv.FormatInt(id, 10))}
	one.fill(&w)
	if may {
		one.offer(p, &w)
	}
	if one.Decisions, err = s.organisationDecisions(ctx, p, w.Decisions, func(string) string { return p.URL("/organisation/" + strconv.FormatInt(id, 10)) }); err != nil {
		return nil, nil, err
	}
	return one, &w, nil
}

// fill lists the members by their identifiers, those without one by their names, and every name once.
func (o *OneOrganisation) fill(w *directory.Whole) {
	for _, i := range w.Identifiers {
		o.Identifiers = append(o.Identifiers, IdentifierLine{Identifier: i})
	}
	for _, m := range w.Members {
		if m.Ref == "" && len(w.Members) > 1 {
			o.Identifiers = append(o.Identifiers, IdentifierLine{Identifier: directory.Identifier{Key: m.Key}, Name: m.Name})
		}
	}
	met := map[string]bool{}
	for _, n := range w.Names {
		if !met[n.Text] {
			met[n.Text] = true
			o.Names = append(o.Names, NameLine{Passage: Passage{Text: n.Text, Lang: string(n.Lang)}})
		}
	}
}

// offer adds what can be decided: to take an identifier or a name out, to show the organisation by it, to
// merge another one into it.
func (o *OneOrganisation) offer(p *shell, w *directory.Whole) {
	form := func(id, key, name string, verbs ...string) *MatchForm {
		f := &MatchForm{Action: p.base() + "/organisation/decide", ID: id, Key: key, Name: name}
		for _, verb := range verbs {
			f.Verbs = append(f.Verbs, Link{Text: p.T("organisation.do." + verb), Code: verb[strings.Index(verb, ".")+1:]})
		}
		return f
	}
	o.Merge = form("merge", w.Key, "", "one."+directory.MergeVerb)
	for i := range o.Identifiers {
		line := &o.Identifiers[i]
		var verbs []string
		if line.Ref != "" && !line.Preferred {
			verbs = append(verbs, "identifier."+directory.PreferVerb)
		}
		if len(w.Members) > 1 {
			verbs = append(verbs, "identifier."+directory.SplitVerb)
		}
		if len(verbs) > 0 {
			line.Form = form("identifier-"+strconv.Itoa(i), line.Key, "", verbs...)
		}
	}
	for i := range o.Names {
		line := &o.Names[i]
		key, splits := givenTo(w, line.Text)
		var verbs []string
		if line.Text != w.Name {
			verbs = append(verbs, "name."+directory.PreferVerb)
		}
		if splits {
			verbs = append(verbs, "name."+directory.SplitVerb)
		}
		if len(verbs) > 0 {
			line.Form = form("name-"+strconv.Itoa(i), key, line.Text, verbs...)
		}
	}
}

// givenTo gives the member that a name was given to, and tells whether it can be split off there: only a
// reference can stand for another organisation, and another name must be left.
func givenTo(w *directory.Whole, name string) (key string, splits bool) {
	for _, n := range w.Names {
		if n.Text == name {
			key = n.Key
			break
		}
	}
	referred := slices.ContainsFunc(w.Members, func(m directory.Organisation) bool { return m.Key == key && m.Ref != "" })
	return key, referred && slices.ContainsFunc(w.Names, func(n directory.Name) bool { return n.Key == key && directory.Fold(n.Text) != directory.Fold(name) })
}

// organisationDecisions puts decisions into words, the newest first.
func (s *Site) organisationDecisions(ctx context.Context, p *shell, list []directory.Decision, page func(key string) string) ([]OrganisationDecision, error) {
	named, err := s.people(ctx)
	if err != nil {
		return nil, err
	}
	var lines []OrganisationDecision
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		l := OrganisationDecision{Decision: d, Href: page(cmp.Or(d.Other, d.Key)), Who: named(d.Actor), When: p.Date(d.At)}
		l.What = p.T("organisation.was."+wasDecided(d), "one", isolated(keyText(d.Key)), "other", isolated(cmp.Or(d.Name, keyText(d.Other))), "whole", isolated(keyText(d.Other)))
		if !d.Stands() {
			l.Undone = p.T("threads.undone", "who", isolated(named(d.UndoActor)), "day", p.Date(d.UndoAt), "reason", isolated(d.UndoReason))
		} else if s.mayMatch(p.request) {
			l.Undo = p.base() + "/organisation/undo"
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// wasDecided names the words of a decision.
func wasDecided(d directory.Decision) string {
	switch {
	case d.Verb == directory.SplitVerb && d.Name != "":
		return "split_name"
	case d.Verb == directory.DismissVerb && d.Other == "":
		return "dismiss_alone"
	default:
		return d.Verb
	}
}

// keyText is the reference or the name that a key is made of.
func keyText(key string) string {
	_, text, _ := strings.Cut(key, ":")
	return text
}
