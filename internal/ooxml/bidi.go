package ooxml

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// segment is a stretch of text of one direction.
type segment struct {
	text string
	rtl  bool
}

// segments parts a text where its direction changes, seen from a paragraph that runs rtl or
// not. A passage against the paragraph reaches from its first letter (or the digits joined to
// it) to its last letter or digit, with a bracket that closes within it; what lies between
// passages runs with the paragraph. That is how the Unicode algorithm (UAX 9) orders them.
func segments(text string, rtl bool) []segment {
	if !rtl && below(text, firstRightToLeft) {
		return []segment{{text, false}}
	}
	var list []segment
	add := func(s string, rtl bool) {
		if s != "" {
			list = append(list, segment{s, rtl})
		}
	}
	done := 0
	for i := 0; i < len(text); {
		is, size := classOf(text[i:])
		if is == neutral || (is == rightToLeft) == rtl || is == digit {
			i += size
			continue
		}
		start := i
		for start > done && text[start-1] >= '0' && text[start-1] <= '9' {
			start--
		}
		end := passageEnd(text, i, is)
		add(text[done:start], rtl)
		add(text[start:end], !rtl)
		done, i = end, end
	}
	add(text[done:], rtl)
	return list
}

// firstRightToLeft is the lead byte in UTF-8 of the first letters that run right to left.
const firstRightToLeft = 0xD6

func below(text string, limit byte) bool {
	for i := range len(text) {
		if text[i] >= limit {
			return false
		}
	}
	return true
}

// passageEnd gives the end of the passage of the given direction that has a letter at i.
func passageEnd(text string, i int, with class) int {
	end, open := i, 0
	for k := i; k < len(text); {
		is, size := classOf(text[k:])
		switch {
		case is == with || is == digit:
			end = k + size
		case is != neutral:
			return end
		case text[k] == '(' || text[k] == '[':
			open++
		case (text[k] == ')' || text[k] == ']') && open > 0:
			open--
			end = k + size
		}
		k += size
	}
	return end
}

// class says what a sign means for the direction of its surroundings.
type class int

const (
	neutral class = iota
	digit
	leftToRight
	rightToLeft
)

func classOf(text string) (class, int) {
	p, size := bidi.LookupString(text)
	if size == 0 { // not UTF-8
		_, size = utf8.DecodeRuneInString(text)
		return neutral, size
	}
	switch p.Class() {
	case bidi.L:
		return leftToRight, size
	case bidi.R, bidi.AL:
		return rightToLeft, size
	case bidi.EN, bidi.AN:
		return digit, size
	}
	return neutral, size
}

// runsRightToLeft reports the direction of the first letter; other when there is none.
func runsRightToLeft(text string, other bool) bool {
	for i := 0; i < len(text); {
		is, size := classOf(text[i:])
		if is >= leftToRight {
			return is == rightToLeft
		}
		i += size
	}
	return other
}

func hasLetters(text string) bool {
	return runsRightToLeft(text, true) == runsRightToLeft(text, false)
}

const leftToRightMark = "\u200e"

// heldLeftToRight puts marks around a code or figure within a paragraph that runs right to left,
// where the Unicode algorithm would reorder it: "11 iii" and "-9.4" begin with no letter, "a."
// does not end in one. Figures alone get a mark so that all of them are set as Latin text.
func heldLeftToRight(code string) string {
	letters, neutralFirst, last := false, false, neutral
	for i := 0; i < len(code); {
		is, size := classOf(code[i:])
		letters = letters || is == leftToRight
		neutralFirst = neutralFirst || (is == neutral && !letters)
		last = is
		i += size
	}
	if neutralFirst || !letters {
		code = leftToRightMark + code
	}
	if last == neutral {
		code += leftToRightMark
	}
	return code
}
