package sdmx

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"
)

// node is an element of a structure message.
type node struct {
	xml.StartElement
	text     string
	children []*node
}

func (n *node) child(names ...string) *node {
	for _, name := range names {
		var found *node
		for _, c := range n.children {
			if c.Name.Local == name {
				found = c
				break
			}
		}
		if found == nil {
			return &node{}
		}
		n = found
	}
	return n
}

func (n *node) get(name string) string { return attr(n.StartElement, name) }

// ReadStructures reads a structure message: SDMX-ML 2.0, 2.1 and 3.0, SDMX-JSON 1.0 and 2.0. It
// returns a RefusedError when it is none.
func ReadStructures(r io.ReadSeeker) (Structures, error) {
	in, err := open(r)
	if err != nil {
		return Structures{}, err
	}
	start, err := first(in)
	if err != nil {
		return Structures{}, err
	}
	switch start {
	case '<':
		return readMLStructures(in)
	case '{':
		return readJSONStructures(in)
	}
	return Structures{}, refuse("sdmx-unknown-format", place{1, 1}, string(rune(start)), "a structure message in SDMX-ML or SDMX-JSON", "the file is no structure message")
}

type structureReader struct {
	*mlScanner
	found    Structures
	concepts map[Ref]map[string]Component // representation of concepts, by scheme
	nodes    int
}

func readMLStructures(in *bufio.Reader) (Structures, error) {
	r := &structureReader{mlScanner: newMLScanner(in), found: Structures{Flows: map[Ref]Ref{}, Codelists: map[Ref]*Codelist{}}, concepts: map[Ref]map[string]Component{}}
	root, err := (&mlReader{mlScanner: r.mlScanner}).root()
	if err != nil {
		return r.found, err
	}
	if root.Name.Local != "Structure" && root.Name.Local != "RegistryInterface" {
		return r.found, refuse("sdmx-no-structure", r.at(), root.Name.Local, "a structure message", "a message %s holds no structures", root.Name.Local)
	}
	if err := r.artefacts(); err != nil {
		return r.found, err
	}
	if _, err := r.next(); err != nil { // nothing may follow
		return r.found, err
	}
	r.complete()
	return r.found, nil
}

// artefacts reads containers down to the artefacts that say something of data.
func (r *structureReader) artefacts() error {
	return r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "Structures", "Codelists", "CodeLists", "Concepts", "ConceptSchemes", "DataStructures", "Dataflows", "KeyFamilies",
			"QueryStructureResponse":
			return r.artefacts()
		case "Codelist", "CodeList":
			return r.codelist(t)
		case "ConceptScheme":
			return r.conceptScheme(t)
		case "DataStructure", "KeyFamily":
			n, err := r.tree(t)
			if err == nil {
				r.dataStructure(n)
			}
			return err
		case "Dataflow":
			n, err := r.tree(t)
			if err == nil {
				r.dataflow(n)
			}
			return err
		}
		return r.skip()
	})
}

// maxNodes bounds the elements of one artefact.
const maxNodes = 200_000

func (r *structureReader) tree(t xml.StartElement) (*node, error) {
	if r.nodes++; r.nodes > maxNodes {
		return nil, refuse("sdmx-limit", r.at(), t.Name.Local, "at most 200,000 elements", "the structures are too large")
	}
	n := &node{StartElement: t.Copy()}
	for {
		token, err := r.next()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			child, err := r.tree(t)
			if err != nil {
				return nil, err
			}
			n.children = append(n.children, child)
		case xml.CharData:
			n.text += string(t)
		default:
			n.text = strings.TrimSpace(n.text)
			return n, nil
		}
	}
}

// maintained reads the name of a maintainable artefact. Without version it is 1.0.
func maintained(class Class, t xml.StartElement) Ref {
	ref := Ref{Class: class, Agency: attr(t, "agencyID"), ID: attr(t, "id"), Version: attr(t, "version")}
	if ref.Version == "" {
		ref.Version = "1.0"
	}
	return ref
}

func (r *structureReader) codelist(t xml.StartElement) error {
	list := &Codelist{Ref: maintained("", t), Codes: map[string]bool{}}
	list.Open = attr(t, "isPartial") == "true" || attr(t, "isExternalReference") == "true"
	r.found.Codelists[list.Ref] = list
	return r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "Code":
			id := attr(t, "id")
			if id == "" {
				id = attr(t, "value") // 2.0
			}
			list.Codes[id] = true
		case "CodelistExtension":
			list.Open = true // its codes are elsewhere
		}
		return r.skip()
	})
}

func (r *structureReader) conceptScheme(t xml.StartElement) error {
	scheme := maintained("", t)
	known := map[string]Component{}
	r.concepts[scheme] = known
	return r.children(func(t xml.StartElement) error {
		if t.Name.Local != "Concept" {
			return r.skip()
		}
		r.nodes = 0
		n, err := r.tree(t)
		if err == nil {
			var c Component
			c.represent(n.child("CoreRepresentation"))
			known[n.get("id")] = c
		}
		return err
	})
}

// referred reads a reference within an artefact: Ref, URN, or a URN as text.
func referred(n *node) (ref Ref, item string) {
	if at := n.child("Ref"); at.Name.Local != "" {
		ref = Ref{Agency: at.get("agencyID"), ID: at.get("id"), Version: at.get("version")}
		item = ref.ID
		if parent := at.get("maintainableParentID"); parent != "" {
			ref.ID, ref.Version = parent, at.get("maintainableParentVersion")
		}
	} else {
		text := n.text
		if urn := n.child("URN"); urn.text != "" {
			text = urn.text
		}
		ref, _ = refOfURN(text)
		ref.Class = ""
		item = text[strings.LastIndexByte(text, '.')+1:]
	}
	if ref.Version == "" {
		ref.Version = "1.0"
	}
	return ref, item
}

func (c *Component) represent(n *node) {
	if list := n.child("Enumeration"); list.Name.Local != "" {
		c.Codelist, _ = referred(list)
	}
	if format := n.child("TextFormat"); format.Name.Local != "" {
		c.Type = format.get("textType")
	}
	if most := n.get("maxOccurs"); most != "" && most != "1" {
		c.Several = true
	}
}

func component(n *node) Component {
	c := Component{ID: n.get("id")}
	c.concept, c.named = referred(n.child("ConceptIdentity"))
	if old := n.get("conceptRef"); old != "" { // 2.0
		c.named, c.ID = old, old
		c.concept = Ref{Agency: n.get("conceptAgency"), ID: n.get("conceptSchemeRef"), Version: n.get("conceptVersion")}
		if list := n.get("codelist"); list != "" {
			c.Codelist = Ref{Agency: n.get("codelistAgency"), ID: list, Version: n.get("codelistVersion")}
		}
	}
	if c.ID == "" {
		c.ID = c.named
	}
	c.represent(n.child("LocalRepresentation"))
	c.Required = strings.EqualFold(n.get("assignmentStatus"), "Mandatory") || n.get("usage") == "mandatory"
	return c
}

func (r *structureReader) dataStructure(n *node) {
	r.nodes = 0
	s := &Structure{Ref: maintained(DataStructure, n.StartElement), Groups: map[string][]string{}}
	body := n.child("DataStructureComponents")
	if old := n.child("Components"); old.Name.Local != "" {
		body = &node{children: append(append([]*node{{StartElement: xml.StartElement{Name: xml.Name{Local: "DimensionList"}}, children: old.children}}, named("AttributeList", old.children)), named("MeasureList", old.children))}
		body.children = append(body.children, old.children...)
	}
	for _, d := range body.child("DimensionList").children {
		switch d.Name.Local {
		case "TimeDimension":
			c := component(d)
			if c.ID == "" {
				c.ID = timePeriod
			}
			s.Time = c.ID
			s.Dimensions = append(s.Dimensions, c)
		case "Dimension", "MeasureDimension":
			s.Dimensions = append(s.Dimensions, component(d))
		}
	}
	for _, m := range body.child("MeasureList").children {
		if m.Name.Local == "PrimaryMeasure" || m.Name.Local == "Measure" {
			c := component(m)
			if m.Name.Local == "PrimaryMeasure" && c.ID == "" {
				c.ID = obsValue
			}
			s.Measures = append(s.Measures, c)
		}
	}
	for _, g := range body.children {
		if g.Name.Local == "Group" {
			s.Groups[g.get("id")] = groupDimensions(g)
		}
	}
	for _, a := range body.child("AttributeList").children {
		if a.Name.Local == "Attribute" || a.Name.Local == "MetadataAttributeUsage" {
			s.Attributes = append(s.Attributes, s.attribute(a))
		}
	}
	if len(s.Dimensions) > 0 {
		r.found.Defined = append(r.found.Defined, s)
	}
}

func named(name string, children []*node) *node {
	return &node{StartElement: xml.StartElement{Name: xml.Name{Local: name}}, children: children}
}

func groupDimensions(g *node) []string {
	var list []string
	for _, d := range g.children {
		switch d.Name.Local {
		case "GroupDimension":
			ref := d.child("DimensionReference")
			id := ref.text
			if id == "" {
				_, id = referred(ref)
			}
			list = append(list, id)
		case "DimensionRef": // 2.0
			list = append(list, d.text)
		}
	}
	return list
}

// attribute reads an attribute and the dimensions that it varies with.
func (s *Structure) attribute(n *node) Component {
	c := component(n)
	relation := n.child("AttributeRelationship")
	for _, r := range relation.children {
		id := r.text
		if id == "" {
			_, id = referred(r)
		}
		switch r.Name.Local {
		case "Dimension":
			c.Level = append(c.Level, id)
		case "Group", "AttachmentGroup":
			c.Level = append(c.Level, s.Groups[id]...)
		case "PrimaryMeasure", "Observation", "Measure":
			c.Measured = true
		}
	}
	if level := n.get("attachmentLevel"); level != "" { // 2.0
		c.Measured = strings.EqualFold(level, "Observation")
	}
	return c
}

func (r *structureReader) dataflow(n *node) {
	r.nodes = 0
	ref, _ := referred(n.child("Structure"))
	if old := n.child("KeyFamilyRef"); old.Name.Local != "" {
		ref = Ref{Agency: old.child("KeyFamilyAgencyID").text, ID: old.child("KeyFamilyID").text, Version: old.child("Version").text}
	}
	if ref.ID != "" {
		r.found.Flows[maintained(Dataflow, n.StartElement)] = ref
	}
}

// complete gives components without representation of their own that of their concept.
func (r *structureReader) complete() {
	for _, s := range r.found.Defined {
		for _, list := range [][]Component{s.Dimensions, s.Measures, s.Attributes} {
			for i := range list {
				c := &list[i]
				if c.Codelist.ID != "" || c.Type != "" {
					continue
				}
				if known, ok := r.concepts[c.concept][c.named]; ok {
					c.Codelist, c.Type = known.Codelist, known.Type
				}
			}
		}
	}
}
