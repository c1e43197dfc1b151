package sdmx

import "strings"

// IsPeriod says whether s is a time of the standard: a year, month or day, a moment, a reporting
// period such as 2024-Q1 or 2024-W07, or a beginning with a duration.
func IsPeriod(s string) bool {
	if begin, duration, ok := strings.Cut(s, "/"); ok {
		return IsPeriod(begin) && (strings.HasPrefix(duration, "P") && len(duration) > 2 || IsPeriod(duration))
	}
	const date = len("2006-01-02")
	if len(s) > date && s[date] == 'T' {
		s = s[:date]
	}
	s = strings.TrimSuffix(s, "Z")
	if len(s) < 4 || !digits(s[:4]) {
		return false
	}
	rest := s[4:]
	if rest == "" {
		return true
	}
	if rest[0] != '-' || len(rest) < 2 {
		return false
	}
	rest = rest[1:]
	if most, ok := reporting[rest[0]]; ok {
		return between(rest[1:], most)
	}
	month, day, daily := strings.Cut(rest, "-")
	if len(month) != 2 || !between(month, 12) {
		return false
	}
	return !daily || len(day) >= 2 && between(day[:2], 31)
}

// reporting gives how many periods a year has, by the letter of the standard.
var reporting = map[byte]int{'A': 1, 'S': 2, 'T': 3, 'Q': 4, 'M': 12, 'W': 53, 'D': 366}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func between(s string, most int) bool {
	if !digits(s) || len(s) > 3 {
		return false
	}
	n := 0
	for _, c := range []byte(s) {
		n = 10*n + int(c-'0')
	}
	return n >= 1 && n <= most
}
