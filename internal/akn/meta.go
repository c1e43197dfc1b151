package akn

import (
	"slices"
	"strconv"
)

// meta writes what is known about the text, in the order that the schema wants.
func (p *printer) meta(d Document) {
	p.open("meta")
	p.identification(d)
	p.lifecycle(d)
	p.references(d)
	p.close("meta")
}

func (p *printer) identification(d Document) {
	work, revision := d.Work.Address(), d.Address()
	p.open("identification", "source", "#producer")
	p.open("FRBRWork")
	p.level(work, "", dated(d.First, d.Day), dateName(d.First, "firstAdoption"), "#body")
	p.empty("FRBRcountry", "value", "un")
	p.empty("FRBRsubtype", "value", "deliberation")
	p.empty("FRBRnumber", "value", d.number(), "showAs", d.Number)
	p.empty("FRBRname", "value", d.Kind)
	p.close("FRBRWork")
	p.open("FRBRExpression")
	p.level(revision, d.Label, dated(d.Day, d.First), dateName(d.Day, "adoption"), "#body")
	p.empty("FRBRlanguage", "language", d.Lang)
	p.close("FRBRExpression")
	p.open("FRBRManifestation")
	p.empty("FRBRthis", "value", revision+"/!main.xml")
	p.empty("FRBRuri", "value", revision+".akn")
	p.empty("FRBRdate", "date", d.Produced, "name", "markup")
	p.empty("FRBRauthor", "href", "#producer", "as", "#editor")
	p.close("FRBRManifestation")
	p.close("identification")
}

func (p *printer) level(address, alias, day, name, author string) {
	p.empty("FRBRthis", "value", address+"/!main")
	p.empty("FRBRuri", "value", address)
	if alias != "" {
		p.empty("FRBRalias", "name", "revision", "value", alias)
	}
	p.empty("FRBRdate", "date", day, "name", name)
	p.empty("FRBRauthor", "href", author, "as", "#author")
}

// noDay stands where the schema wants a day and none is known; the name of the date says so.
const noDay = "0001-01-01"

// dated writes a date as the schema wants it, whole; of a year its first day, and the name of the
// date says that only the year is meant.
func dated(day, other string) string {
	switch {
	case len(day) == 4:
		return day + "-01-01"
	case len(day) == 7:
		return day + "-01"
	case day != "":
		return day
	case other != "":
		return dated(other, "")
	}
	return noDay
}

// dateName names a date, with how exactly it is known.
func dateName(day, name string) string {
	switch len(day) {
	case 0:
		return name + "NotKnown"
	case 4:
		return name + "Year"
	case 7:
		return name + "Month"
	}
	return name
}

// lifecycle lists the revisions up to this one.
func (p *printer) lifecycle(d Document) {
	if len(d.Revisions) == 0 {
		return
	}
	p.open("lifecycle", "source", "#producer")
	for i, e := range d.Revisions {
		kind := "amendment"
		if e.First {
			kind = "generation"
		}
		p.empty("eventRef", "eId", "e"+strconv.Itoa(i+1), "date", dated(e.Day, ""), "type", kind, "source", "#rev"+strconv.Itoa(i+1))
	}
	p.close("lifecycle")
}

func (p *printer) references(d Document) {
	p.open("references", "source", "#producer")
	for i, e := range d.Revisions {
		address := Document{Work: d.Work, Expression: Expression{Lang: d.Lang, Day: e.Day}}.Address()
		kind := "passiveRef"
		if e.First {
			kind = "original"
		}
		p.empty(kind, "eId", "rev"+strconv.Itoa(i+1), "href", address, "showAs", e.Label)
	}
	p.empty("TLCOrganization", "eId", "body", "href", "/akn/ontology/organization/un/"+d.Body, "showAs", d.Body)
	p.empty("TLCOrganization", "eId", "producer", "href", "/akn/ontology/organization/"+idNumber(d.Producer), "showAs", d.Producer)
	if d.Key != "" {
		p.empty("TLCReference", "eId", "key", "name", "instrument", "href", d.Key, "showAs", d.Key)
	}
	for _, role := range []string{"author", "editor"} {
		p.empty("TLCRole", "eId", role, "href", "/akn/ontology/role/"+role, "showAs", role)
	}
	for _, words := range roles(d.Lines) {
		p.empty("TLCRole", "eId", roleID(words), "href", "/akn/ontology/role/un/"+roleID(words), "showAs", words)
	}
	p.close("references")
}

// roles lists the addressees that lines name, one for each id.
func roles(lines []Line) []string {
	var list, ids []string
	for _, l := range lines {
		for _, s := range l.Spans {
			if id := roleID(s.Text); s.Role && !slices.Contains(ids, id) {
				list, ids = append(list, s.Text), append(ids, id)
			}
		}
	}
	return list
}
