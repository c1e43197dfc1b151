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
	var text strings.Builder
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
			if text.Len()+len(t) > maxText {
				return nil, refuse("sdmx-limit", r.at(), n.Name.Local, "at most 1 MiB", "a text is longer than 1 MiB")
			}
			text.Write(t)
		default:
			n.text = strings.TrimSpace(text.String())
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
