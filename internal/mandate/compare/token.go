// Package compare tells word by word what changed between two wordings of a provision. It is
// pure: text in, stretches of text out.
package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is a word or a sign with the blanks behind it. Tokens with one key are the same word,
// though they may be spelled with other signs.
type token struct {
	text string // as it stands, blanks and all
	key  string // what is compared
	word bool   // a word, not a sign
}

// hanNumerals are the signs of Chinese numbers: a run of them is one word, so that 七十八 and 八十
// differ as wholes.
const hanNumerals = "〇零一二三四五六七八九十百千万亿"

// The kinds of signs that a word may be made of.
const (
	signKind = iota
	blankKind
	wordKind
	hanKind
	numeralKind
)

func kindOf(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return asciiKind(byte(r))
	case strings.ContainsRune(hanNumerals, r):
		return numeralKind
	case unicode.Is(unicode.Han, r):
		return hanKind
	case unicode.IsSpace(r):
		return blankKind
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), unseen(r):
		return wordKind
	}
	return signKind
}

func asciiKind(c byte) int {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		return wordKind
	case c == ' ', c >= '\t' && c <= '\r':
		return blankKind
	}
	return signKind
}

// unseen signs only shape a line: tatweel, direction marks, joiners, soft hyphens. They are kept
// in the text and left out of the comparison.
func unseen(r rune) bool { return r == '\u0640' || unicode.Is(unicode.Cf, r) }

// tokens cuts a text into words and signs, so that put together they are the text. Letters,
// digits and marks make one word, a number holds its inner signs, each Han sign is a word of its
// own. A text without any word is one token without a key.
func tokens(text string) []token {
	joints := numberJoints(text)
	var list []token
	start := 0 // of the token: what is not seen in front of the first word belongs to it
	for at := 0; at < len(text); {
		kind, end := wordAt(text, at, joints)
		key := keyOf(text[at:end])
		end += blanks(text[end:])
		switch {
		case key != "":
			list = append(list, token{text: text[start:end], key: key, word: kind >= wordKind})
			start = end
		case len(list) > 0: // direction marks between blanks
			last := &list[len(list)-1]
			last.text = text[start-len(last.text) : end]
			start = end
		}
		at = end
	}
	if start < len(text) {
		list = append(list, token{text: text[start:]})
	}
	return list
}

// blanks counts the bytes of the blanks that a text begins with.
func blanks(text string) int { return len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace)) }

// numberJoints are the signs that hold a number together. In a text from right to left a range
// of years is one run of digits, which a mark in its middle would turn around.
func numberJoints(text string) string {
	for _, r := range text {
		if r >= '\u0590' && unicode.In(r, unicode.Arabic, unicode.Hebrew) {
			return ".,:/٫٬-–"
		}
	}
	return ".,:/"
}

// wordAt gives the kind of the word that begins at a place, and where it ends.
func wordAt(text string, at int, joints string) (kind, end int) {
	r, size := utf8.DecodeRuneInString(text[at:])
	kind, end = kindOf(r), at+size
	if kind == signKind || kind == hanKind {
		return kind, end
	}
	last := r
	for end < len(text) {
		r, size = utf8.DecodeRuneInString(text[end:])
		next, _ := utf8.DecodeRuneInString(text[end+size:])
		joined := kind == wordKind && unicode.IsDigit(last) && strings.ContainsRune(joints, r) && unicode.IsDigit(next)
		if kindOf(r) != kind && !joined {
			return kind, end
		}
		last, end = r, end+size
	}
	return kind, end
}

// sameSigns are typed in several ways without a meaning of their own.
var sameSigns = map[rune]rune{'’': '\'', '‘': '\'', '“': '"', '”': '"', '‐': '-', '‑': '-'}

// keyOf gives the form in which a word is compared: compatibility forms as plain ones, without
// what is not seen. Capitals count: a name is not a word.
func keyOf(word string) string {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				switch {
				case unseen(r), unicode.IsSpace(r):
					return -1
				case sameSigns[r] != 0:
					return sameSigns[r]
				}
				return r
			}, norm.NFKC.String(word))
		}
	}
	return strings.Trim(word, " \t\n\r")
}
