package mandate

import (
	"strconv"
	"strings"

	"resolute"
)

// resolve finds the body of a number, strongest evidence first: a prefix within the number, the
// form of the number, the body as named, the place and year.
func (f numberedForm) resolve(t *Target) {
	named := bodyIn(t.after, f.lang)
	if named == "" {
		named = bodyIn(f.before, f.lang)
	}
	if f.its || f.this.MatchString(t.after+f.before) {
		named = f.own
	}
	number := t.Number
	sector, rest := cutSector(number)
	switch {
	case sector == 'R':
		t.Key = "itu:ra/" + f.kind + "/" + rest
	case sector == 'T':
		t.Key = "itu:itu-t/rec/" + rest
	case strings.Contains(number, "/"), strings.Contains(number, "("):
		if f.its && bodyIn(t.after+f.before, f.lang) == "" && yearly(number) {
			named = "" // an assembly that recalls "its" resolution of the Council
		}
		t.Key = unBody(number, named) + "/" + f.kind + "/" + unNumber(strings.Map(latinLetter, number))
	case len(t.bracket.years) > 0 && t.bracket.place() == "" && (named == "un:s" || named == "" && f.own == "un:s"):
		t.Key = "un:s/res/" + number + "(" + strconv.Itoa(t.bracket.year()) + ")"
		return
	default:
		body := ituBody(t.bracket, named, f.own)
		if body == "" {
			return
		}
		t.Key = body + "/" + f.kind + "/" + number
	}
	if t.Edition == "" {
		t.Edition = f.edition(*t, named)
	}
}

// latinLetter writes the Cyrillic letter of "57/270 В" as its Latin twin.
func latinLetter(r rune) rune {
	switch r {
	case 'А':
		return 'A'
	case 'В':
		return 'B'
	case 'С':
		return 'C'
	}
	return r
}

// cutSector takes "ITU-R " off a number, in any of its spellings.
func cutSector(number string) (sector byte, rest string) {
	for _, prefix := range []string{"ITU-", "UIT-", "МСЭ-"} {
		after, ok := strings.CutPrefix(number, prefix)
		if !ok {
			continue
		}
		for letter, code := range map[string]byte{"R": 'R', "Р": 'R', "T": 'T', "Т": 'T'} {
			if rest, ok := strings.CutPrefix(after, letter); ok {
				return code, strings.TrimSpace(rest)
			}
		}
	}
	return 0, number
}

func (f numberedForm) edition(t Target, named string) string {
	b := t.bracket
	switch {
	case len(b.years) > 0 && b.month != "":
		return strconv.Itoa(b.year()) + "-" + b.month
	case len(b.years) > 0:
		return strconv.Itoa(b.year())
	}
	if m := f.session.FindStringSubmatch(t.after); m != nil {
		return firstOf(m[1:])
	}
	if named == "itu:council" {
		return yearMark.FindString(t.after + f.before)
	}
	return ""
}

func firstOf(list []string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// dayOf reads the day behind a number: " of 14 December 2022".
func (f numberedForm) dayOf(words string) string {
	m := f.day.FindStringSubmatch(words)
	if words == "" || m == nil {
		return ""
	}
	year, month, day := m[3], f.months[m[2]], m[1]
	if f.lang == resolute.Chinese {
		year, month, day = m[1], m[2], m[3]
	}
	return year + "-" + twoDigits(month) + "-" + twoDigits(strings.TrimSuffix(day, "er"))
}

func twoDigits(number string) string {
	if len(number) == 1 {
		return "0" + number
	}
	return number
}

func fourYear(number string) bool {
	return strings.HasPrefix(number, "19") || strings.HasPrefix(number, "20")
}

// unBody tells which body of the United Nations a number belongs to: the one that is named, else by
// form.
func unBody(number, named string) string {
	switch {
	case strings.HasPrefix(named, "un:"), strings.HasPrefix(named, "unep:"):
		return named
	case yearly(number):
		return "un:e"
	}
	return "un:a"
}

// yearly tells whether the part of a number before the stroke is a year: those of the Economic and
// Social Council.
func yearly(number string) bool {
	session, _, _ := strings.Cut(number, "/")
	return len(session) == 4 && fourYear(session)
}

// ituBody tells which body of ITU a number belongs to: the place and year say it even where the
// body that is named serves another number of the list. A number without body, place and year
// means nothing: empty. Within texts of the Council a year alone is that of a Council.
func ituBody(b bracket, named, own string) string {
	if b.body != "" {
		return b.body
	}
	if len(b.years) > 0 && b.place() != "" {
		if c, ok := meeting(b.place(), b.year(), ""); ok {
			return c.Body
		}
	}
	switch {
	case strings.HasPrefix(named, "itu:"):
		return named
	case own == "itu:council" && len(b.years) > 0 && b.place() == "":
		return own
	case own == "cites:cop":
		return own
	}
	return ""
}
