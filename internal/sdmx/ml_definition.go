package sdmx

import (
	"encoding/xml"
	"strings"
)

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
