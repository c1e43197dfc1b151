package dataquery

import (
	"strconv"
	"strings"
	"time"
)

// span is a time from its first to its last day.
type span struct{ begin, end time.Time }

// spanOf reads a year, month, day or moment, a reporting period or a range of years.
func spanOf(text string) (span, bool) {
	if len(text) < 4 || !digits(text[:4]) {
		return span{}, false
	}
	year, _ := strconv.Atoi(text[:4])
	first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	rest := text[4:]
	switch {
	case rest == "":
		return span{first, first.AddDate(1, 0, -1)}, true
	case len(rest) > 2 && rest[0] == '-' && rest[1] >= 'A' && rest[1] <= 'Z' && digits(rest[2:]):
		return reporting(first, rest[1], rest[2:])
	case len(text) >= 10:
		day, err := time.Parse(time.DateOnly, text[:10])
		return span{day, day}, err == nil && (len(text) == 10 || text[10] == 'T')
	}
	month, err := time.Parse("2006-01", text)
	if err == nil {
		return span{month, month.AddDate(0, 1, -1)}, true
	}
	if last, ok := lastYear(year, rest); ok {
		return span{first, time.Date(last, 12, 31, 0, 0, 0, 0, time.UTC)}, true
	}
	return span{}, false
}

// Days gives the first and the last day of a time; false when it is none.
func Days(period string) (first, last time.Time, ok bool) {
	s, ok := spanOf(period)
	return s.begin, s.end, ok
}

// lastYear reads the end of 2015-16, 2015/16 or 2015-2017; a generation at most lies between.
func lastYear(first int, rest string) (int, bool) {
	if len(rest) != 3 && len(rest) != 5 || rest[0] != '-' && rest[0] != '/' || !digits(rest[1:]) {
		return 0, false
	}
	last, _ := strconv.Atoi(rest[1:])
	if len(rest) == 3 {
		if last += first / 100 * 100; last <= first {
			last += 100
		}
	}
	return last, last > first && last <= first+30
}

func reporting(first time.Time, letter byte, number string) (span, bool) {
	n, _ := strconv.Atoi(number)
	months := map[byte]int{'A': 12, 'S': 6, 'T': 4, 'Q': 3, 'M': 1}[letter]
	switch {
	case n < 1 || n > 366:
		return span{}, false
	case months > 0:
		begin := first.AddDate(0, (n-1)*months, 0)
		return span{begin, begin.AddDate(0, months, -1)}, n <= 12/months
	case letter == 'D':
		day := first.AddDate(0, 0, n-1)
		return span{day, day}, true
	case letter == 'W' && n <= 53:
		monday := first.AddDate(0, 0, 3-(int(first.AddDate(0, 0, 3).Weekday())+6)%7) // of the week with 4 January
		begin := monday.AddDate(0, 0, 7*(n-1))
		return span{begin, begin.AddDate(0, 0, 6)}, true
	}
	return span{}, false
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
