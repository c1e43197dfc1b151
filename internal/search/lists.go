package search

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lists tell which of many texts hold a word: all different words in order, and the numbers of the
// texts behind each. They hold no pointer for a word, are immutable and safe for several readers.
type Lists struct {
	texts    int
	words    string   // one behind the other
	wordEnds []uint32 // of each
	numbers  string   // of the texts of each word: growing differences of variable length, or bits
	listEnds []uint32 // of each word's numbers, with isBits
}

// isBits says that the texts of a word are so many that bits take less room.
const isBits = 1 << 31

// signMark stands before a single Han sign that occurs in a word, so that no word begins so.
const signMark = "\x01"

// Lister makes lists of texts whose numbers grow.
type Lister struct {
	known map[string]uint32
	words []string
	pairs []pair
}

type pair struct{ word, text uint32 }

// Add notes the words of a text, as Padded joins them.
func (l *Lister) Add(text int, words string) {
	for word := range strings.FieldsSeq(words) {
		l.note(text, word)
		if r, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Han, r) {
			for _, sign := range word {
				l.note(text, signMark+string(sign))
			}
		}
	}
}

// AddAll notes the words of other lists, whose texts get new numbers; those below 0 are left out.
func (l *Lister) AddAll(lists *Lists, renumbered []int) {
	marks := make([]uint64, (lists.texts+63)/64)
	for i := range lists.wordEnds {
		word := lists.word(i)
		clear(marks)
		lists.add(i, marks)
		for k, rest := range marks {
			for ; rest != 0; rest &= rest - 1 {
				if to := renumbered[k*64+bits.TrailingZeros64(rest)]; to >= 0 {
					l.note(to, word)
				}
			}
		}
	}
}

func (l *Lister) note(text int, word string) {
	n, known := l.known[word]
	if !known {
		if l.known == nil {
			l.known = map[string]uint32{}
		}
		n = uint32(len(l.words))
		l.known[word] = n
		l.words = append(l.words, word)
	}
	l.pairs = append(l.pairs, pair{n, uint32(text)})
}

// Lists makes lists of what was noted of so many texts. The lister is of no use afterwards.
func (l *Lister) Lists(texts int) *Lists {
	order := make([]uint32, len(l.words))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(l.words[a], l.words[b]) })
	begins := make([]uint32, len(l.words)+1) // of the texts of each word
	for _, p := range l.pairs {
		begins[p.word+1]++
	}
	for i := range l.words {
		begins[i+1] += begins[i]
	}
	sorted, next := make([]uint32, len(l.pairs)), slices.Clone(begins)
	for _, p := range l.pairs {
		sorted[next[p.word]] = p.text
		next[p.word]++
	}
	out := &Lists{texts: texts, wordEnds: make([]uint32, 0, len(order)), listEnds: make([]uint32, 0, len(order))}
	var words strings.Builder
	var numbers []byte
	for _, n := range order {
		words.WriteString(l.words[n])
		out.wordEnds = append(out.wordEnds, uint32(words.Len()))
		before := len(numbers)
		numbers = appendGrowing(numbers, sorted[begins[n]:begins[n+1]])
		flag := uint32(0)
		if room := (texts + 63) / 64 * 8; len(numbers)-before > room {
			numbers, flag = appendBits(numbers[:before], sorted[begins[n]:begins[n+1]], room), isBits
		}
		out.listEnds = append(out.listEnds, uint32(len(numbers))|flag)
	}
	out.words, out.numbers = words.String(), string(numbers)
	return out
}

// appendGrowing writes numbers that grow, each once.
func appendGrowing(to []byte, list []uint32) []byte {
	last := uint32(0)
	for i, n := range list {
		if i > 0 && n == last {
			continue
		}
		to = binary.AppendUvarint(to, uint64(n-last))
		last = n
	}
	return to
}

func appendBits(to []byte, list []uint32, room int) []byte {
	begin := len(to)
	to = append(to, make([]byte, room)...)
	for _, n := range list {
		to[begin+int(n/8)] |= 1 << (n % 8)
	}
	return to
}

func (l *Lists) word(i int) string {
	begin := uint32(0)
	if i > 0 {
		begin = l.wordEnds[i-1]
	}
	return l.words[begin:l.wordEnds[i]]
}

// list gives what is written of the texts of a word, and whether it is bits.
func (l *Lists) list(i int) (list string, bits bool) {
	begin := uint32(0)
	if i > 0 {
		begin = l.listEnds[i-1] &^ isBits
	}
	return l.numbers[begin : l.listEnds[i]&^isBits], l.listEnds[i]&isBits != 0
}

// add marks the texts of a word.
func (l *Lists) add(i int, to []uint64) {
	list, bits := l.list(i)
	if bits {
		for k := range to {
			to[k] |= wordOf(list[8*k:])
		}
		return
	}
	last, shift, n := 0, 0, 0
	for k := range len(list) {
		b := list[k]
		n |= int(b&0x7f) << shift
		if b >= 0x80 {
			shift += 7
			continue
		}
		last += n
		to[last/64] |= 1 << (last % 64)
		n, shift = 0, 0
	}
}

// wordOf reads eight bytes.
func wordOf(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Find gives the texts in which all words of a query occur, as bits by their numbers. It finds what
// Match finds. A query without words finds all.
func (l *Lists) Find(q Query) []uint64 {
	found := make([]uint64, (l.texts+63)/64)
	for i := range found {
		found[i] = ^uint64(0)
	}
	if l.texts%64 != 0 {
		found[len(found)-1] = 1<<(l.texts%64) - 1
	}
	for _, t := range q.terms {
		any := make([]uint64, len(found))
		for _, form := range t.forms {
			l.mark(form, any)
		}
		for _, s := range t.stems {
			l.markForms(s, any)
		}
		for i := range found {
			found[i] &= any[i]
		}
	}
	return found
}

// mark adds the texts in which one form of a term occurs.
func (l *Lists) mark(form string, to []uint64) {
	word, isBegun := strings.CutPrefix(form, " ")
	word, isWhole := strings.CutSuffix(word, " ")
	if !isBegun {
		word, isWhole = signMark+form, true
	}
	for i := sort.Search(len(l.wordEnds), func(i int) bool { return l.word(i) >= word }); i < len(l.wordEnds); i++ {
		if known := l.word(i); !strings.HasPrefix(known, word) || isWhole && known != word {
			return
		}
		l.add(i, to)
	}
}

// markForms adds the texts in which a form of a stem occurs.
func (l *Lists) markForms(s stemmed, to []uint64) {
	for i := sort.Search(len(l.wordEnds), func(i int) bool { return l.word(i) >= s.prefix }); i < len(l.wordEnds); i++ {
		word := l.word(i)
		if !strings.HasPrefix(word, s.prefix) {
			return
		}
		if s.of(word) {
			l.add(i, to)
		}
	}
}

// Whole adds the texts in which a word occurs as it is to a set.
func (l *Lists) Whole(word string, to []uint64) { l.mark(" "+word+" ", to) }

// Weight is about how many bytes the lists hold.
func (l *Lists) Weight() int {
	return len(l.words) + len(l.numbers) + 4*len(l.wordEnds) + 4*len(l.listEnds)
}

// Form is what lists are made of, so that they can be stored.
type Form struct {
	Texts              int
	Words, Numbers     string
	WordEnds, ListEnds []uint32
}

// Form gives what the lists are made of; nobody changes it.
func (l *Lists) Form() Form { return Form{l.texts, l.words, l.numbers, l.wordEnds, l.listEnds} }

// Sound tells whether the lists of a form lie in it, as those of Form do. Numbers of texts are not looked at.
func (f Form) Sound() bool {
	words, lists := uint32(0), uint32(0)
	if len(f.WordEnds) != len(f.ListEnds) {
		return false
	}
	for i, end := range f.WordEnds {
		list := f.ListEnds[i] &^ isBits
		if end < words || list < lists || f.ListEnds[i]&isBits != 0 && int(list-lists) != (f.Texts+63)/64*8 {
			return false
		}
		words, lists = end, list
	}
	return int(words) == len(f.Words) && int(lists) == len(f.Numbers)
}

// Of gives the lists that were made of a form.
func Of(f Form) *Lists {
	return &Lists{texts: f.Texts, words: f.Words, numbers: f.Numbers, wordEnds: f.WordEnds, listEnds: f.ListEnds}
}
