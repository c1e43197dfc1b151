package redline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"resolute/internal/mandate/calendar"
)

// edition is a place and year by which a text is cited, in small letters.
type edition struct {
	place string
	year  int
}

// meetings finds the conferences by any spelling of their place, in small letters.
var meetings = sync.OnceValue(func() map[string][]calendar.Conference {
	list := map[string][]calendar.Conference{}
	for _, c := range calendar.Conferences() {
		for _, spelling := range c.Spellings {
			list[strings.ToLower(spelling)] = append(list[strings.ToLower(spelling)], c)
		}
	}
	return list
})

// bodies are those that met at a place in a year; empty when the calendar does not know it.
func (e edition) bodies() []string {
	var list []string
	for _, c := range meetings()[e.place] {
		if c.Year == e.year {
			list = append(list, c.Body)
		}
	}
	return list
}

// knownPlaces matches any spelling of any place of the calendar, longest first.
var knownPlaces = sync.OnceValue(func() string {
	var list []string
	for place := range meetings() {
		list = append(list, regexp.QuoteMeta(place))
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return `(?i:` + strings.Join(list, "|") + `)`
})

const (
	yearForm  = `(?:19|20)\d{2}`
	datedForm = yearForm + `(?: ?г\.)?`
	comma     = `[,،，] ?`
	named     = `\p{Lu}[\p{L}'’]+(?:[ -]\p{Lu}[\p{L}'’]+)*` // a place that the calendar does not know
)

// forms are compiled once: the places make them long.
type forms struct {
	editions, chinese, places, brackets, inBracket, cited *regexp.Regexp
}

var slotForms = sync.OnceValue(func() forms {
	known := knownPlaces()
	any := `(?:` + known + `|` + named + `)`
	one := any + comma + datedForm
	year := yearForm + `年` + comma
	return forms{
		editions:  regexp.MustCompile(`(` + one + `)( ?)((?:R[eé]v\. ?|Пересм\. ?)?` + one + `)`),
		chinese:   regexp.MustCompile(`(` + year + known + `)( ?)(` + year + known + `)`),
		places:    regexp.MustCompile(`(` + known + `)(` + known + `)`),
		brackets:  regexp.MustCompile(`\([^()]{4,120}\)`),
		inBracket: regexp.MustCompile(`(` + any + `)` + comma + `(` + yearForm + `)`),
		cited:     regexp.MustCompile(`(\d{1,4}(?:-\d{1,2})?)[\s\x{a0}]*\(([^()]{4,120})\)`),
	}
})

var year = regexp.MustCompile(yearForm)

// editionsOf reads the places and years of a stretch: one, or in a mixed text the old and the
// new. Names that the calendar does not know count where they are written apart.
func editionsOf(inner string) []edition {
	var places []string
	var years []int
	for _, m := range year.FindAllString(inner, -1) {
		n, _ := strconv.Atoi(m)
		years = append(years, n)
	}
	for _, m := range placeWords().FindAllString(inner, -1) {
		places = append(places, strings.ToLower(m))
	}
	if len(places) == 0 {
		for _, m := range slotForms().inBracket.FindAllStringSubmatch(inner, -1) {
			places = append(places, strings.ToLower(m[1]))
		}
	}
	var list []edition
	for i := range min(2, len(years), max(len(places), 1)) {
		e := edition{year: years[i]}
		if i < len(places) {
			e.place = places[i]
		}
		list = append(list, e)
	}
	return list
}

var placeWords = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(knownPlaces()) })

// citation is an instrument cited by number, place and year, in any language: the number stands
// before a bracket with the edition. now is the newer edition where two are mixed.
type citation struct {
	number string
	was    edition
	now    edition
	mixed  bool
}

func citationsOf(text string) []citation {
	if !year.MatchString(text) {
		return nil
	}
	var list []citation
	for _, m := range slotForms().cited.FindAllStringSubmatch(text, -1) {
		editions := editionsOf(m[2])
		if len(editions) == 0 || editions[0].place == "" {
			continue
		}
		c := citation{number: m[1], was: editions[0], now: editions[len(editions)-1], mixed: len(editions) > 1}
		if c.was.year > c.now.year {
			c.was, c.now = c.now, c.was
		}
		list = append(list, c)
	}
	return list
}

// sameBody tells whether two editions may be of one body: the calendar does not say otherwise.
func sameBody(a, b edition) bool {
	as, bs := a.bodies(), b.bodies()
	if len(as) == 0 || len(bs) == 0 {
		return true
	}
	return slices.ContainsFunc(as, func(body string) bool { return slices.Contains(bs, body) })
}
