package framework

import (
	"slices"
	"strings"

	"resolute"
)

// fileEdition is an edition under construction, with the row of each of its concepts.
type fileEdition struct {
	edition
	rows   []fileRow
	byCode map[string]int // place in Concepts and rows by folded code
}

// editions makes schemes, concepts and mappings of the rows and checks them against each other.
func (r *reading) editions(known *Catalogue) []edition {
	for _, row := range r.rows {
		r.checkCells(row)
	}
	if len(r.findings) > 0 {
		return nil // what refers to a broken row would only be blamed for it
	}
	list := r.schemes(known)
	for _, row := range r.of(conceptRow) {
		r.addConcept(list, row)
	}
	for _, e := range list {
		r.checkParents(e, list, known)
	}
	r.addMappings(list, known)
	if len(list) == 0 && len(r.findings) == 0 {
		r.fault("framework-reference", "", position{1, 1}, "row", "no scheme row", "at least one row of kind scheme")
	}
	made := make([]edition, len(list))
	for i, e := range list {
		made[i] = e.edition
	}
	return made
}

// cell gives a cell by column; a column that the file does not have is empty.
func (r *reading) cell(row fileRow, column string) string {
	if i, ok := r.place[column]; ok {
		return row.cells[i]
	}
	return ""
}

func (r *reading) at(row fileRow, column string) position {
	if i, ok := r.place[column]; ok {
		return row.at[i]
	}
	return row.at[0]
}

func (r *reading) of(kind string) []fileRow {
	var list []fileRow
	for _, row := range r.rows {
		if r.cell(row, "row") == kind {
			list = append(list, row)
		}
	}
	return list
}

// record names what a row is about: "demo-goals G1".
func (r *reading) record(row fileRow) string {
	return strings.TrimSpace(r.cell(row, "scheme") + " " + r.cell(row, "code"))
}

func (r *reading) blame(rule string, row fileRow, column, expected string) {
	r.fault(rule, r.record(row), r.at(row, column), column, r.cell(row, column), expected)
}

// checkCells holds each cell of a row to its column, by itself.
func (r *reading) checkCells(row fileRow) {
	kind := r.cell(row, "row")
	if kind != schemeRow && kind != conceptRow && kind != mappingRow {
		r.blame("framework-cell", row, "row", "scheme, concept or mapping")
		return
	}
	for i, name := range r.columns {
		c, _ := findColumn(name)
		cell := row.cells[i]
		switch n := c.needs[kind]; {
		case cell == "" && n == required:
			r.blame("framework-cell", row, name, "a value in every row of kind "+kind)
		case cell != "" && n == 0:
			r.blame("framework-cell", row, name, "nothing in a row of kind "+kind)
		case cell != "":
			if expected := c.check(cell); expected != "" {
				r.blame("framework-cell", row, name, expected)
			}
		}
	}
	for _, c := range fileColumns {
		if _, there := r.place[c.name]; !there && c.needs[kind] == required {
			r.blame("framework-header", row, c.name, "a column "+c.name+" for rows of kind "+kind)
		}
	}
	if from, to := r.cell(row, "valid_from"), r.cell(row, "valid_to"); from != "" && to != "" && from > to {
		r.blame("framework-cell", row, "valid_to", "a day not before valid_from "+from)
	}
}

// text gathers prefix_ar ... prefix_zh of a row.
func (r *reading) text(row fileRow, prefix string) resolute.Text {
	t := resolute.Text{}
	for _, l := range resolute.Langs {
		if cell := r.cell(row, prefix+string(l)); cell != "" {
			t[l] = cell
		}
	}
	return t
}

func (r *reading) schemes(known *Catalogue) []*fileEdition {
	var list []*fileEdition
	addresses := map[string]string{}
	for _, row := range r.of(schemeRow) {
		s := Scheme{
			Key: r.cell(row, "scheme"), Title: r.text(row, "title_"), Version: r.cell(row, "version"), Source: r.cell(row, "source"),
			Addresses: splitList(r.cell(row, "addresses")), Cycle: r.cell(row, "cycle"), Note: r.cell(row, "note"),
			ValidFrom: r.cell(row, "valid_from"), ValidTo: r.cell(row, "valid_to"),
		}
		if old, ok := known.Scheme(s.Key); ok && old.Builtin {
			r.blame("framework-builtin", row, "scheme", "another key: this scheme is built in and cannot be replaced")
		}
		if find(list, s.Key) != nil {
			r.blame("framework-duplicate", row, "scheme", "each scheme once")
			continue
		}
		for _, address := range s.Addresses {
			folded := foldAddress(address)
			owner, taken := known.SchemeByAddress(address)
			if other := addresses[folded]; (other != "" && other != s.Key) || (taken && owner != s.Key) {
				r.blame("framework-duplicate", row, "addresses", "an address that names no other scheme; "+address+" names "+or(other, owner))
			}
			addresses[folded] = s.Key
		}
		list = append(list, &fileEdition{edition: edition{Scheme: s}, byCode: map[string]int{}})
	}
	return list
}

func find(list []*fileEdition, key string) *fileEdition {
	i := slices.IndexFunc(list, func(e *fileEdition) bool { return e.Scheme.Key == key })
	if i < 0 {
		return nil
	}
	return list[i]
}

func (r *reading) addConcept(list []*fileEdition, row fileRow) {
	e := find(list, r.cell(row, "scheme"))
	if e == nil {
		r.blame("framework-reference", row, "scheme", "the key of a scheme row of this file")
		return
	}
	c := Concept{
		Scheme: e.Scheme.Key, Code: r.cell(row, "code"), Parent: r.cell(row, "parent"), ParentScheme: r.cell(row, "parent_scheme"),
		Order: len(e.Concepts) + 1, Title: r.text(row, "title_"), Short: r.text(row, "short_"), TitleOrigin: "own",
		Level: r.cell(row, "level"), Cycle: e.Scheme.Cycle, Region: r.cell(row, "region"), Confidence: r.cell(row, "confidence"),
		Source: or(r.cell(row, "source"), e.Scheme.Source), Note: r.cell(row, "note"),
		ValidFrom: or(r.cell(row, "valid_from"), e.Scheme.ValidFrom), ValidTo: or(r.cell(row, "valid_to"), e.Scheme.ValidTo),
		Attributes: map[string]string{},
	}
	for i, name := range r.columns {
		if attribute, ok := strings.CutPrefix(name, attributePrefix); ok && row.cells[i] != "" {
			c.Attributes[attribute] = row.cells[i]
		}
	}
	if c.Parent != "" && c.ParentScheme == "" {
		c.ParentScheme = c.Scheme
	}
	if first, twice := e.byCode[fold(c.Code)]; twice {
		r.blame("framework-duplicate", row, "code", "each code once, without regard to case; it stands as "+e.Concepts[first].Code+" before")
		return
	}
	e.byCode[fold(c.Code)] = len(e.Concepts)
	e.rows = append(e.rows, row)
	e.Concepts = append(e.Concepts, c)
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
