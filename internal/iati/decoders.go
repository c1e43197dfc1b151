package iati

import (
	"bytes"
	"sync"
)

// decoders keeps what a decoder has made room for, and the words it knows, for the next element.
var decoders = sync.Pool{New: func() any { return &decoder{s: &scanner{}, words: &words{}} }}

// newDecoder gives a decoder of an element; release gives it back.
func newDecoder(root Root, el *Element) *decoder {
	d := decoders.Get().(*decoder)
	s := d.s
	*s = scanner{buf: el.Raw, eof: true, fragment: true, limits: noLimits, place: place{line: max(el.Line, 1), column: max(el.Column, 1)},
		origins: el.origins, attrs: s.attrs[:0], names: s.names[:0], open: s.open[:0]}
	*d = decoder{s: s, words: d.words, lang: root.Lang, column: el.Column, pieces: d.pieces[:0], said: d.said[:0]}
	return d
}

// release keeps nothing of the element, whose bytes are the reader's.
func (d *decoder) release() {
	d.s.buf, d.s.origins = nil, nil
	clear(d.pieces[:cap(d.pieces)])
	d.activity, d.findings = Activity{}, nil
	decoders.Put(d)
}

// words holds short texts that files repeat, such as codes, days, languages and currencies, so that
// each is not made anew every time. A slot holds the word that came last.
type words [512]string

// longestWord bounds what is looked for among words; longer texts are rarely repeated.
const longestWord = 24

// of gives bytes as a string.
func (w *words) of(b []byte) string {
	if len(b) == 0 || len(b) > longestWord {
		return string(b)
	}
	hash := uint32(2166136261) // FNV-1a
	for _, c := range b {
		hash = (hash ^ uint32(c)) * 16777619
	}
	slot := &w[(hash^hash>>16)%uint32(len(w))]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}

// clean gives bytes without references as cleanText gives their text.
func (d *decoder) clean(b []byte) string {
	b = bytes.TrimSpace(b)
	if bytes.IndexByte(b, 0xE2) >= 0 { // the first byte of the controls that cleanText looks at
		return cleanText(string(b))
	}
	return d.words.of(b)
}

// valueOf gives the value of an attribute without outer white space.
func (d *decoder) valueOf(a attribute) string {
	if a.escaped {
		return cleanText(d.s.unescaped(a.value, true, true))
	}
	return d.clean(d.s.bytes(a.value))
}
