package resolute

import (
	"strings"
	"time"
)

// Period is a span of inclusive days YYYY-MM-DD. An empty end is open.
type Period struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Contains reports whether day (YYYY-MM-DD, not empty) lies in the period.
func (p Period) Contains(day string) bool {
	return day != "" && (p.From == "" || day >= p.From) && (p.To == "" || day <= p.To)
}

// Overlaps reports whether the span from..to touches the period; an empty end of the span is open.
func (p Period) Overlaps(from, to string) bool {
	return (to == "" || p.From == "" || to >= p.From) && (from == "" || p.To == "" || from <= p.To)
}

// String writes the period as in addresses: 2021-01-01..2024-12-31, whole years as 2021..2024.
func (p Period) String() string {
	from, to := p.From, p.To
	if strings.HasSuffix(from, "-01-01") && (to == "" || strings.HasSuffix(to, "-12-31")) {
		from = from[:4]
		if to != "" {
			to = to[:4]
		}
	}
	if from == "" && to == "" {
		return ""
	}
	return from + ".." + to
}

// ParsePeriod reads "2022..2026", "2022-03-01..2024-12-31", "2023", "2022.." or "..2024". Years
// stand for their first and last day. Empty text is the open period. A wrong text is an Error
// with code Usage that says what is wanted.
func ParsePeriod(s string) (Period, error) {
	if s == "" {
		return Period{}, nil
	}
	from, to, span := strings.Cut(s, "..")
	if !span {
		to = from
	}
	p := Period{From: edge(from, "-01-01"), To: edge(to, "-12-31")}
	bad := (p.From != "" && !ValidDay(p.From)) || (p.To != "" && !ValidDay(p.To)) ||
		(p.From != "" && p.To != "" && p.From > p.To)
	if bad {
		return Period{}, &Error{Code: Usage, Field: "period", Message: "unknown period \"" + s + "\": want 2022..2026 or 2022-03-01..2024-12-31"}
	}
	return p, nil
}

func edge(s, rest string) string {
	if len(s) == 4 {
		return s + rest
	}
	return s
}

// ValidDay reports whether s is a real day written YYYY-MM-DD.
func ValidDay(s string) bool {
	if len(s) != 10 {
		return false
	}
	if plainDay(s) { // nearly all are: files hold many millions
		return true
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// plainDay knows days without asking how long their month is; it is false for some that are days.
func plainDay(s string) bool {
	for i := range len(s) {
		if i == 4 || i == 7 {
			if s[i] != '-' {
				return false
			}
		} else if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	month, day := s[5:7], s[8:]
	return month >= "01" && month <= "12" && day >= "01" && day <= "28"
}
