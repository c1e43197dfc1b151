package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// significant is how many digits a spreadsheet shows of a number; what it stores beyond is noise of
// binary fractions.
const significant = 15

// number prints a stored number as its sheet shows it: digits that only the binary form has are
// rounded off, days are YYYY-MM-DD, percentages end in %.
func (s *worksheet) number(stored, styled string) string {
	kind := plainNumber
	if n, err := strconv.Atoi(styled); err == nil && n >= 0 && n < len(s.book.styles) {
		kind = s.book.styles[n]
	}
	value, err := strconv.ParseFloat(strings.TrimSpace(stored), 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return stored
	}
	switch kind {
	case dayNumber:
		if day, ok := dayOf(value, s.book.from1904); ok {
			return day
		}
	case percentNumber:
		if text := decimalText(stored, value); !strings.ContainsAny(text, "eE") { // too small to be written out
			return shifted(text, 2) + "%"
		}
	}
	return decimalText(stored, value)
}

// decimalText keeps a number as it is stored when it is short, and rounds one that is not.
func decimalText(stored string, value float64) string {
	stored = strings.TrimSpace(stored)
	plain := !strings.ContainsAny(stored, "eE")
	if plain && digitsOf(stored) <= significant {
		return stored
	}
	short := strconv.FormatFloat(value, 'e', significant-1, 64)
	rounded, err := strconv.ParseFloat(short, 64)
	if err != nil {
		return stored
	}
	text := strconv.FormatFloat(rounded, 'f', -1, 64)
	if len(text) > 40 {
		return stored
	}
	return text
}

func digitsOf(number string) (n int) {
	bare := strings.TrimLeft(strings.ReplaceAll(strings.TrimLeft(number, "+-"), ".", ""), "0")
	return len(bare)
}

// shifted moves the point of a decimal text to the right.
func shifted(number string, places int) string {
	sign := ""
	if strings.HasPrefix(number, "-") {
		sign, number = "-", number[1:]
	}
	whole, fraction, _ := strings.Cut(number, ".")
	for len(fraction) < places {
		fraction += "0"
	}
	whole, fraction = strings.TrimLeft(whole+fraction[:places], "0"), strings.TrimRight(fraction[places:], "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// dayOf reads a serial day: 1 is 1 January 1900, and 60 is a 29 February 1900 that never was; or days
// since 1 January 1904. A time of day is printed behind it.
func dayOf(serial float64, from1904 bool) (string, bool) {
	if serial < 0 || serial > 2_958_466 { // to the end of the year 9999
		return "", false
	}
	whole, rest := math.Floor(serial), serial-math.Floor(serial)
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case whole < 1 || whole == 60:
		return "", false
	case whole < 60:
		start = start.AddDate(0, 0, 1)
	}
	seconds := min(int(math.Round(rest*86_400)), 86_399) // rounding never makes it the next day
	at := start.AddDate(0, 0, int(whole)).Add(time.Duration(seconds) * time.Second)
	if seconds == 0 {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02T15:04:05"), true
}
