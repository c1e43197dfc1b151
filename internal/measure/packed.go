package measure

import (
	"encoding/binary"
	"errors"
)

// Observation is one stored value. Strings are as the source printed them.
type Observation struct {
	Period     string
	Value      string // decimal text, or words; empty: stated to be missing
	Status     string // OBS_STATUS of SDMX; empty: not stated
	Multiplier string // UNIT_MULT; empty: not stated
	Nature     string
	Source     string
	Note       string
	Words      bool // the value is words
	Stated     bool // by the import of this version; else it stood before
}

// same tells whether two observations say the same, whoever stated them.
func (o Observation) same(as Observation) bool {
	o.Stated, as.Stated = false, false
	return o == as
}

const (
	flagWords = 1 << iota
	flagStated
)

// pack writes the observations of one series: the texts that repeat once, then a row for each.
func pack(list []Observation) []byte {
	var texts []string
	places := map[string]uint64{}
	place := func(text string) uint64 {
		at, known := places[text]
		if !known {
			at = uint64(len(texts))
			places[text], texts = at, append(texts, text)
		}
		return at
	}
	rows := binary.AppendUvarint(nil, uint64(len(list)))
	for _, o := range list {
		flags := byte(0)
		if o.Words {
			flags |= flagWords
		}
		if o.Stated {
			flags |= flagStated
		}
		rows = append(rows, flags)
		rows = appendText(appendText(rows, o.Period), o.Value)
		for _, text := range []string{o.Status, o.Multiplier, o.Nature, o.Source, o.Note} {
			rows = binary.AppendUvarint(rows, place(text))
		}
	}
	out := binary.AppendUvarint(make([]byte, 0, len(rows)+64), uint64(len(texts)))
	for _, text := range texts {
		out = appendText(out, text)
	}
	return append(out, rows...)
}

func appendText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// errPacked says that a stored body is not what pack wrote.
var errPacked = errors.New("stored observations are damaged")

// unpack reads what pack wrote.
func unpack(body []byte) ([]Observation, error) {
	u := unpacker{body: string(body)}
	texts := make([]string, u.count())
	for i := range texts {
		texts[i] = u.text()
	}
	list := make([]Observation, u.count())
	for i := range list {
		flags := u.byte()
		o := Observation{Words: flags&flagWords != 0, Stated: flags&flagStated != 0}
		o.Period, o.Value = u.text(), u.text()
		for _, field := range []*string{&o.Status, &o.Multiplier, &o.Nature, &o.Source, &o.Note} {
			*field = u.of(texts)
		}
		list[i] = o
	}
	if u.broken || u.body != "" {
		return nil, errPacked
	}
	return list, nil
}

// skim reads of what pack wrote only the periods, and which values are words.
func skim(body []byte, take func(period string, words bool)) error {
	u := unpacker{body: string(body)}
	for range u.count() {
		u.text()
	}
	for range u.count() {
		flags := u.byte()
		period := u.text()
		u.text()
		for range 5 {
			u.number()
		}
		take(period, flags&flagWords != 0)
	}
	if u.broken || u.body != "" {
		return errPacked
	}
	return nil
}

// unpacker takes values from the front of a body. Once broken it gives nothing.
type unpacker struct {
	body   string
	broken bool
}

func (u *unpacker) number() uint64 {
	v, shift := uint64(0), 0
	for i := 0; i < len(u.body) && shift < 64; i++ {
		b := u.body[i]
		v |= uint64(b&0x7F) << shift
		if shift += 7; b < 0x80 {
			u.body = u.body[i+1:]
			return v
		}
	}
	u.broken, u.body = true, ""
	return 0
}

// count is a number of things that take a byte each at least.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.body)) {
		u.broken, u.body = true, ""
		return 0
	}
	return int(n)
}

func (u *unpacker) byte() byte {
	if u.body == "" {
		u.broken = true
		return 0
	}
	b := u.body[0]
	u.body = u.body[1:]
	return b
}

func (u *unpacker) text() string {
	n := u.count()
	text := u.body[:n]
	u.body = u.body[n:]
	return text
}

func (u *unpacker) of(texts []string) string {
	n := u.number()
	if n >= uint64(len(texts)) {
		u.broken = true
		return ""
	}
	return texts[n]
}
