package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"resolute"
)

// bracket is an edition as printed between brackets: "Rev. Dubai, 2018", "Rev. 2015", "05/2013".
// Where two revisions are mixed in one text it holds the places and years of both.
type bracket struct {
	rev    bool
	places []string
	years  []int
	month  string // "05" of "05/2013"
	mixed  bool   // more than one place or year
	body   string // itu:pp of "PP-18"
}

func (b bracket) place() string {
	if len(b.places) == 0 {
		return ""
	}
	return b.places[len(b.places)-1]
}

// year is the last one printed: in a mixed text deleted words stand before their replacement.
func (b bracket) year() int { return b.years[len(b.years)-1] }

var (
	revMark   = regexp.MustCompile(`(?i)^\s*(?:rev(?:ised in|\.)?|(?:last )?mod(?:ified|\.)?|rév\.?|пересм\.?|المراج[َ]?ع[َ]?(?:ة|ان|ين|تان|تين)? في|المراج[َ]?ع[َ]?(?:ة)?)\s*`)
	revLast   = regexp.MustCompile(`\s*,?\s*(?:修订版|修订)\s*$`)
	monthYear = regexp.MustCompile(`^(\d{2})/((?:19|20)\d{2})$`)
	yearMark  = regexp.MustCompile(`(?:19|20)\d{2}`)
	anyPlace  = regexp.MustCompile(`^(?:\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*|\p{Han}{2,8}|\p{Arabic}{3,}(?: \p{Arabic}{2,}){0,2})$`)
	shortYear = regexp.MustCompile(`^(?:C\d{2}, (?:[\p{L} ]+[. ]+)?)?(PP|WTDC|WTSA|RA|WTPF|C)-?(\d{2})$`)
)

// knownPlace matches any spelling of any place, in capitals or not.
var knownPlace = sync.OnceValue(func() *regexp.Regexp {
	var quoted []string
	for _, p := range places() {
		quoted = append(quoted, regexp.QuoteMeta(p))
	}
	return regexp.MustCompile(`(?i:` + strings.Join(quoted, "|") + `)`)
})

// readBracket reads what stands between the brackets of a citation in any of the six languages; ok
// is false for anything that is no edition.
func readBracket(inner string) (b bracket, ok bool) {
	inner = strings.TrimSpace(strings.Map(twin, inner))
	if m := monthYear.FindStringSubmatch(inner); m != nil {
		year, _ := strconv.Atoi(m[2])
		return bracket{month: m[1], years: []int{year}}, true
	}
	if at := revMark.FindStringIndex(inner); at != nil {
		b.rev, inner = true, inner[at[1]:]
	}
	if at := revLast.FindStringIndex(inner); at != nil {
		b.rev, inner = true, inner[:at[0]]
	}
	if m := shortYear.FindStringSubmatch(inner); m != nil {
		return b.shortened(m[1], m[2]), true
	}
	for _, y := range yearMark.FindAllString(inner, -1) {
		year, _ := strconv.Atoi(y)
		b.years = append(b.years, year)
	}
	if len(b.years) == 0 || !b.readPlaces(inner) {
		return bracket{}, false
	}
	b.mixed = len(b.years) > 1 || len(b.places) > 1
	return b, true
}

// PrintedEdition is an edition as it is printed behind a number.
type PrintedEdition struct {
	Place   resolute.Text // empty: none is printed
	Year    int
	Revised bool // not the first text of its instrument
}

// ReadLabel reads what is printed behind the number of a text, in any of the six languages; ok is false
// for anything but one edition of a year at a place that is known.
func ReadLabel(label string) (p PrintedEdition, ok bool) {
	b, ok := readBracket(label)
	if !ok || b.mixed || b.month != "" || b.body != "" {
		return PrintedEdition{}, false
	}
	p = PrintedEdition{Year: b.year(), Revised: b.rev}
	if b.place() != "" {
		at := byPlace()[strings.ToLower(b.place())]
		if len(at) == 0 {
			return PrintedEdition{}, false
		}
		p.Place = at[0].Place
	}
	return p, true
}

// shortened reads "PP-18" and "C16": the body in letters, the year in two digits.
func (b bracket) shortened(letters, digits string) bracket {
	year, _ := strconv.Atoi(digits)
	if year += 2000; year > 2060 {
		year -= 100
	}
	b.years, b.body = []int{year}, bodyIn(letters, "en")
	if letters == "C" {
		b.body = "itu:council"
	}
	return b
}

// readPlaces reads the places before, between and behind the years.
func (b *bracket) readPlaces(inner string) bool {
	for _, piece := range strings.Split(yearMark.ReplaceAllString(inner, ","), ",") {
		piece = strings.Trim(piece, " .年")
		if piece = strings.TrimPrefix(strings.TrimPrefix(piece, "в "), "في "); piece == "" || strings.EqualFold(piece, "г") {
			continue
		}
		names, ok := placesIn(piece)
		if !ok {
			return false
		}
		b.places = append(b.places, names...)
	}
	return true
}

// placesIn reads the places of a stretch between years: one, or several that were run together.
func placesIn(piece string) ([]string, bool) {
	if len(byPlace()[strings.ToLower(piece)]) > 0 {
		return []string{piece}, true
	}
	if names := knownPlace().FindAllString(piece, -1); len(names) > 0 && strings.TrimSpace(knownPlace().ReplaceAllString(piece, "")) == "" {
		return names, true
	}
	return []string{piece}, anyPlace.MatchString(piece)
}
