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
		current.codes[code] = withdrawn
	}
	return all
})

// mapping says at which places codes of a list stand.
type mapping struct {
	list      *List
	attribute string // empty: the text
	condition expression
}

// mappings gives, for the path of an element below the root, the lists that hold there.
var mappings = sync.OnceValue(func() map[string][]mapping {
	all := map[string][]mapping{}
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
		all[cells[0]] = append(all[cells[0]], m)
	}
	return all
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
	var all []Unlisted
	return codesBelow(root, string(root.Name), all)
}

func codesBelow(n *Node, path string, all []Unlisted) []Unlisted {
	for _, m := range mappings()[path] {
		all = m.check(n, path, all)
	}
	if i := n.attr("xml:lang"); i >= 0 {
		all = languages().check(n, path, all)
	}
	for _, child := range n.Children {
		all = codesBelow(child, path+"/"+string(child.Name), all)
	}
	return all
}

// languages holds at every element.
var languages = sync.OnceValue(func() mapping { return mapping{list: Lists()["Language"], attribute: "xml:lang"} })

// check looks at the code of one element.
func (m mapping) check(n *Node, path string, all []Unlisted) []Unlisted {
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
	return append(all, Unlisted{m.list, path, m.attribute, code, withdrawn, at})
}
