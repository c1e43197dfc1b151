package coverage

import (
	"fmt"
	"strconv"

	"resolute"
)

// day is a calendar day as the number of its digits, 20240229, so that a walk compares numbers
// and not texts; 0 is no day.
type day int32

// dayOf reads YYYY-MM-DD as the tables hold it; anything else is no day.
func dayOf(text string) day {
	if len(text) != len("2006-01-02") {
		return 0
	}
	n := day(0)
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			n = n*10 + day(c-'0')
		} else if c != '-' {
			return 0
		}
	}
	return n
}

// String writes YYYY-MM-DD, and nothing for no day.
func (d day) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// stamp is a second in UTC as the number of its digits, 20240229101500; 0 is none.
type stamp uint64

// stampOf reads YYYY-MM-DDThh:mm:ssZ as the tables hold it; anything else is none.
func stampOf(text string) stamp {
	if len(text) != len("2006-01-02T15:04:05Z") {
		return 0
	}
	n := stamp(0)
	for _, c := range []byte(text) {
		if c >= '0' && c <= '9' {
			n = n*10 + stamp(c-'0')
		}
	}
	return n
}

// String writes YYYY-MM-DDThh:mm:ssZ, and nothing for none.
func (s stamp) String() string {
	if s == 0 {
		return ""
	}
	return fmt.Sprintf("%sT%02d:%02d:%02dZ", day(s/1e6), s/1e4%100, s/100%100, s%100)
}

func (d day) year() int { return int(d / 10000) }

// yearText is the year as answers hold it.
func yearText(year int) string { return strconv.Itoa(year) }

// days is a span of inclusive days; an end that is no day is open.
type days struct{ from, to day }

// allTime is every day there is.
var allTime days

func daysOf(p resolute.Period) days { return days{dayOf(p.From), dayOf(p.To)} }

// holds tells whether a day lies in the span; no day lies in none.
func (s days) holds(d day) bool { return d != 0 && d >= s.from && (s.to == 0 || d <= s.to) }

// touches tells whether a life has a day in the span; an end of it that is no day is open.
func (s days) touches(starts, ends day) bool {
	return (ends == 0 || ends >= s.from) && (s.to == 0 || starts <= s.to)
}
