package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// bracket is an edition as printed between brackets: "Rev. Dubai, 2018", "Rev. 2015", "05/2013".
// Where two revisions are mixed in one text it holds the places and years of both.
type bracket struct {
	rev    bool
	places []string
	years  []int
	month  string // "05" of "05/2013"
	mixed  bool   // more than one place or year
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
	revMark   = regexp.MustCompile(`(?i)^\s*(?:rev\.?|rév\.?|пересм\.?)\s*`)
	monthYear = regexp.MustCompile(`^(\d{2})/((?:19|20)\d{2})$`)
	yearMark  = regexp.MustCompile(`(?:19|20)\d{2}`)
	anyPlace  = regexp.MustCompile(`^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*$`)
)

// knownPlace matches any spelling of any place, in capitals or not.
var knownPlace = sync.OnceValue(func() *regexp.Regexp {
	var quoted []string
	for _, p := range places() {
		quoted = append(quoted, regexp.QuoteMeta(p))
	}
	return regexp.MustCompile(`(?i:` + strings.Join(quoted, "|") + `)`)
})

// readBracket reads what stands between the brackets of a citation; ok is false for anything
// that is no edition.
func readBracket(inner string) (b bracket, ok bool) {
	inner = strings.TrimSpace(plain(inner))
	if m := monthYear.FindStringSubmatch(inner); m != nil {
		year, _ := strconv.Atoi(m[2])
		return bracket{month: m[1], years: []int{year}}, true
	}
	if at := revMark.FindStringIndex(inner); at != nil {
		b.rev, inner = true, inner[at[1]:]
	}
	for _, y := range yearMark.FindAllString(inner, -1) {
		year, _ := strconv.Atoi(y)
		b.years = append(b.years, year)
	}
	if len(b.years) == 0 {
		return bracket{}, false
	}
	for _, piece := range strings.Split(yearMark.ReplaceAllString(inner, ","), ",") {
		if piece = strings.Trim(piece, " г."); piece == "" {
			continue
		}
		names, ok := placesIn(piece)
		if !ok {
			return bracket{}, false
		}
		b.places = append(b.places, names...)
	}
	b.mixed = len(b.years) > 1 || len(b.places) > 1
	return b, true
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
