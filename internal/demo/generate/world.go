package generate

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"slices"
	"sync"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

//go:embed data/phrases.csv
var phrasesCSV []byte

// The addresses of our own vocabularies.
const lineAddress = "https://resolute.example/scheme/" + framework.ActionLine

var paragraphAddress = register.MandateAddress + mandate.BuiltIn()

// paragraphs are those that publishers name, the frequent ones first.
var paragraphs = []string{"R5", "R3", "R10", "F2", "R8", "R4", "R7", "R9", "F1.ii", "R6", "F3", "I4", "R1", "F5", "F1.i", "F6", "R11.i", "R11.ii", "I3", "F9.iv"}

// sectors are DAC codes, those of information and communication among the frequent ones.
var sectors = []string{"22040", "15110", "22020", "12220", "11110", "22010", "31120", "43010", "14030", "16010", "22030", "41010", "72010", "24030", "11320", "22013", "32130", "13020", "23210", "15170", "43040", "16062", "74020", "99810"}

// world is what activities are put together from; it is shared and not changed.
type world struct {
	scheme                                                    []string // the targets in the order of their scheme
	countries, targets, lines                                 []string
	byCountry, byTarget, byLine, bySector, byThread, byAgency weights
	phrases                                                   map[string][]resolute.Text
}

// agencies is how many organisations take part beside the publishers.
const agencies = 20_000

var theWorld = sync.OnceValue(func() *world {
	w := &world{phrases: map[string][]resolute.Text{}, bySector: zipf(len(sectors), 2), byThread: zipf(len(paragraphs), 2), byAgency: zipf(agencies, 30)}
	catalogue := framework.Builtin()
	for _, c := range catalogue.Countries() {
		if c.UNMember {
			w.countries = append(w.countries, c.ISO2)
		}
	}
	for _, c := range catalogue.Concepts(framework.Target) {
		w.targets = append(w.targets, c.Code)
	}
	for _, c := range catalogue.Concepts(framework.ActionLine) {
		w.lines = append(w.lines, c.Code)
	}
	w.scheme = slices.Clone(w.targets)
	mixed(w.countries)
	mixed(w.targets)
	w.byCountry, w.byTarget, w.byLine = zipf(len(w.countries), 3), zipf(len(w.targets), 3), zipf(len(w.lines), 3)
	rows, err := csv.NewReader(bytes.NewReader(phrasesCSV)).ReadAll()
	if err != nil {
		panic(err) // it is embedded
	}
	for _, row := range rows[1:] {
		t := resolute.Text{}
		for i, lang := range rows[0][1:] {
			t[resolute.Lang(lang)] = row[i+1]
		}
		w.phrases[row[0]] = append(w.phrases[row[0]], t)
	}
	return w
})

// mixed takes the alphabet out of a list, the same way each time.
func mixed(list []string) {
	var c chance
	c.begin(1, forHabits, len(list))
	for i := len(list) - 1; i > 0; i-- {
		j := c.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
