package wording

import (
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"

	"resolute"
)

// Signs between groups of three digits, and before the decimals. Digits are 0 to 9 in all six
// languages, as in the documents of ITU. Blanks never break a line.
const narrow = "\u202f"

// The last sign stands between the items of a list.
var separators = map[resolute.Lang]struct{ group, decimal, list string }{
	resolute.Arabic: {",", ".", "، "}, resolute.English: {",", ".", ", "}, resolute.Chinese: {",", ".", "、"},
	resolute.Spanish: {narrow, ",", ", "}, resolute.French: {narrow, ",", ", "}, resolute.Russian: {narrow, ",", ", "},
}

// Comma is what stands between the items of a list.
func (p *Printer) Comma() string { return separators[p.Lang].list }

// Colon is what stands between a label and what it labels.
func (p *Printer) Colon() string {
	switch p.Lang {
	case resolute.French:
		return "\u00a0: "
	case resolute.Chinese:
		return "："
	}
	return ": "
}

// Semicolon is what parts the members of a list that have commas of their own.
func (p *Printer) Semicolon() string {
	switch p.Lang {
	case resolute.French:
		return "\u00a0; "
	case resolute.Arabic:
		return "؛ "
	case resolute.Chinese:
		return "；"
	}
	return "; "
}

// Gap is what stands between two sentences: a blank, and nothing in Chinese.
func (p *Printer) Gap() string {
	if p.Lang == resolute.Chinese {
		return ""
	}
	return " "
}

// List joins items with the comma of the language.
func (p *Printer) List(items []string) string { return strings.Join(items, p.Comma()) }

// Number writes a whole number with grouped digits; Spanish leaves four digits together.
func (p *Printer) Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	return sign + p.group(s)
}

func (p *Printer) group(digits string) string {
	if len(digits) <= 3 || p.Lang == resolute.Spanish && len(digits) == 4 {
		return digits
	}
	head := len(digits) % 3
	var b strings.Builder
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		if b.Len() > 0 {
			b.WriteString(separators[p.Lang].group)
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// Money writes an amount to the hundredth behind the code of its currency: "USD 18,400.00".
func (p *Printer) Money(currency string, c resolute.Cents) string {
	sign := ""
	whole, cents, _ := strings.Cut(c.String(), ".")
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	return currency + "\u00a0" + sign + p.group(whole) + separators[p.Lang].decimal + cents
}

// Percent writes millionths of the whole as a percentage with up to four decimals: "33.3333 %".
func (p *Printer) Percent(millionths int64) string {
	whole, rest := millionths/10_000, millionths%10_000
	s := strconv.FormatInt(whole, 10)
	if rest != 0 {
		s += separators[p.Lang].decimal + strings.TrimRight(strconv.FormatInt(10_000+rest, 10)[1:], "0")
	}
	if p.Lang == resolute.English || p.Lang == resolute.Chinese || p.Lang == resolute.Arabic {
		return s + "%"
	}
	return s + "\u00a0%"
}

// Decimal writes a figure with so many decimals, rounded half away from zero: "68.4", "1,250,000.0".
// What is no figure is empty.
func (p *Printer) Decimal(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) >= 1e15 {
		return ""
	}
	text := strconv.FormatFloat(math.Abs(roundAway(v, decimals)), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	n, _ := strconv.ParseInt(whole, 10, 64) // below 1e15
	s := p.Number(n)
	if fraction != "" {
		s += separators[p.Lang].decimal + fraction
	}
	if v < 0 && strings.Trim(text, "0.") != "" {
		return "\u2212" + s
	}
	return s
}

func roundAway(v float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round(v*unit) / unit
}

var months = map[resolute.Lang][12]string{
	resolute.English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	resolute.French:  {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	resolute.Spanish: {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	resolute.Russian: {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	resolute.Arabic:  {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
}

// Day writes a day YYYY-MM-DD in words: "21 November 2026". What is no day comes back as it is.
func (p *Printer) Day(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	d, y := strconv.Itoa(t.Day()), strconv.Itoa(t.Year())
	if p.Lang == resolute.Chinese {
		return y + "年" + strconv.Itoa(int(t.Month())) + "月" + d + "日"
	}
	month := months[p.Lang][t.Month()-1]
	switch p.Lang {
	case resolute.Spanish:
		return d + " de " + month + " de " + y
	case resolute.Russian:
		return d + " " + month + " " + y + "\u00a0г."
	}
	return d + " " + month + " " + y
}

// Date writes the day of an instant in Unix milliseconds, UTC.
func (p *Printer) Date(ms int64) string {
	return p.Day(time.UnixMilli(ms).UTC().Format(time.DateOnly))
}

// Years writes the years of two days with an en dash between, "2024–2027"; an open end stays
// open, equal years are one.
func (p *Printer) Years(from, to string) string {
	a, b := year(from), year(to)
	if a == b {
		return a
	}
	return a + "–" + b
}

func year(day string) string {
	if len(day) < 4 {
		return ""
	}
	return day[:4]
}

// Order compares names as the language orders them; the function is not for several goroutines.
func (p *Printer) Order() func(a, b string) int { return collate.New(p.tag).CompareString }

// Sort puts names into the order of the language.
func (p *Printer) Sort(names []string) {
	collate.New(p.tag).SortStrings(names)
}
