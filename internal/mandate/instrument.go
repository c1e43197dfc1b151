package mandate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"resolute"
)

// Instrument is a resolution, decision, agenda or plan of action, known by body and number. Its
// key is its citation id without revision.
type Instrument struct {
	Key                    string // itu:pp/res/140
	Body, Kind, Number     string
	Title                  resolute.Text // our own words; empty: known by name only
	Adopted                string        // YYYY, YYYY-MM or YYYY-MM-DD; empty: not known
	AdoptedConfidence      string        // A read in a source, B one source, C recalled
	FollowedBy, FollowedOn string        // key and day of an instrument that took its place
	Editions               []Edition
}

// Edition is one known revision of an instrument. Day is the last day of its conference.
type Edition struct {
	Conference string // itu:pp@2018
	Place      string
	Year       int
	Day        string
	First      bool // the instrument was adopted there
	Confidence string
}

// Label writes an edition as texts cite it: "Rev. Dubai, 2018", "Busan, 2014" for a first one.
func (e Edition) Label() string {
	label := strconv.Itoa(e.Year)
	if e.Place != "" {
		label = e.Place + ", " + label
	}
	if !e.First {
		label = "Rev. " + label
	}
	return label
}

// Sure reports whether the edition was read in a source; a text is not blamed for what is only
// recalled.
func (e Edition) Sure() bool { return e.Confidence != "C" }

// Instruments lists the known instruments by key. The slice is shared: do not change it.
func Instruments() []Instrument { return readInstruments() }

var readInstruments = sync.OnceValue(func() []Instrument {
	editions := map[string][]Edition{}
	for _, row := range readTable("revisions.csv") {
		editions[row["instrument"]] = append(editions[row["instrument"]], newEdition(row))
	}
	var list []Instrument
	for _, row := range readTable("instruments.csv") {
		i := Instrument{Key: row["key"], Body: row["body"], Kind: row["kind"], Number: row["number"], Title: resolute.Text{}, Adopted: row["adopted"],
			AdoptedConfidence: row["adopted_confidence"], FollowedBy: row["followed_by"], FollowedOn: row["followed_on"], Editions: editions[row["key"]]}
		for _, lang := range resolute.Langs {
			if title := row[string(lang)]; title != "" {
				i.Title[lang] = title
			}
		}
		slices.SortFunc(i.Editions, func(a, b Edition) int { return strings.Compare(a.Day, b.Day) })
		delete(editions, i.Key)
		list = append(list, i)
	}
	if len(editions) > 0 {
		panic(fmt.Sprintf("data/revisions.csv: unknown instruments %v", editions))
	}
	slices.SortFunc(list, func(a, b Instrument) int { return strings.Compare(a.Key, b.Key) })
	return list
})

func newEdition(row map[string]string) Edition {
	e := Edition{Conference: row["conference"], First: row["first"] == "1", Confidence: row["confidence"]}
	if c, ok := conferenceOf(e.Conference); ok {
		e.Place, e.Year, e.Day = c.Place["en"], c.Year, c.LastDay()
		return e
	}
	_, year, _ := strings.Cut(e.Conference, "@") // of the Council: a year without a place
	e.Year, _ = strconv.Atoi(year)
	e.Day = year + "-12-31"
	return e
}

// InstrumentOf finds a known instrument by its key, without regard to case.
func InstrumentOf(key string) (Instrument, bool) {
	at, found := slices.BinarySearchFunc(Instruments(), key, func(i Instrument, key string) int { return strings.Compare(i.Key, key) })
	if found {
		return Instruments()[at], true
	}
	for _, i := range Instruments() {
		if strings.EqualFold(i.Key, key) {
			return i, true
		}
	}
	return Instrument{}, false
}

// InForce gives the newest edition that stood on a day; ok is false when none is known.
func (i Instrument) InForce(day string) (e Edition, ok bool) {
	for _, e = range slices.Backward(i.Editions) {
		if e.Day <= day {
			return e, true
		}
	}
	return Edition{}, false
}

// surelyInForce is InForce without what is only recalled.
func (i Instrument) surelyInForce(day string) (e Edition, ok bool) {
	for _, e = range slices.Backward(i.Editions) {
		if e.Sure() && e.Day <= day {
			return e, true
		}
	}
	return Edition{}, false
}

// edition finds the edition of a year.
func (i Instrument) edition(year int) (e Edition, ok bool) {
	for _, e = range i.Editions {
		if e.Year == year {
			return e, true
		}
	}
	return Edition{}, false
}
