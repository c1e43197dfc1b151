package mandate

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// markStyle is one way of numbering or lettering a list.
type markStyle struct {
	name    string
	pattern *regexp.Regexp // of the mark and the gap behind it; the first group is the mark alone
}

var markStyles = sync.OnceValue(func() []markStyle {
	var list []markStyle
	for _, row := range readTable("marks.csv") {
		list = append(list, markStyle{row["style"], regexp.MustCompile("^" + row["pattern"])})
	}
	return list
})

// mark is what stands before an item of a list.
type mark struct {
	style   string // a row of marks.csv; empty: none
	text    string // alone: "9", "a"
	printed string // with its stop or brackets: "9.", "(a)"
	rest    string // the line behind it
}

// readMark reads the mark that a line begins with.
func readMark(line string) mark {
	if line == "" || !mayMark(line) {
		return mark{rest: line}
	}
	for _, s := range markStyles() {
		if m := s.pattern.FindStringSubmatchIndex(line); m != nil {
			return mark{style: s.name, text: line[m[2]:m[3]], printed: strings.TrimSpace(line[:m[1]]), rest: line[m[1]:]}
		}
	}
	return mark{rest: line}
}

// mayMark looks at the first signs of a line only: most lines of most texts have no mark.
func mayMark(line string) bool {
	first := firstRune(line)
	if unicode.IsUpper(first) {
		return false
	}
	if first < 'a' || first > 'z' {
		return true
	}
	return strings.ContainsAny(line[:min(len(line), 6)], ").")
}

// ordinal is the place of a mark in its list, from 1, read as a letter or number; 0 when it has none.
func ordinal(text string) int {
	if n := value(text); n > 0 {
		return n
	}
	small := strings.ToLower(text)
	if len(small) == 0 || small[0] < 'a' || small[0] > 'z' || strings.Count(small, small[:1]) != len(small) {
		return 0
	}
	return 26*(len(small)-1) + int(small[0]-'a') + 1
}

var (
	chineseDigits = "一二三四五六七八九"
	abjad         = []rune("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")
	romanDigits   = map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
)

// value reads a number in the digits of any of the six languages, or an Arabic letter by its place
// in the list; 0 for others.
func value(text string) int {
	n := 0
	for _, r := range text {
		switch at := strings.IndexRune(chineseDigits, r); {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '٠' && r <= '٩':
			n = n*10 + int(r-'٠')
		case r == '十':
			n = max(n, 1) * 10
		case at >= 0:
			n += at/3 + 1
		default:
			return letterValue(text)
		}
	}
	return n
}

func letterValue(text string) int {
	runes := []rune(fold(text))
	if len(runes) == 1 {
		for i, letter := range abjad {
			if runes[0] == letter {
				return i + 1
			}
		}
	}
	return 0
}

// romanValue reads a small or capital roman number; 0 when it is none.
func romanValue(text string) int {
	small := strings.ToLower(text)
	total := 0
	for i := range len(small) {
		v, ok := romanDigits[small[i]]
		if !ok {
			return 0
		}
		if i+1 < len(small) && romanDigits[small[i+1]] > v {
			v = -v
		}
		total += v
	}
	return total
}

// list is one open level of numbering.
type list struct {
	style string
	roman bool
	last  int // ordinal of its last item; 0: a list of bullets
}

// lists are the open levels below a paragraph, outermost first.
type lists []list

// place tells at which depth, from 0, a mark stands below the open lists, and the lists after it.
// A mark that follows the last one of an open list goes there, the innermost first; a first mark
// opens a list of its own. Opens says that the item before announced a list with a colon.
func (open lists) place(m mark, opens bool) (int, lists) {
	letter, roman := ordinal(m.text), romanValue(m.text)
	if m.style == "bullet" {
		letter, roman = 0, 0
	}
	first := letter == 1 || roman == 1
	if !(first && opens && roman == 1) {
		for d := len(open) - 1; d >= 0; d-- {
			l := open[d]
			if l.style != m.style {
				continue
			}
			if m.style == "bullet" || l.roman && roman == l.last+1 || !l.roman && letter == l.last+1 && letter > 0 {
				l.last++
				return d, append(open[:d:d], l)
			}
		}
	}
	if first || m.style == "bullet" {
		return len(open), append(open[:len(open):len(open)], list{m.style, roman == 1 && letter != 1, 1})
	}
	for d := len(open) - 1; d >= 0; d-- { // a mark is missing or out of order
		l := open[d]
		if l.style == m.style && (l.roman && roman > 0 || !l.roman && letter > 0) {
			l.last = letter
			if l.roman {
				l.last = roman
			}
			return d, append(open[:d:d], l)
		}
	}
	isRoman := roman > 0 && letter == 0
	last := letter
	if isRoman {
		last = roman
	}
	return len(open), append(open[:len(open):len(open)], list{m.style, isRoman, last})
}
