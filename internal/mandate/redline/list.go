package redline

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// group is a heading with the items below it; the text before the first heading is one too.
type group struct {
	heading *line // nil: none
	items   []*item
}

// item is a paragraph of a list with the lines that go on from its first.
type item struct {
	group *group
	lines []*line
	marks []mark // none, one, or two where two revisions left theirs
	body  int    // byte of the first line where the text behind marks and blanks begins
	style style
	cites func() []citation // of its text, read when first asked for
}

// mark is a list mark as printed, from and to bytes of the first line of its item.
type mark struct {
	word     string // without brackets and blanks
	from, to int    // with its brackets
}

type style int

const (
	unmarked style = iota
	letters
	numbers
	romans
)

var (
	bracketMark = regexp.MustCompile(`^\s*\(?([\p{L}]{1,6}|\d{1,3}) ?\)`)
	numberMark  = regexp.MustCompile(`^\s*(\d{1,3})(?:\.)?[ \t\x{a0}]+[^\d\s]`)
	dateLine    = regexp.MustCompile(`^\s*\d{1,2} \p{L}+\.? (?:19|20)\d{2}\b`)
	bullet      = regexp.MustCompile(`^\s*[-–•*]\s`)
	ruleLine    = regexp.MustCompile(`^\s*_{5,}\s*$`)
	romanMark   = regexp.MustCompile(`^[ivx]+$`)
)

// alphabets give the letters of lists in their order; each is one series.
var alphabets = [][]rune{[]rune("abcdefghijklmnopqrstuvwxyz"), []rune("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"), []rune("абвгдежзиклмнопрстуфхцчшщэюя")}

// letterValue is the place of a letter in its alphabet, from 1; 0: it is none. "aa" follows "z".
func letterValue(word string) int {
	signs := []rune(norm.NFKC.String(word))
	if len(signs) == 0 || len(signs) > 2 || len(signs) == 2 && signs[0] != signs[1] {
		return 0
	}
	for _, alphabet := range alphabets {
		if i := slices.Index(alphabet, signs[0]); i >= 0 {
			return i + 1 + (len(signs)-1)*len(alphabet)
		}
	}
	return 0
}

func romanValue(word string) int {
	if !romanMark.MatchString(word) {
		return 0
	}
	for n := 1; n <= 39; n++ {
		if romanWord(n) == word {
			return n
		}
	}
	return 0
}

func romanWord(n int) string {
	word := strings.Repeat("x", n/10)
	return word + [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}[n%10]
}

// value reads a mark in a style; 0: it is no mark of that style.
func value(word string, s style) int {
	switch s {
	case numbers:
		return number(word)
	case romans:
		return romanValue(word)
	}
	return letterValue(word)
}

// writeMark gives the word of a value in the style and alphabet of another mark.
func writeMark(n int, s style, like string) string {
	switch s {
	case numbers:
		return itoa(n)
	case romans:
		return romanWord(n)
	}
	for _, alphabet := range alphabets {
		if first := []rune(norm.NFKC.String(like)); len(first) > 0 && slices.Contains(alphabet, first[0]) && n <= len(alphabet) {
			return string(alphabet[n-1])
		}
	}
	return ""
}

// readGroups finds headings and items by form alone, so in any language: a heading has no mark and
// no closing mark, an item has one of them.
func (t *reading) readGroups() {
	g := &group{}
	t.groups = []*group{g}
	for _, l := range t.lines {
		text := strings.TrimSpace(l.text)
		switch marks, body := readMarks(l.text); {
		case text == "" || ruleLine.MatchString(text):
		case marks != nil:
			g.add(&item{marks: marks, body: body}, l)
		case g.open() || len(g.items) > 0 && bullet.MatchString(l.text):
			last := g.items[len(g.items)-1]
			last.lines, l.item = append(last.lines, l), last
		case !closed(text):
			g = &group{heading: l}
			t.groups = append(t.groups, g)
		default:
			g.add(&item{}, l)
		}
	}
	for _, g := range t.groups {
		g.settleStyles()
	}
}

func (g *group) add(it *item, l *line) {
	it.group, it.lines, l.item = g, []*line{l}, it
	it.cites = sync.OnceValue(func() []citation { return citationsOf(it.text()) })
	g.items = append(g.items, it)
}

// open tells whether the last item has a mark and lacks its closing mark: the next line goes on.
func (g *group) open() bool {
	if len(g.items) == 0 {
		return false
	}
	last := g.items[len(g.items)-1]
	return last.marks != nil && !closed(last.lines[len(last.lines)-1].text)
}

// closed tells whether a text ends with a closing mark of any script; a footnote mark may follow.
func closed(text string) bool {
	text = strings.TrimRight(text, " \t\u00a0")
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "0123456789"))
	return strings.ContainsRune(",;.:،؛。；，：", r)
}

// readMarks reads one or two list marks at the head of a line. "a) b) that" has two; whether one
// word is two marks, as in "lh)", only its list can tell.
func readMarks(text string) ([]mark, int) {
	var list []mark
	at := 0
	for len(list) < 2 {
		m := bracketMark.FindStringSubmatchIndex(text[at:])
		if m == nil || !plausible(text[at+m[2]:at+m[3]]) {
			break
		}
		next := mark{text[at+m[2] : at+m[3]], at + m[1] - len(strings.TrimLeftFunc(text[at:at+m[1]], unicode.IsSpace)), at + m[1]}
		if len(list) == 1 && !twins(list[0], next, text) {
			break
		}
		list, at = append(list, next), next.to
	}
	if m := numberMark.FindStringSubmatchIndex(text); list == nil && m != nil && !dateLine.MatchString(text) {
		list, at = []mark{{text[m[2]:m[3]], 0, m[3]}}, m[3]
	}
	if list == nil {
		return nil, 0
	}
	return list, len(text) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
}

// twins tells whether two marks in a row are the old and the new of one item; "a) (i)" opens a list
// within a list.
func twins(first, second mark, text string) bool {
	if text[first.from] != '(' && text[second.from] == '(' {
		return false
	}
	a, b := value(first.word, numbers), value(second.word, numbers)
	reach := 6
	if a == 0 && b == 0 {
		a, b = letterValue(first.word), letterValue(second.word)
		if romanMark.MatchString(second.word) {
			reach = 2
		}
	}
	return a > 0 && b > 0 && a != b && max(a-b, b-a) <= reach
}

// glued tells whether the one mark of an item looks like two letters that run together.
func (it *item) glued() bool {
	if len(it.marks) != 1 || it.style != letters {
		return false
	}
	word := it.marks[0].word
	return utf8.RuneCountInString(word) == 2 && letterValue(word) == 0
}

// plausible tells whether a word may be a list mark, or two that run together.
func plausible(word string) bool {
	if number(word) > 0 || romanMark.MatchString(word) {
		return true
	}
	for _, r := range norm.NFKC.String(word) {
		if letterValue(string(r)) == 0 {
			return false
		}
	}
	return utf8.RuneCountInString(word) <= 2
}

// settleStyles tells letters from roman numbers: i) is a letter only behind an h).
func (g *group) settleStyles() {
	var before *item
	for _, it := range g.items {
		if it.marks == nil {
			continue
		}
		word := it.marks[0].word
		switch {
		case number(word) > 0:
			it.style = numbers
		case !romanMark.MatchString(word) || before != nil && before.style == letters && follows(before, word):
			it.style = letters
		case utf8.RuneCountInString(word) > 1 || word == "i" || before != nil && before.style == romans:
			it.style = romans
		default:
			it.style = letters
		}
		before = it
	}
}

// follows tells whether a letter, or the first of two that run together, may come after an item's.
func follows(before *item, word string) bool {
	for _, m := range before.marks {
		for _, r := range m.word {
			if n := letterValue(string(r)); n > 0 && letterValue(word[:1]) == n+1 {
				return true
			}
		}
	}
	return false
}

// text is the wording of an item behind its marks, its lines joined.
func (it *item) text() string {
	var b strings.Builder
	for i, l := range it.lines {
		if i == 0 {
			b.WriteString(l.text[it.body:])
		} else {
			b.WriteString(" " + strings.TrimSpace(l.text))
		}
	}
	return strings.TrimSpace(b.String())
}

// last is the sign with which an item closes, of any script written as one of , ; . : or 0.
func (it *item) last() byte {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(it.text(), "0123456789 \t\u00a0"))
	switch r {
	case ',', '،', '，':
		return ','
	case ';', '؛', '；':
		return ';'
	case '.', '。':
		return '.'
	case ':', '：':
		return ':'
	}
	return 0
}
