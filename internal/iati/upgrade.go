package iati

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati/schema"
)

// What of version 1.0x has no place in 2.03 is kept under this prefix, which stands for a namespace
// of our own, so that nothing is lost and the activity may still be valid. Decode reads such
// elements as though they bore no prefix.
const (
	keptPrefix    = "iati1:"
	keptNamespace = "https://resolute.example/iati/1"
)

// FindingKept is the rule of the note that something is kept under a name of our own.
const FindingKept = "upgrade-kept"

// version1 is any version of the first generation, however it is written.
var version1 = regexp.MustCompile(`^1(\.[0-9]{1,2})?$`)

// Upgradable reports whether a file of that root is of the first generation, which Upgrade brings to
// 2.03. One that states no version is: only there the statement was optional.
func (root Root) Upgradable() bool {
	return root.Version == "" && len(root.Tag) > 0 || version1.MatchString(root.Version)
}

// Upgrade gives an activity or organisation of a file of version 1.0x as one of version 2.03, and a note of what had
// to be kept under a name of our own. Activities of other files are given as they are. The places of
// findings about the new element, and of its parts, are those in the file as received. Comments go where
// the element goes before which they stand. The element must come from a Reader; Decode and Standalone
// call Upgrade by themselves.
func (root Root) Upgrade(el *Element) (*Element, []resolute.Finding) {
	if !root.Upgradable() || el.origins != nil {
		return el, nil
	}
	activity := sproutOf(el.Raw, spot{el.Line, el.Column})
	_, name := root.names()
	place, known := root.schema().Place([]byte(name))
	if activity == nil || !known {
		return el, nil
	}
	u := upgrader{at: activity.at}
	u.element(activity, place, root.upgradePath())
	if len(u.kept) > 0 {
		activity.set("xmlns:"+strings.TrimSuffix(keptPrefix, ":"), keptNamespace)
	}
	w := sproutWriter{out: make([]byte, 0, len(el.Raw)+len(el.Raw)/4)}
	w.element(activity)
	return &Element{Name: el.Name, Line: el.Line, Column: el.Column, Raw: w.out, origins: w.origins}, u.findings()
}

// upgradePath is where the paths of the table begin: those of organisations bear their name.
func (root Root) upgradePath() string {
	if root.Kind == Organisations {
		return "iati-organisation"
	}
	return ""
}

// upgrader applies the table, and after it what the schema of 2.03 says by itself.
type upgrader struct {
	at   spot
	kept map[string]bool // the parts that are kept
}

func (u *upgrader) findings() []resolute.Finding {
	if len(u.kept) == 0 {
		return nil
	}
	kept := slices.Sorted(maps.Keys(u.kept))
	return []resolute.Finding{{Rule: FindingKept, Severity: resolute.SeverityNote, Line: u.at.line, Column: u.at.column,
		Found:   clip(strings.Join(kept, ", ")),
		Message: "version 2.03 has no place for parts of this activity of version 1.0x; they are kept under names of their own"}}
}

func (u *upgrader) keep(path string) {
	if u.kept == nil {
		u.kept = map[string]bool{}
	}
	u.kept[path] = true
}

// element makes an element one of 2.03. It reports whether it lacks what 2.03 requires.
func (u *upgrader) element(e *sprout, place schema.Place, path string) (lacks bool) {
	for _, rule := range upgrades[path] {
		if !e.apply(rule) {
			break
		}
	}
	u.attributes(e, place, path)
	u.children(e, place, path)
	u.words(e, place, path)
	for _, name := range place.Required() {
		if _, stated := e.attr(name); !stated {
			return true
		}
	}
	for _, name := range place.Needed() {
		if !slices.ContainsFunc(e.children, func(c *sprout) bool { return c.name == name && !c.lacks }) {
			return true
		}
	}
	return false
}

// attributes keeps those that 2.03 does not know.
func (u *upgrader) attributes(e *sprout, place schema.Place, path string) {
	open, _ := place.TakesForeign()
	for _, a := range slices.Clone(e.attrs) {
		prefixed := strings.Contains(a.Name, ":")
		if a.Name == "xmlns" || strings.HasPrefix(a.Name, "xmlns:") || prefixed && open || place.Takes(a.Name) {
			continue
		}
		e.drop(a.Name)
		u.keepBeside(e, place, path, "@"+a.Name, a.Name[strings.IndexByte(a.Name, ':')+1:], a.Value)
	}
}

// keepBeside keeps a value in an attribute, or where the schema allows none of other namespaces in a
// child.
func (u *upgrader) keepBeside(e *sprout, place schema.Place, path, what, name, value string) {
	u.keep(join(path, what))
	if attributes, elements := place.TakesForeign(); elements && !attributes {
		e.children = append(e.children, &sprout{name: keptPrefix + name, text: value, at: e.at})
		return
	}
	e.set(keptPrefix+name, value)
}

// children makes the children those of 2.03, in its order.
func (u *upgrader) children(e *sprout, place schema.Place, path string) {
	var stay []*sprout
	held := map[string]*sprout{}
	count := map[string]int{}
	for _, c := range e.children {
		if c.foreign != nil {
			stay = append(stay, c)
			continue
		}
		if strings.HasPrefix(c.name, keptPrefix) {
			stay = append(stay, c)
			continue
		}
		inner := join(path, c.name)
		name := renamed(inner, c.name)
		if !place.Has(name) {
			u.keep(inner)
			c.keep()
			stay = append(stay, c)
			continue
		}
		c.name = name
		_, its := place.Child([]byte(name), false)
		if its.Known() {
			c.lacks = u.element(c, its, inner)
		}
		least, most := place.Bounds(name)
		first := held[name]
		switch {
		case c.empty() && c.lacks: // it said nothing
			e.takeComments(c)
			continue
		case c.lacks && (least == 0 || most != 1): // of what must stand once the half is better than nothing
			u.keep(inner)
			c.keep()
		case most >= 0 && count[name] >= most && first.takesWords(c):
			first.children = append(first.children, c.children...)
			first.within = append(append(first.within, c.before...), c.within...)
			continue
		case most >= 0 && count[name] >= most:
			u.keep(inner)
			c.keep()
		default:
			if first == nil {
				held[name] = c
			}
			count[name]++
		}
		stay = append(stay, c)
	}
	rank := func(c *sprout) int {
		n, _ := place.Child([]byte(c.name), c.foreign != nil || strings.HasPrefix(c.name, keptPrefix))
		return n
	}
	slices.SortStableFunc(stay, func(a, b *sprout) int { return rank(a) - rank(b) })
	e.children = stay
}

// words makes own text a narrative where 2.03 has one, and keeps it where 2.03 has no place for it.
func (u *upgrader) words(e *sprout, place schema.Place, path string) {
	switch words := strings.TrimSpace(e.text); {
	case place.TakesText():
		return
	case words == "":
	case place.Has("narrative"):
		n := &sprout{name: "narrative", text: words, at: e.at}
		if lang, stated := e.attr("xml:lang"); stated {
			n.attrs = []Attr{{"xml:lang", lang}}
			e.drop("xml:lang")
		}
		e.children = slices.Insert(e.children, 0, n)
	default:
		u.keepBeside(e, place, path, "text", "text", words)
	}
	e.text = ""
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}
