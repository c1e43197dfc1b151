package artefact

import (
	"io"
	"strconv"
)

// mlWriter writes structure messages of SDMX-ML 2.1 and 3.0, which order and spell the same things
// differently.
type mlWriter struct {
	*printer
	old  bool // 2.1
	base string
}

// Write writes a message in a format.
func Write(w io.Writer, format Format, m Message) error {
	switch format {
	case ML21, ML30:
		return writeML(w, format == ML21, m)
	}
	return writeJSON(w, format, m)
}

func writeML(w io.Writer, old bool, m Message) error {
	ml := &mlWriter{printer: newPrinter(w), old: old, base: m.Base}
	version := "v3_0"
	if old {
		version = "v2_1"
	}
	ml.header(version, m)
	ml.wrapped(map[bool]string{true: "str:OrganisationSchemes", false: "str:AgencySchemes"}[old], m.of(AgencyScheme), ml.scheme)
	ml.wrapped("str:Dataflows", m.of(Dataflow), ml.dataflow)
	ml.wrapped("str:Codelists", m.of(Codelist), ml.scheme)
	ml.wrapped(map[bool]string{true: "str:Concepts", false: "str:ConceptSchemes"}[old], m.of(ConceptScheme), ml.scheme)
	ml.wrapped("str:DataStructures", m.of(DataStructure), ml.dataStructure)
	ml.regions(m.Regions)
	return ml.close()
}

// wrapped writes a container that must not be empty.
func (w *mlWriter) wrapped(name string, list []Artefact, each func(Artefact)) {
	if len(list) == 0 {
		return
	}
	w.begin(name)
	for _, a := range list {
		each(a)
	}
	w.end()
}

// maintained opens an artefact and names it.
func (w *mlWriter) maintained(element string, a Artefact) {
	attributes := []string{"id", a.ID, "agencyID", a.Agency, "version", a.Version, "urn", a.URN()}
	if a.Class == AgencyScheme && !w.old {
		attributes[5] = "" // a scheme of agencies has no other version
	}
	if w.old {
		attributes = append(attributes, "isFinal", "false")
	}
	if a.Stub {
		attributes = append(attributes, "isExternalReference", "true", "structureURL", w.base+a.Path())
	}
	if a.Partial {
		attributes = append(attributes, "isPartial", "true")
	}
	w.begin(element, attributes...)
	w.named(a.Text)
}

func (w *mlWriter) scheme(a Artefact) {
	w.maintained("str:"+models[a.Class][1], a)
	item := map[Class]string{AgencyScheme: "str:Agency", Codelist: "str:Code", ConceptScheme: "str:Concept"}[a.Class]
	for _, i := range a.Items {
		w.begin(item, "id", i.ID)
		w.named(i.Text)
		w.end()
	}
	w.end()
}

func (w *mlWriter) dataflow(a Artefact) {
	w.maintained("str:Dataflow", a)
	if !a.Stub {
		w.refers("str:Structure", a.Structure)
	}
	w.end()
}

// refers writes a reference to an artefact.
func (w *mlWriter) refers(element string, to Name) {
	if !w.old {
		w.leaf(element, to.URN())
		return
	}
	w.begin(element)
	w.empty("Ref", "id", to.ID, "version", to.Version, "agencyID", to.Agency, "package", models[to.Class][0], "class", models[to.Class][1])
	w.end()
}

func (w *mlWriter) dataStructure(a Artefact) {
	w.maintained("str:DataStructure", a)
	if !a.Stub {
		w.begin("str:DataStructureComponents")
		w.dimensions(a.Components)
		w.attributes(a.Components)
		w.begin("str:MeasureList", "id", "MeasureDescriptor")
		w.component(map[bool]string{true: "str:PrimaryMeasure", false: "str:Measure"}[w.old], a.Components.Measure)
		w.end()
		w.end()
	}
	w.end()
}

func (w *mlWriter) dimensions(c Components) {
	w.begin("str:DimensionList", "id", "DimensionDescriptor")
	for i, d := range c.Dimensions {
		w.component("str:Dimension", d, "position", strconv.Itoa(i+1))
	}
	if w.old {
		w.component("str:TimeDimension", c.Time, "position", strconv.Itoa(len(c.Dimensions)+1))
	} else {
		w.component("str:TimeDimension", c.Time)
	}
	w.end()
}

func (w *mlWriter) attributes(c Components) {
	if len(c.Attributes) == 0 {
		return
	}
	w.begin("str:AttributeList", "id", "AttributeDescriptor")
	for _, a := range c.Attributes {
		if !w.old {
			w.opened("str:Attribute", a, "usage", "optional")
			w.begin("str:AttributeRelationship")
			w.empty("str:Observation")
		} else {
			w.opened("str:Attribute", a, "assignmentStatus", "Conditional")
			w.begin("str:AttributeRelationship")
			w.begin("str:PrimaryMeasure")
			w.empty("Ref", "id", c.Measure.ID)
			w.end()
		}
		w.end()
		w.end()
	}
	w.end()
}

func (w *mlWriter) component(element string, c Component, more ...string) {
	w.opened(element, c, more...)
	w.end()
}

// opened writes a component whose element stays open.
func (w *mlWriter) opened(element string, c Component, more ...string) {
	w.begin(element, append([]string{"id", c.ID}, more...)...)
	if w.old {
		w.begin("str:ConceptIdentity")
		w.empty("Ref", "id", c.ID, "maintainableParentID", c.Scheme.ID, "maintainableParentVersion", c.Scheme.Version, "agencyID", c.Scheme.Agency, "package", "conceptscheme", "class", "Concept")
		w.end()
	} else {
		w.leaf("str:ConceptIdentity", c.concept())
	}
	w.begin("str:LocalRepresentation")
	if c.Codelist.ID != "" {
		w.refers("str:Enumeration", c.Codelist)
	} else {
		w.empty("str:TextFormat", "textType", c.Type)
	}
	w.end()
}

// concept gives the URN of the concept of a component.
func (c Component) concept() string {
	return "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=" + c.Scheme.Agency + ":" + c.Scheme.ID + "(" + c.Scheme.Version + ")." + c.ID
}
