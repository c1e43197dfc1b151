package schema

// Known reports whether the schema has this place at all.
func (p Place) Known() bool { return p.typ != nil && p.typ != anything }

// Has reports whether the schema knows a child of that name here.
func (p Place) Has(child string) bool {
	_, known := p.typ.at[child]
	return known
}

// Bounds give how often a child must and may stand here; most is below 0 where any number may.
func (p Place) Bounds(child string) (least, most int) {
	i := p.typ.at[child]
	if p.typ.model == choice {
		return 0, -1
	}
	return p.typ.particles[i].min, p.typ.particles[i].max
}

// Needed lists the children without which an element is not valid here.
func (p Place) Needed() (names []string) {
	for i := range p.typ.particles {
		if q := &p.typ.particles[i]; q.min > 0 && q.name != "" {
			names = append(names, q.name)
		}
	}
	return names
}

// Takes reports whether an attribute without prefix may stand here.
func (p Place) Takes(attribute string) bool { return p.typ.attribute[attribute] != nil }

// Required lists the attributes without which an element is not valid here.
func (p Place) Required() (names []string) {
	for _, rule := range p.typ.required {
		names = append(names, rule.name)
	}
	return names
}

// TakesText reports whether text may stand here.
func (p Place) TakesText() bool { return p.typ.model == simple || p.typ.mixed }

// TakesForeign reports whether attributes with a prefix may stand here, and whether elements of other
// namespaces may.
func (p Place) TakesForeign() (attributes, elements bool) {
	_, elements = p.typ.foreign()
	return !p.typ.closed, elements
}
