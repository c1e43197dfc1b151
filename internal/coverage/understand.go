package coverage

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/framework"
)

// Understand writes the values of a filter as the tables do (C2 for c2), leaves out those that
// name nothing, a currency too, and lists these as name=value. Text, reporters and sources are taken
// as they are.
func (c *Coverage) Understand(ctx context.Context, f Filter) (Filter, []string, error) {
	s, err := c.now(ctx)
	if err != nil {
		return f, nil, err
	}
	var unknown []string
	for name, field := range f.fields() {
		var list []string
		for _, v := range *field {
			if known, ok := s.named(name, v); ok {
				list = appendNew(list, known)
			} else {
				unknown = append(unknown, name+"="+v)
			}
		}
		*field = list
	}
	f.Currency = strings.ToUpper(f.Currency)
	if !s.knowsCurrency(f.Currency) {
		unknown = append(unknown, "currency="+f.Currency)
		f.Currency = ""
	}
	slices.Sort(unknown)
	return f, unknown, nil
}

// fields are the lists of a filter that name something of the tables, by their parameters.
func (f *Filter) fields() map[string]*[]string {
	return map[string]*[]string{"region": &f.Regions, "area": &f.Areas, "group": &f.Groups, "org": &f.Organisations, "role": &f.Roles, "line": &f.Lines,
		"goal": &f.Goals, "target": &f.Targets, "thread": &f.Threads, "state": &f.States, "status": &f.Statuses, "kind": &f.Kinds, "sector": &f.Sectors, "level": &f.Levels,
		"lacks": &f.Lacks}
}

// schemes are the concept schemes that name the values of a parameter.
var schemes = map[string]string{"region": framework.ITURegion, "line": framework.ActionLine, "goal": framework.Goal, "target": framework.Target,
	"kind": framework.Kind, "sector": framework.Sector, "level": framework.Level}

// plainCodes are the values of parameters that no scheme names: IATI's ActivityStatus and
// OrganisationRole.
var plainCodes = map[string][]string{"status": {"1", "2", "3", "4", "5", "6"}, "role": Roles()}

// named finds what a value of a parameter names, without regard to case.
func (s *snapshot) named(name, v string) (string, bool) {
	switch name {
	case "area":
		if strings.EqualFold(v, RegionRow) {
			return RegionRow, true
		}
		country, ok := s.book.catalogue.Country(v)
		return country.ISO2, ok
	case "group":
		group, ok := s.book.catalogue.Group(v)
		return group.Key, ok
	case "org":
		id, err := strconv.ParseInt(v, 10, 64)
		id = s.facts.united.of(id)
		return strconv.FormatInt(id, 10), err == nil && s.facts.names[id].ID == id && id != 0
	case "thread":
		return s.book.threadID(v)
	case "role", "status":
		return v, slices.Contains(plainCodes[name], v) || s.occurs(name, v)
	case "state":
		return v, slices.Contains(States, v)
	case "lacks":
		return v, slices.Contains(Lacks, v)
	}
	concept, ok := s.book.catalogue.Concept(schemes[name], v)
	return concept.Code, ok
}

// occurs tells whether any activity has a value that no list holds: publishers state what they like, a facet
// offers it, and so a filter takes it.
func (s *snapshot) occurs(name, v string) bool {
	for _, p := range s.facts.pieces {
		column := &p.columnsOf(&s.facts.stock, s.book).status
		if name == "role" {
			column = &p.columnsOf(&s.facts.stock, s.book).roles
		}
		if slices.ContainsFunc(column.values, func(held string) bool { return slices.Contains(parts(name, held), v) }) {
			return true
		}
	}
	return false
}

// threadID finds a paragraph by its alias or the key of its thread.
func (b *book) threadID(name string) (string, bool) {
	i := slices.IndexFunc(b.paragraphs, func(p Paragraph) bool {
		return strings.EqualFold(p.ID, name) || p.Thread == name || strings.ReplaceAll(p.Thread, "#", "/") == name
	})
	if i < 0 {
		return "", false
	}
	return b.paragraphs[i].ID, true
}
