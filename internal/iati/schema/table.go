package schema

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed data
var tables embed.FS

// Versions are the versions of the standard that have tables, oldest first.
var Versions = []string{"1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03"}

// Schema is one schema of one version.
type Schema struct {
	root    string
	own     bool                    // the elements are of a namespace of their own
	globals map[string]*elementType // elements that may be judged wherever they stand
}

// model is how an element's children and text go together.
type model uint8

const (
	sequence model = iota // children in a fixed order
	choice                // children in any order and number
	simple                // text of a simple type, no children
)

// elementType is what may stand in an element.
type elementType struct {
	model     model
	mixed     bool // text may stand between children
	closed    bool // no attribute but those listed
	value     valueType
	least     int // children a choice must have
	required  []*attributeRule
	attribute map[string]*attributeRule
	particles []particle
	at        map[string]int // first particle of each child
}

type attributeRule struct {
	name     string
	required bool
	value    valueType
	index    int // in required
}

// particle is a child that may stand at one place; a name of "" is any element of another namespace.
type particle struct {
	name     string
	min, max int // max < 0: any number
	typ      *elementType
}

// Load gives the schema of a version for files with that root element; nil when there is none.
func Load(version, root string) *Schema {
	return loadAll()[version+" "+root]
}

var loadAll = sync.OnceValue(func() map[string]*Schema {
	all := map[string]*Schema{}
	for _, version := range Versions {
		table, err := tables.ReadFile("data/" + version + ".tsv")
		if err != nil {
			panic(err)
		}
		schemas, err := parseTable(string(table))
		if err != nil {
			panic(fmt.Sprintf("schema %s: %v", version, err))
		}
		for _, s := range schemas {
			all[version+" "+s.root] = s
		}
	}
	return all
})

// tableReader reads a table, whose rows are documented in data/README.md.
type tableReader struct {
	schemas []*Schema
	types   map[string]*elementType
	current *elementType
}

func parseTable(table string) ([]*Schema, error) {
	r := tableReader{}
	for n, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if err := r.row(strings.Split(line, "\t")); err != nil {
			return nil, fmt.Errorf("row %d: %w", n+1, err)
		}
	}
	return r.schemas, nil
}

func (r *tableReader) row(cells []string) error {
	switch kind := cells[0]; {
	case kind == "schema" && len(cells) == 3:
		r.schemas = append(r.schemas, &Schema{root: cells[1], own: cells[2] == "own", globals: map[string]*elementType{}})
		r.types = map[string]*elementType{}
	case kind == "type" && len(cells) == 6:
		return r.typeRow(cells[1:])
	case kind == "attribute" && len(cells) == 4:
		return r.attributeRow(cells[1:])
	case kind == "child" && len(cells) == 5:
		return r.childRow(cells[1:])
	case kind == "global" && len(cells) == 3:
		r.schemas[len(r.schemas)-1].globals[cells[1]] = r.named(cells[2])
	default:
		return fmt.Errorf("%q is no row of a table", cells)
	}
	return nil
}

// named gives the type of that number, which may be described later.
func (r *tableReader) named(number string) *elementType {
	t := r.types[number]
	if number == "-" {
		return anything
	}
	if t == nil {
		t = &elementType{attribute: map[string]*attributeRule{}, at: map[string]int{}}
		r.types[number] = t
	}
	return t
}

func (r *tableReader) typeRow(cells []string) (err error) {
	t := r.named(cells[0])
	r.current = t
	switch cells[1] {
	case "sequence":
		t.model = sequence
	case "choice":
		t.model = choice
	case "simple":
		t.model = simple
	default:
		return fmt.Errorf("%q is no model", cells[1])
	}
	t.mixed, t.closed = cells[2] == "mixed", cells[3] == "closed"
	if t.model == simple {
		t.value, err = valueNamed(cells[4])
		return err
	}
	t.least, err = strconv.Atoi(cells[4])
	return err
}

func (r *tableReader) attributeRow(cells []string) error {
	value, err := valueNamed(cells[2])
	rule := &attributeRule{name: cells[0], required: cells[1] == "required", value: value}
	if rule.required {
		rule.index = len(r.current.required)
		r.current.required = append(r.current.required, rule)
	}
	r.current.attribute[rule.name] = rule
	return err
}

func (r *tableReader) childRow(cells []string) (err error) {
	p := particle{name: cells[0], max: -1, typ: r.named(cells[3])}
	if p.min, err = strconv.Atoi(cells[1]); err != nil {
		return err
	}
	if cells[2] != "*" {
		if p.max, err = strconv.Atoi(cells[2]); err != nil {
			return err
		}
	}
	if _, there := r.current.at[p.name]; !there {
		r.current.at[p.name] = len(r.current.particles)
	}
	r.current.particles = append(r.current.particles, p)
	return nil
}

// anything is the type of an element that no table describes: all may stand in it, and what is
// described within it is judged (XML Schema's "lax").
var anything = &elementType{model: choice, mixed: true}
