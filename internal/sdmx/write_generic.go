package sdmx

import "io"

// genericWriter writes generic SDMX-ML 2.1, flat: components are named by elements, so that the
// message can be read without any structure.
type genericWriter struct{ *mlWriter }

func newGenericWriter(w io.Writer, s Summary, o Options) (genericWriter, error) {
	for _, set := range s.Sets {
		for _, id := range set.Measures {
			if id != obsValue {
				return genericWriter{}, cannot("generic SDMX-ML has one measure, %s, and no place for %s", obsValue, id)
			}
		}
		for id := range set.Several {
			return genericWriter{}, cannot("SDMX-ML 2.1 has no place for several values or languages, as %s has them: write 3.0", id)
		}
	}
	m, err := newMLWriter(w, GenericML21, s, o)
	return genericWriter{m}, err
}

func (g genericWriter) Begin(set *SetSummary) error {
	g.end()
	g.open = true
	g.time = set.Time
	g.put(`<mes:DataSet structureRef="` + g.names[set.Ref] + `" action="` + set.Action.old().word() + `"`)
	g.valid(set, "")
	g.put(">\n")
	whole := wholeSet(set)
	if whole >= 0 {
		g.values("Attributes", set.Attached[whole].Attributes)
		g.put("\n")
	}
	for i := range set.Attached {
		rec := &set.Attached[i]
		if i == whole {
			continue
		}
		if len(rec.Measures) > 0 || len(rec.Attributes) == 0 || len(rec.Key) == 0 {
			return cannot("generic SDMX-ML has no place for a part of a key that bears no attributes, or bears a value (line %d): write 3.0", rec.Line)
		}
		g.put(`<gen:Group type="` + groupOf(set, rec) + `">`)
		g.keyValues("GroupKey", rec.Key)
		g.values("Attributes", rec.Attributes)
		g.put("</gen:Group>\n")
	}
	return g.err
}

func (g genericWriter) Observation(rec *Record) error {
	g.put("<gen:Obs>")
	g.keyValues("ObsKey", rec.Key)
	if len(rec.Measures) > 0 {
		g.put(`<gen:ObsValue value="`)
		g.text(rec.Measures[0].Text)
		g.put(`"/>`)
	}
	g.values("Attributes", rec.Attributes)
	g.put("</gen:Obs>\n")
	return g.err
}

// keyValues writes a key, the time last.
func (g genericWriter) keyValues(element string, key []Value) {
	before, after, last := g.timeLast(key)
	if len(last) == 0 {
		g.values(element, key)
		return
	}
	g.put("<gen:" + element + ">")
	for _, part := range [][]Value{before, after, last} {
		g.plain(part)
	}
	g.put("</gen:" + element + ">")
}

// values writes the values of components within an element; none without values.
func (g genericWriter) values(element string, list []Value) {
	if len(list) == 0 {
		return
	}
	g.put("<gen:" + element + ">")
	g.plain(list)
	g.put("</gen:" + element + ">")
}

func (g genericWriter) plain(list []Value) {
	for i := range list {
		g.put(`<gen:Value id="`)
		g.put(list[i].ID)
		g.put(`" value="`)
		g.text(list[i].Text)
		g.put(`"/>`)
	}
}
