package mandate

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"resolute"
)

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

// lastDay is the day on which its texts stood: the end, else the end of its year.
func (c Conference) lastDay() string {
	if c.End != "" {
		return c.End
	}
	return strconv.Itoa(c.Year) + "-12-31"
}

// Conferences lists the known conferences. The slice is shared: do not change it.
func Conferences() []Conference { return readConferences() }

var readConferences = sync.OnceValue(func() []Conference {
	var list []Conference
	for _, row := range readTable("conferences.csv") {
		year, err := strconv.Atoi(row["year"])
		if err != nil {
			panic("data/conferences.csv: " + row["key"])
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
		list = append(list, c)
	}
	return list
})

func body(short string) string {
	if short == "wsis" {
		return short
	}
	return "itu:" + short
}

// meeting finds the conference at a place in a year; body narrows where it is known.
func meeting(place string, year int, body string) (Conference, bool) {
	for _, c := range byPlace()[strings.ToLower(place)] {
		if c.Year == year && (body == "" || c.Body == body) && c.Body != "itu:wrc" {
			return c, true
		}
	}
	return Conference{}, false
}

// byPlace finds the conferences of a place by any of its spellings in small letters.
var byPlace = sync.OnceValue(func() map[string][]Conference {
	places := map[string][]Conference{}
	for _, c := range Conferences() {
		for _, spelling := range c.Spellings {
			places[strings.ToLower(spelling)] = append(places[strings.ToLower(spelling)], c)
		}
	}
	return places
})

// conferenceOf finds a conference by its key.
func conferenceOf(key string) (Conference, bool) {
	for _, c := range Conferences() {
		if c.Key == key {
			return c, true
		}
	}
	return Conference{}, false
}

// places are all spellings of all places, longest first.
var places = sync.OnceValue(func() []string {
	var list []string
	for _, c := range Conferences() {
		list = append(list, c.Spellings...)
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(list)
})
