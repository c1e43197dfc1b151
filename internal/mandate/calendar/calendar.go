// Package calendar knows the conferences and assemblies that adopt texts: where and when each met,
// and every way of writing its place.
package calendar

import (
	_ "embed" // the table of conferences
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"resolute"
)

//go:embed conferences.csv
var table string

// Conference is one meeting of a body that adopts texts. A text is cited by its place and year;
// the place alone means nothing: there are three conferences of Dubai.
type Conference struct {
	Key        string // itu:pp@2018
	Body       string // itu:pp
	Year       int
	Start, End string // YYYY-MM-DD; empty: not known
	Status     string // held, announced, moved
	Place      resolute.Text
	Spellings  []string // every known way of writing the place
	Confidence string
}

// LastDay is the day on which its texts stood, YYYY-MM-DD: the end, else the end of its year.
func (c Conference) LastDay() string {
	if c.End != "" {
		return c.End
	}
	return strconv.Itoa(c.Year) + "-12-31"
}

// Conferences lists the known conferences. The slice is shared: do not change it.
func Conferences() []Conference { return readConferences() }

var readConferences = sync.OnceValue(func() []Conference {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("conferences.csv: %v", err)) // the table is ours
	}
	var list []Conference
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, column := range rows[0] {
			row[column] = cells[i]
		}
		list = append(list, conference(row))
	}
	return list
})

func conference(row map[string]string) Conference {
	year, err := strconv.Atoi(row["year"])
	if err != nil {
		panic("conferences.csv: " + row["key"])
	}
	c := Conference{Key: row["key"], Body: body(row["body"]), Year: year, Start: row["start"], End: row["end"], Status: row["status"], Confidence: row["confidence"], Place: resolute.Text{}}
	for _, lang := range resolute.Langs {
		c.Place[lang] = row[string(lang)]
		c.Spellings = append(c.Spellings, row[string(lang)])
	}
	c.Spellings = append(c.Spellings, row["place"])
	c.Spellings = append(c.Spellings, strings.FieldsFunc(row["other_spellings"], func(r rune) bool { return r == '|' })...)
	slices.Sort(c.Spellings)
	c.Spellings = slices.DeleteFunc(slices.Compact(c.Spellings), func(s string) bool { return s == "" })
	return c
}

func body(short string) string {
	if short == "wsis" {
		return short
	}
	return "itu:" + short
}
