package report

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed data/*.json
var templateData embed.FS

// outline is the outline of a report as data: what stands where, which query feeds it, and
// which sentence of the catalogues says it. docs/reference/report-templates.md has the words.
type outline struct {
	Name     string    `json:"name"`
	Version  int       `json:"version"`
	Title    string    `json:"title"`
	Box      []boxPart `json:"box"`
	Sections []section `json:"sections"`
	Annexes  []part    `json:"annexes"`
}

type boxPart struct {
	Label  string `json:"label"`
	Field  string `json:"field"`
	Blocks []part `json:"blocks"`
}

type section struct {
	Title  string `json:"title"`
	Blocks []part `json:"blocks"`
}

// part is one block of a section: a sentence, a table, a list, a field that a person fills in, a
// heading with blocks, or blocks repeated for each of a list.
type part struct {
	Say    string            `json:"say"`
	With   map[string]string `json:"with"` // placeholder of the sentence: name of a figure
	Table  string            `json:"table"`
	By     string            `json:"by"`   // the view of a table of rows
	Held   bool              `json:"held"` // rows that hold nothing are left out
	Title  string            `json:"title"`
	List   []string          `json:"list"`
	Column []string          `json:"columns"`
	ListOf string            `json:"list_of"`
	Field  string            `json:"field"`
	For    string            `json:"for"`
	Part   string            `json:"part"`
	Blocks []part            `json:"blocks"`
}

// summaryOutline is that of the built-in mandate, instrumentOutline that of any other instrument.
var (
	summaryOutline    = sync.OnceValue(func() outline { return readOutline("data/summary.json") })
	instrumentOutline = sync.OnceValue(func() outline { return readOutline("data/instrument.json") })
)

func readOutline(name string) outline {
	raw, err := templateData.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	var t outline
	if err := json.Unmarshal(raw, &t); err != nil {
		panic(name + ": " + err.Error())
	}
	return t
}
