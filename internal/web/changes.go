package web

import (
	"slices"
	"strings"

	"resolute/internal/audit"
	"resolute/internal/mandate"
)

// ChangeLine is one entry of the log in words, with a link to what it touched.
type ChangeLine struct {
	Href, Text, When string
}

// inside are the verbs of entries that change nothing of what readers see: who came and went, and what was
// sent and thrown away again.
var inside = []string{"invite", "sign-in", "sign-out", "discard"}

// change says in words what an entry of the log did. Words that the catalogue lacks give the
// entry's own, so that no entry is left out.
func (s *shell) change(c audit.Change) ChangeLine {
	line := ChangeLine{Text: c.Verb + " " + c.Object, When: s.Date(c.At)}
	kind, id, _ := strings.Cut(c.Object, "/")
	switch kind {
	case "import":
		line.Href = s.URL("/import/" + id)
	case "mandate":
		line.Href = s.URL("/mandate/" + id)
	case "thread":
		line.Href = s.URL(threadPage(id))
	case "organisation":
		line.Href = s.URL("/organisation/" + id)
	case "activity":
		if id != "" {
			line.Href = s.URL("/activity/" + id)
		}
	}
	key := "change." + c.Verb
	switch c.Verb {
	case "import":
		key += "." + aboutText(c, "kind")
	case "decide", "thread", "span", "correct", "organisation":
		key += "." + aboutText(c, "verdict")
	}
	if s.Has(key) {
		line.Text = s.T(key, "id", id, "n", aboutNumber(c, "new", "provisions"), "changed", aboutNumber(c, "changed"),
			"code", aboutCode(c, id), "rule", ruleOf(c.Object))
	}
	return line
}

// aboutCode is what an entry is about: a concept or paragraph, or else an instrument.
func aboutCode(c audit.Change, id string) string {
	switch c.Verb {
	case "span", "correct", "organisation":
		return id
	case "draft":
		return aboutText(c, "instrument")
	}
	return aboutText(c, "code")
}

func aboutText(c audit.Change, name string) string {
	text, _ := c.About[name].(string)
	if a, ok := mandate.Resolve(text); ok { // readers know a thread by its short name
		return a.Alias
	}
	return text
}

// aboutNumber gives the first of the named numbers that an entry holds.
func aboutNumber(c audit.Change, names ...string) int {
	at := slices.IndexFunc(names, func(name string) bool { _, ok := c.About[name].(float64); return ok })
	if at < 0 {
		return 0
	}
	return int(c.About[names[at]].(float64))
}

// ruleOf is the rule that a decision was about; empty for one about an activity.
func ruleOf(object string) string {
	rule, ok := strings.CutPrefix(object, "rule/")
	if !ok {
		return ""
	}
	return rule
}
