package docx

// styles are the paragraph styles, and the lists that numbering styles name.
type styles struct {
	byID     map[string]style
	standard string
}

type style struct {
	parent string
	of     [sides]properties
}

// readStyles reads styles.xml; a nil root gives none.
func readStyles(root *node) styles {
	s := styles{byID: map[string]style{}}
	if root == nil {
		return s
	}
	for _, n := range root.nodes {
		if n.name != "w:style" {
			continue
		}
		id := n.attr("styleId")
		s.byID[id] = style{parent: n.val("w:basedOn"), of: readProperties(n.find("w:pPr")).of}
		if n.attr("type") == "paragraph" && isOn(n.attr("default")) {
			s.standard = id
		}
	}
	return s
}

// number gives list and level of a paragraph: its own, else those of its style or of a style that
// this one is based on. named is the style that gave the list; empty for the paragraph itself.
func (s styles) number(p properties, on side) (n numbered, named string) {
	n = p.numbered
	id := p.style
	if id == "" {
		id = s.standard
	}
	for range len(s.byID) { // a circle of styles ends
		if n.list != unset {
			break
		}
		st := s.byID[id]
		own := st.of[on].numbered
		if n.level == unset {
			n.level = own.level
		}
		if own.list != unset {
			n.list, named = own.list, id
		}
		id = st.parent
	}
	return n, named
}
