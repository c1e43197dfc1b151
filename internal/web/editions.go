package web

import (
	"context"
	"strconv"
	"strings"

	"resolute/internal/mandate"
)

// instrumentName names an instrument as it is called, else by kind and number, else by title, else by its key.
func (s *shell) instrumentName(i mandate.Instrument, r *mandate.Reading) string {
	if name := "instrument.name." + i.Key; s.Has(name) {
		return s.T(name)
	}
	title := s.In(i.Title).Text
	kind, number := i.Kind, i.Number
	if kind == "" && r != nil {
		kind, number = r.Kind, r.Number
	}
	switch {
	case number == "" && title == "":
		return i.Key
	case number == "":
		return title
	}
	if kind == "" || !strings.ContainsAny(number, "0123456789") {
		return number
	}
	if key := "instrument.kind." + kind; s.Has(key) {
		return s.T(key, "number", number)
	}
	return strings.ToUpper(kind[:1]) + kind[1:] + " " + number
}

// editions lists the known revisions, newest first, each with its text where it is held, and
// behind them the texts of other instruments that bear the same title.
func (s *Site) editions(ctx context.Context, p textPage, key string) ([]EditionLine, error) {
	held, err := s.Mandate.Comparable(ctx, key)
	if err != nil {
		return nil, err
	}
	var list, kindred []EditionLine
	for _, r := range held {
		line := p.heldLine(r)
		if r.Instrument == key {
			list = append(list, line)
		} else {
			kindred = append(kindred, line)
		}
	}
	for i := len(p.Instrument.Editions) - 1; i >= 0; i-- {
		if e := p.Instrument.Editions[i]; !holds(held, e.Label()) {
			list = append(list, EditionLine{Label: e.Label(), Day: e.Day, Recalled: !e.Sure()})
		}
	}
	return append(list, kindred...), nil
}

// heldLine is the line of a text that is held, with the way to compare it with the one shown.
func (p *textPage) heldLine(r mandate.Revision) EditionLine {
	number := func(r mandate.Revision) string { return strconv.FormatInt(r.ID, 10) }
	l := EditionLine{Label: textName(r), Day: r.Day, Href: p.URL("/mandate/"+r.Instrument, "revision", number(r)), Current: p.Reading != nil && p.Reading.ID == r.ID}
	if p.Reading == nil || l.Current {
		return l
	}
	old, new := r, p.Reading.Revision
	if old.Day > new.Day {
		old, new = new, old
	}
	l.Compare = p.URL("/mandate/"+p.Key+"/compare", "old", number(old), "new", number(new))
	return l
}

func holds(held []mandate.Revision, label string) bool {
	for _, r := range held {
		if strings.EqualFold(r.Label, label) {
			return true
		}
	}
	return false
}
