package framework

import (
	"path"
	"strings"

	"resolute"
)

// names holds what concepts, groups and schemes are called in six languages: the tables of
// data/names, one for each family of schemes.
type names map[nameKey]name

type nameKey struct{ scheme, code, form string }

type name struct {
	text   resolute.Text
	origin string
}

func readNames() names {
	all := names{}
	for _, file := range tablesIn("data/names") {
		readTable("names/" + strings.TrimSuffix(path.Base(file), ".csv")).each(func(_ int, r record) {
			key := nameKey{r.get("scheme"), r.get("code"), r.get("form")}
			if _, twice := all[key]; twice {
				panic("embedded names: " + key.scheme + " " + key.code + " stands twice")
			}
			all[key] = name{r.text(""), r.get("origin")}
		})
	}
	return all
}

// put sets title, short title and origin of c from the table of names, and falls back to the
// English of c's own table.
func (n names) put(c *Concept, english string) { n.putAs(c, c.Code, english) }

// putAs gives c the names of a code of its scheme: its own, or that of another listing of the
// same thing.
func (n names) putAs(c *Concept, code, english string) {
	title, ok := n[nameKey{c.Scheme, code, "title"}]
	if !ok {
		title = name{resolute.Text{resolute.English: english}, "own"}
	}
	c.Title, c.TitleOrigin = title.text, title.origin
	c.Short = n[nameKey{c.Scheme, code, "short"}].text
}

// calls tells whether a concept has a title of its own.
func (n names) calls(scheme, code string) bool {
	_, ok := n[nameKey{scheme, code, "title"}]
	return ok
}
