package web

import (
	"slices"
	"strconv"

	"resolute/internal/mandate"
	"resolute/internal/mandate/align"
)

// ChangeCounts is how many provisions became what. What was split or merged counts as reworded;
// moved and unsure are said beside.
type ChangeCounts struct {
	Kept, Edited, Moved, New, Dropped, Unsure int
}

func (n *ChangeCounts) add(c mandate.Change) {
	switch c.Kind {
	case align.Kept:
		n.Kept++
	case align.New:
		n.New++
	case align.Dropped:
		n.Dropped++
	default:
		n.Edited++
	}
	if c.Is(align.Moved) {
		n.Moved++
	}
	if c.Is(align.Unsure) {
		n.Unsure++
	}
}

// AddresseeLine is what changed for one addressee.
type AddresseeLine struct {
	Name  string
	Code  string // the value of the parameter addressee
	Own   bool   // the name is as the text prints it, in its language
	Href  string
	Cells []CountCell
}

// CountCell is a number that leads to what it counts.
type CountCell struct {
	Label, Href string
	N           int
}

// The addressees of what names none.
const (
	toPreamble = "preamble"
	toNobody   = "nobody"
)

// addressed lists whom a change addresses, by the values of the parameter addressee. What stands behind the text addresses no one.
func addressed(c mandate.Change) []string {
	w := c.New
	if w == nil {
		w = c.Old
	}
	switch {
	case c.Series != mandate.InText:
		return nil
	case len(c.Addressees) > 0:
		return c.Addressees
	case w.Operative:
		return []string{toNobody}
	}
	return []string{toPreamble}
}

// addresseeName is the name of an addressee in the language of the page; own tells that it is not known and
// stands as the text prints it.
func (p *comparePage) addresseeName(code string) (name string, own bool) {
	if code == toPreamble || code == toNobody {
		return p.T("compare.to." + code), false
	}
	if known, ok := mandate.AddresseeIn(code, p.Lang); ok {
		return known, false
	}
	return code, true
}

// byAddressee counts the changes of each addressee, in the order of the text.
func (p *comparePage) byAddressee(changes []mandate.Change) []AddresseeLine {
	var codes []string
	counts := map[string]*ChangeCounts{}
	for _, c := range changes {
		for _, code := range addressed(c) {
			if counts[code] == nil {
				codes, counts[code] = append(codes, code), &ChangeCounts{}
			}
			counts[code].add(c)
		}
	}
	var list []AddresseeLine
	for _, code := range codes {
		l := AddresseeLine{Code: code, Href: p.narrowed(code, "")}
		l.Name, l.Own = p.addresseeName(code)
		for i, n := range counts[code].list() {
			kind := compareShows[i+2]
			l.Cells = append(l.Cells, CountCell{Label: p.T("compare.kind." + kind), Href: p.narrowed(code, kind), N: n})
		}
		list = append(list, l)
	}
	return list
}

// list gives the counts in the order of compareShows.
func (n ChangeCounts) list() []int {
	return []int{n.Kept, n.Edited, n.Moved, n.New, n.Dropped, n.Unsure}
}

// Sums are the counts of the whole text, each leading to what it counts.
func (p comparePage) Sums() []CountCell {
	var list []CountCell
	for i, n := range p.Counts.list() {
		kind := compareShows[i+2]
		list = append(list, CountCell{Label: p.T("compare.kind." + kind), Href: p.narrowed("", kind), N: n})
	}
	return list
}

// narrowed is this page with one addressee and one kind; empty: all.
func (p *comparePage) narrowed(who, show string) string {
	q := clone(p.request.values)
	for name, value := range map[string]string{"addressee": who, "show": show} {
		q.Del(name)
		if value != "" {
			q.Set(name, value)
		}
	}
	return p.address(p.request.http.URL.Path, q)
}

// fillForm offers the texts, the addressees and what to show.
func (p *comparePage) fillForm(show string) {
	texts := func(name string, chosen *mandate.Reading) Choice {
		c := Choice{Name: name, Label: p.T("compare." + name)}
		for _, t := range p.Texts {
			c.Options = append(c.Options, Option{strconv.FormatInt(t.ID, 10), p.textName(t), t.ID == chosen.ID})
		}
		return c
	}
	who := Choice{Name: "addressee", Label: p.T("compare.addressee"), All: p.T("choice.all_addressees")}
	for _, l := range p.Addressees {
		who.Options = append(who.Options, Option{l.Code, l.Name, p.request.values.Get("addressee") == l.Code})
	}
	what := Choice{Name: "show", Label: p.T("compare.show")}
	for _, kind := range compareShows {
		what.Options = append(what.Options, Option{kind, p.T("compare.kind." + kind), kind == show})
	}
	p.Choices = []Choice{texts("old", p.Old), texts("new", p.New), who, what}
	p.Hidden = slices.DeleteFunc(p.carriedBeside("old", "new", "addressee", "show"), func(x Pair) bool { return slices.Contains([]string{"old", "new", "addressee", "show"}, x.Name) })
	p.OldText = Link{Href: p.URL("/mandate/"+p.Old.Instrument, "revision", strconv.FormatInt(p.Old.ID, 10)), Text: p.textName(p.Old.Revision)}
	p.NewText = Link{Href: p.URL("/mandate/"+p.New.Instrument, "revision", strconv.FormatInt(p.New.ID, 10)), Text: p.textName(p.New.Revision)}
}

// textName names a text in the language of the page as textName does.
func (p *comparePage) textName(r mandate.Revision) string { return p.EditionName(textName(r)).Text }

// textName names a text by what is printed behind its number, else by number and day.
func textName(r mandate.Revision) string {
	if r.Label != "" {
		return r.Label
	}
	if r.Day == "" {
		return r.Number
	}
	return r.Number + " (" + r.Day + ")"
}

// Arrow points from old to new in the direction of the page.
func (p comparePage) Arrow() string {
	if p.Dir() == "rtl" {
		return "←"
	}
	return "→"
}
