package rules

import (
	_ "embed" // the tables
	"strings"
	"sync"
)

// List is one code list of the standard.
type List struct {
	Name     string
	Complete bool              // a code that it does not have is wrong
	codes    map[string]string // since when a code is not to be used; empty: it is in use
	longest  int               // of the codes, in bytes
}

// Has reports whether the list has a code, withdrawn ones included.
func (l *List) Has(code string) bool {
	_, there := l.codes[code]
	return there
}

//go:embed data/lists.txt
var listTable string

//go:embed data/mapping.tsv
var mappingTable string

// Lists are the code lists by name.
var Lists = sync.OnceValue(func() map[string]*List {
	all := map[string]*List{}
	var current *List
	for _, line := range strings.Split(strings.TrimRight(listTable, "\n"), "\n") {
		if name, found := strings.CutPrefix(line, "= "); found {
			current = &List{codes: map[string]string{}}
			current.Name, current.Complete = strings.CutSuffix(name, " complete")
			all[current.Name] = current
			continue
		}
		code, withdrawn, _ := strings.Cut(line, "\t")
		current.codes[code], current.longest = withdrawn, max(current.longest, len(code))
	}
	return all
})

// mapping says at which places codes of a list stand.
type mapping struct {
	list      *List
	attribute string // empty: the text
	condition expression
}

// place is an element of a document by its path: the lists that hold there, and what is below it.
type place struct {
	lists []mapping
	below map[string]*place
}

// at gives the place of a path, made when it is not there.
func (p *place) at(path string) *place {
	for _, name := range strings.Split(path, "/") {
		next := p.below[name]
		if next == nil {
			next = &place{below: map[string]*place{}}
			p.below[name] = next
		}
		p = next
	}
	return p
}

// places are those at which lists hold, below a place without a name.
var places = sync.OnceValue(func() *place {
	top := &place{below: map[string]*place{}}
	for _, line := range strings.Split(strings.TrimRight(mappingTable, "\n"), "\n")[1:] {
		cells := strings.Split(line, "\t")
		m := mapping{list: Lists()[cells[2]], attribute: cells[1]}
		if cells[3] != "" {
			condition, err := parse(cells[3])
			if err != nil {
				panic(err)
			}
			m.condition = condition
		}
		at := top.at(cells[0])
		at.lists = append(at.lists, m)
	}
	return top
})

// Unlisted is a code that is not in the list that holds at its place, or no longer.
type Unlisted struct {
	List      *List
	Path      string // of the element
	Attribute string // empty: its text
	Code      string
	Withdrawn string // since when; empty: the list never had it
	At        int
}

// Codes finds the codes in a document that their lists do not have or have withdrawn.
func Codes(root *Node) []Unlisted {
	return codesBelow(root, places().below[string(root.Name)], nil)
}

// codesBelow looks at an element, whose place is nil when no list holds there or below.
func codesBelow(n *Node, here *place, all []Unlisted) []Unlisted {
	if here != nil {
		for _, m := range here.lists {
			all = m.check(n, all)
		}
	}
	if n.attr("xml:lang") >= 0 {
		all = languages().check(n, all)
	}
	for _, child := range n.Children {
		var next *place
		if here != nil {
			next = here.below[string(child.Name)]
		}
		all = codesBelow(child, next, all)
	}
	return all
}

// languages holds at every element.
var languages = sync.OnceValue(func() mapping { return mapping{list: Lists()["Language"], attribute: "xml:lang"} })

// check looks at the code of one element.
func (m mapping) check(n *Node, all []Unlisted) []Unlisted {
	if m.condition != nil && !(scope{node: n}).holds(m.condition) {
		return all
	}
	code, at := trimmed(string(n.Text)), n.At
	if m.attribute != "" {
		i := n.attr(m.attribute)
		if i < 0 {
			return all
		}
		code, at = trimmed(string(n.Attrs[i].Value)), n.Attrs[i].At
	}
	withdrawn, there := m.list.codes[code]
	if code == "" || there && withdrawn == "" {
		return all
	}
	return append(all, Unlisted{m.list, n.path(), m.attribute, code, withdrawn, at})
}
