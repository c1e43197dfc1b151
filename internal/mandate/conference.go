package mandate

import (
	"slices"
	"strings"
	"sync"

	"resolute/internal/mandate/calendar"
)

// meeting finds the conference at a place in a year; body narrows where it is known.
func meeting(place string, year int, body string) (calendar.Conference, bool) {
	for _, c := range byPlace()[strings.ToLower(place)] {
		if c.Year == year && (body == "" || c.Body == body) && c.Body != "itu:wrc" {
			return c, true
		}
	}
	return calendar.Conference{}, false
}

// byPlace finds the conferences of a place by any of its spellings in small letters.
var byPlace = sync.OnceValue(func() map[string][]calendar.Conference {
	places := map[string][]calendar.Conference{}
	for _, c := range calendar.Conferences() {
		for _, spelling := range c.Spellings {
			places[strings.ToLower(spelling)] = append(places[strings.ToLower(spelling)], c)
		}
	}
	return places
})

// conferenceOf finds a conference by its key.
func conferenceOf(key string) (calendar.Conference, bool) {
	for _, c := range calendar.Conferences() {
		if c.Key == key {
			return c, true
		}
	}
	return calendar.Conference{}, false
}

// places are all spellings of all places, longest first.
var places = sync.OnceValue(func() []string {
	var list []string
	for _, c := range calendar.Conferences() {
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
