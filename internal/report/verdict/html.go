package verdict

import (
	"cmp"
	"embed"
	"html/template"
	"io"
	"slices"
	"strconv"
	"sync"

	"resolute"
	"resolute/internal/wording"
)

// File is one file that was checked. Findings may be fewer than Total counts.
type File struct {
	Name, Version string
	Valid         bool
	Read          int // activities or organisations
	Total         resolute.FindingsTotal
	Findings      []resolute.Finding
}

//go:embed verdict.html verdict.css
var files embed.FS

var page = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(files, "verdict.html")) })

// shownPlaces is how many places of one rule a page lists.
const shownPlaces = 100

// report is a page with its words.
type report struct {
	*wording.Printer
	Files []fileOf
}

// fileOf is a file with its findings by rule.
type fileOf struct {
	File
	ID    string
	Rules []ruleOf
}

// ruleOf is one rule with its places in a file. Findings of one rule that tell different things to do
// stand apart.
type ruleOf struct {
	Rule     string
	Severity resolute.Severity
	Message  string // of the one place, or what all have in common
	Places   []resolute.Finding
	Count    int
}

// Hidden is how many places are not listed.
func (r ruleOf) Hidden() int { return r.Count - len(r.Places) }

// HTML writes the page, which needs no other file, in a language; messages are in English.
func HTML(w io.Writer, checked []File, lang resolute.Lang) error {
	p := report{Printer: wording.For(lang)}
	for i, f := range checked {
		p.Files = append(p.Files, fileOf{f, "f" + strconv.Itoa(i+1), byRule(f.Findings)})
	}
	return page().Execute(w, p)
}

// byRule gathers findings by rule, those that weigh most first, then those with most places.
func byRule(findings []resolute.Finding) []ruleOf {
	at := map[string]int{}
	var list []ruleOf
	for _, f := range findings {
		i, known := at[f.Rule]
		if !known {
			i = len(list)
			at[f.Rule] = i
			list = append(list, ruleOf{Rule: f.Rule, Severity: f.Severity, Message: f.Message})
		}
		r := &list[i]
		r.Count++
		if r.Message != f.Message {
			r.Message = ""
		}
		if len(r.Places) < shownPlaces {
			r.Places = append(r.Places, f)
		}
	}
	slices.SortStableFunc(list, func(a, b ruleOf) int {
		return cmp.Or(cmp.Compare(weight[a.Severity], weight[b.Severity]), cmp.Compare(b.Count, a.Count))
	})
	return list
}

var weight = map[resolute.Severity]int{resolute.SeverityError: 0, resolute.SeverityWarning: 1, resolute.SeverityNote: 2}

// Dir is the direction of the page.
func (p report) Dir() string { return p.Lang.Dir() }

// Style is the style sheet of the page.
func (report) Style() template.CSS {
	css, _ := files.ReadFile("verdict.css") // it is embedded
	return template.CSS(css)
}

// Count writes a number.
func (p report) Count(n int) string { return p.Number(int64(n)) }
