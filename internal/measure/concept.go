package measure

import (
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/measure/statfile"
)

// Concept is what an indicator measures, whoever publishes it, with its codes at the publishers. The
// built-in ones follow the core list of ICT indicators of the Partnership on Measuring ICT for
// Development; an import of indicators brings others, or says something else of these.
type Concept struct {
	ID          string
	Name        resolute.Text
	Unit        string
	Direction   int      // 1: more is better, -1: less is better, 0: neither
	Floor       *float64 // natural limits; nil: none
	Ceiling     *float64
	Aggregation string   // rule by which areas are put together
	Weights     []string // concepts by which areas are weighed, the best first
	OverTime    string   // rule by which months and quarters make a year: OverTimeLast, OverTimeMean; empty: none
	Core        string   // code in the core list
	Confidence  string   // A read in a source, B strong indirect confirmation, C standard practice, R recalled
	Source      string
	Threads     []string // aliases of the paragraphs that its figures evidence
	Target      *float64 // that is aimed at; nil: none
	TargetBy    int      // year in which it shall be met
	Import      int64    // that brought it; 0: built in

	codes map[string]conceptCode
	cells map[string]string // as written, by column
}

// The rules by which months and quarters make a year, where no figure of the year itself is given.
const (
	OverTimeLast = "last"
	OverTimeMean = "mean"
)

// conceptCode is the code of a concept in one dataflow, with the breakdown that is meant.
type conceptCode struct {
	code string
	dims string // as JSON
}

// publishers are the dataflows whose codes have columns of their own.
var publishers = [][2]string{{"itu", "ITU:DATAHUB"}, {"sdg", "UNSD:SDG"}, {"wdi", "WB:WDI"}}

// conceptOf makes a concept of cells that are sound.
func conceptOf(cells map[string]string) Concept {
	c := Concept{ID: cells["code"], Name: resolute.Text{}, Unit: cells["unit"], Aggregation: cells["rule"], OverTime: cells["over_time"], Core: cells["core"], Confidence: cells["confidence"],
		Source: cells["source"], Weights: listOf(cells["weights"]), Threads: listOf(cells["threads"]), codes: map[string]conceptCode{}, cells: cells}
	for _, lang := range resolute.Langs {
		if name := cells["name_"+string(lang)]; name != "" {
			c.Name[lang] = name
		}
	}
	c.Direction = directions[cells["direction"]]
	c.Floor, c.Ceiling = limitOf(cells["floor"]), limitOf(cells["ceiling"])
	if c.Target = limitOf(cells["target"]); c.Target != nil {
		c.TargetBy, _ = strconv.Atoi(cells["target_by"])
	}
	for _, p := range publishers {
		if code := cells[p[0]]; code != "" {
			c.codes[p[1]], _ = codeOf(code)
		}
	}
	for _, other := range listOf(cells["codes"]) {
		flow, code, _ := strings.Cut(other, " ")
		c.codes[flow], _ = codeOf(code)
	}
	return c
}

var directions = map[string]int{"up": 1, "down": -1, "none": 0}

func listOf(cell string) (list []string) {
	for part := range strings.SplitSeq(cell, "|") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func limitOf(cell string) *float64 {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return nil
	}
	return &v
}

// codeOf reads a code and the dimensions that pick its breakdown: IT_USE_ii99 SEX=F.
func codeOf(cell string) (conceptCode, bool) {
	words := strings.Fields(cell)
	if len(words) == 0 {
		return conceptCode{}, false
	}
	var dims []statfile.Dim
	for _, word := range words[1:] {
		name, value, _ := strings.Cut(word, "=")
		if name == "" || value == "" || slices.ContainsFunc(dims, func(d statfile.Dim) bool { return d.Name == name }) {
			return conceptCode{}, false
		}
		dims = append(dims, statfile.Dim{Name: name, Value: value})
	}
	return conceptCode{words[0], string(appendDims(nil, dims))}, true
}

// in gives the code of the concept in a dataflow: that of its publisher, else its own name, by which
// tables of our own may call it.
func (c Concept) in(dataflow string) conceptCode {
	if code, ok := c.codes[dataflow]; ok {
		return code
	}
	return conceptCode{c.ID, "{}"}
}

// outside tells whether a value lies beyond the natural limits.
func (c Concept) outside(v float64) bool {
	return c.Floor != nil && v < *c.Floor || c.Ceiling != nil && v > *c.Ceiling
}

// limits writes the natural limits.
func (c Concept) limits() string {
	switch {
	case c.Ceiling == nil:
		return c.cells["floor"] + " or more"
	case c.Floor == nil:
		return c.cells["ceiling"] + " or less"
	}
	return c.cells["floor"] + " to " + c.cells["ceiling"]
}

// Cell gives what a column of the file of indicators says of the concept.
func (c Concept) Cell(column string) string { return c.cells[column] }
