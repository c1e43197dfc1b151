package framework

import "strings"

// spelled finds a concept in the file, else in what is known, and gives the spelling of its
// code. A scheme of the file hides the known one of the same key, which it replaces.
func spelled(list []*fileEdition, known *Catalogue, scheme, code string) (string, bool) {
	e := find(list, scheme)
	if e == nil {
		c, ok := known.Concept(scheme, code)
		return c.Code, ok
	}
	i, ok := e.byCode[fold(code)]
	if !ok {
		return "", false
	}
	return e.Concepts[i].Code, true
}

// checkParents wants every parent to exist, and no concept to be above itself.
func (r *reading) checkParents(e *fileEdition, list []*fileEdition, known *Catalogue) {
	for i := range e.Concepts {
		c := &e.Concepts[i]
		row := e.rows[i]
		if c.Parent == "" {
			if c.ParentScheme != "" {
				r.blame("framework-reference", row, "parent_scheme", "a parent beside it")
			}
			continue
		}
		code, ok := spelled(list, known, c.ParentScheme, c.Parent)
		if !ok {
			r.blame("framework-reference", row, "parent", "a code of the scheme "+c.ParentScheme)
			continue
		}
		c.Parent = code
	}
	r.refuseCircles(e)
}

// refuseCircles walks up from each concept within its scheme; more steps than concepts is a circle.
func (r *reading) refuseCircles(e *fileEdition) {
	parent := map[string]string{}
	for _, c := range e.Concepts {
		if c.ParentScheme == c.Scheme {
			parent[fold(c.Code)] = fold(c.Parent)
		}
	}
	sound := map[string]bool{}
	for i, c := range e.Concepts {
		var path []string
		at := fold(c.Code)
		for at != "" && !sound[at] && len(path) <= len(e.Concepts) {
			path = append(path, at)
			at = parent[at]
		}
		if len(path) > len(e.Concepts) {
			r.blame("framework-reference", e.rows[i], "parent", "a parent that is not below the concept itself")
			return
		}
		for _, code := range path {
			sound[code] = true
		}
	}
}

// addMappings puts each mapping into the edition of the file that it starts from, else ends in.
func (r *reading) addMappings(list []*fileEdition, known *Catalogue) {
	seen := map[string]bool{}
	for _, row := range r.of(mappingRow) {
		m := Mapping{
			FromScheme: r.cell(row, "scheme"), From: r.cell(row, "code"), ToScheme: r.cell(row, "to_scheme"), To: r.cell(row, "to_code"),
			Kind: or(r.cell(row, "kind"), "related"), Rationale: r.cell(row, "rationale"), Source: r.cell(row, "source"),
			Confidence: r.cell(row, "confidence"), ValidFrom: r.cell(row, "valid_from"), ValidTo: r.cell(row, "valid_to"),
		}
		var from, to bool
		if m.From, from = spelled(list, known, m.FromScheme, m.From); !from {
			r.blame("framework-reference", row, "code", "a code of the scheme "+m.FromScheme)
		}
		if m.To, to = spelled(list, known, m.ToScheme, m.To); !to {
			r.blame("framework-reference", row, "to_code", "a code of the scheme "+m.ToScheme)
		}
		home := find(list, m.FromScheme)
		if home == nil {
			home = find(list, m.ToScheme)
		}
		key := strings.Join([]string{m.FromScheme, m.From, m.ToScheme, m.To}, " ")
		switch {
		case !from || !to:
		case home == nil:
			r.blame("framework-reference", row, "scheme", "one end of the mapping in a scheme of this file")
		case seen[key]:
			r.blame("framework-duplicate", row, "to_code", "each pair of concepts once")
		default:
			m.Source = or(m.Source, home.Scheme.Source)
			home.Mappings = append(home.Mappings, m)
		}
		seen[key] = true
	}
}
