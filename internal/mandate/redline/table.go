package redline

import (
	"embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

//go:embed data
var data embed.FS

// readTable gives the rows of a table of ours below its header; a broken one is a programmer's fault.
func readTable(name string) [][]string {
	file, err := data.Open("data/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("data/%s: %v", name, err))
	}
	return rows[1:]
}

// lateName is a name, or a wording, that came into use in a year.
type lateName struct {
	wording  bool   // words of a text; else the name of something
	old, new string // old is empty where nothing was named so before
	since    int
}

var lateNames = sync.OnceValue(func() []lateName {
	var list []lateName
	for _, row := range readTable("names.csv") {
		list = append(list, lateName{wording: row[0] == "wording", old: row[1], new: row[2], since: number(row[3])})
	}
	return list
})

// joint finds two connecting words where a sentence has room for one. In open, what governs an
// object stands before a conjunction and an article; in shut, behind a conjunction and a comma.
type joint struct {
	open, shut *regexp.Regexp
}

var joints = sync.OnceValue(func() []joint {
	var list []joint
	for _, row := range readTable("joints.csv") {
		governs, joins := `(?:`+row[1]+`)`, `(?:`+strings.ReplaceAll(row[2], " ", "")+`)`
		j := joint{shut: regexp.MustCompile(`( ` + joins + `)(, ` + governs + `) `)}
		if row[3] != "" {
			j.open = regexp.MustCompile(`(,? ` + governs + `)( ` + joins + `) (?:` + row[3] + `)\b`)
		}
		list = append(list, j)
	}
	return list
})
