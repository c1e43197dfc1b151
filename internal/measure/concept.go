package measure

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

// Concept is what an indicator measures, whoever publishes it, with its codes at the publishers. The
// list follows the core list of ICT indicators of the Partnership on Measuring ICT for Development.
type Concept struct {
	ID          string
	Unit        string
	Direction   int      // 1: more is better, -1: less is better, 0: neither
	Ceiling     float64  // natural limit; 0: none
	Aggregation string   // rule by which areas are put together
	Weights     []string // concepts by which areas are weighed, the best first
	OverTime    string   // rule by which months and quarters make a year
	codes       map[string]conceptCode
	Core        string // code in the core list
	Confidence  string // A read in a source, B strong indirect confirmation
}

// conceptCode is the code of a concept in one dataflow, with the breakdown that is meant.
type conceptCode struct {
	code string
	dims string // as JSON
}

//go:embed concepts.tsv
var conceptFile string

//go:embed threads.tsv
var threadFile string

var concepts = readConcepts()

func readConcepts() (list []Concept) {
	for _, cells := range tableOf(conceptFile) {
		c := Concept{ID: cells[0], Unit: cells[1], Aggregation: cells[4], OverTime: cells[6], Core: cells[10], Confidence: cells[11], codes: map[string]conceptCode{}}
		c.Direction, _ = strconv.Atoi(cells[2]) // a test reads the file
		c.Ceiling, _ = strconv.ParseFloat(cells[3], 64)
		if cells[5] != "" {
			c.Weights = strings.Split(cells[5], ",")
		}
		for i, dataflow := range []string{"ITU:DATAHUB", "UNSD:SDG", "WB:WDI"} {
			if code, dim, _ := strings.Cut(cells[7+i], " "); code != "" {
				c.codes[dataflow] = conceptCode{code, dimJSON(dim)}
			}
		}
		list = append(list, c)
	}
	return list
}

func dimJSON(dim string) string {
	name, value, found := strings.Cut(dim, "=")
	if !found {
		return "{}"
	}
	return string(appendJSON(append(appendJSON([]byte("{"), name), ':'), value)) + "}"
}

// tableOf gives the rows of a file of ours behind its header.
func tableOf(file string) (rows [][]string) {
	for i, line := range strings.Split(strings.TrimRight(file, "\n"), "\n") {
		if i > 0 {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// Concepts lists all concepts.
func Concepts() []Concept { return concepts }

// in gives the code of the concept in a dataflow: that of its publisher, else its own name, by which
// tables of our own may call it.
func (c Concept) in(dataflow string) conceptCode {
	if code, ok := c.codes[dataflow]; ok {
		return code
	}
	return conceptCode{c.ID, "{}"}
}

// ConceptOf gives the concept of a series; codes compare without regard to case, since sources do not
// agree about it.
func ConceptOf(dataflow, indicator, dims string) (Concept, bool) {
	i := slices.IndexFunc(concepts, func(c Concept) bool {
		code := c.in(dataflow)
		return strings.EqualFold(code.code, indicator) && code.dims == dims
	})
	if i < 0 {
		return Concept{}, false
	}
	return concepts[i], true
}

// ConceptsOf gives the concepts whose figures evidence a paragraph, by its alias.
func ConceptsOf(thread string) (list []string) {
	for _, cells := range tableOf(threadFile) {
		if cells[0] == thread {
			return strings.Split(cells[1], ",")
		}
	}
	return nil
}
