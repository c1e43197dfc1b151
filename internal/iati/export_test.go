package iati

import (
	"bytes"
	"io"
)

// WellFormed reads all tokens of a document of any vocabulary; nil when it is well-formed.
func WellFormed(r io.Reader) error {
	o := Options{}.withDefaults()
	in, err := openInput(r, o.MaxFile)
	if err != nil {
		return newScanner(nil, o).inputError(err)
	}
	s := newScanner(in, o)
	s.transcoded = in.transcoded
	for {
		k, err := s.next()
		if err != nil {
			return err
		}
		if k == endOfFile {
			return nil
		}
		if s.depth() < 3 {
			s.mark = s.pos
		}
	}
}

// Held is how many bytes a Reader holds.
func Held(r *Reader) int { return cap(r.scan.buf) }

// OlderCodes are the codes and words that an upgrade replaces.
func OlderCodes() map[string]bool {
	all := map[string]bool{}
	for _, rules := range upgrades {
		for _, rule := range rules {
			if rule.deed != "code" {
				continue
			}
			for code := range olderCodes[rule.becomes] {
				all[code] = true
			}
		}
	}
	return all
}

// Tokens reads a document as the scanner does: names, attributes and texts, each a line; false when it
// is refused.
func Tokens(file []byte) (tokens []string, ok bool) {
	o := Options{}.withDefaults()
	in, err := openInput(bytes.NewReader(file), o.MaxFile)
	if err != nil {
		return nil, false
	}
	s := newScanner(in, o)
	s.transcoded = in.transcoded
	words := ""
	say := func(more string) {
		if words != "" {
			tokens = append(tokens, "text "+words)
			words = ""
		}
		tokens = append(tokens, more)
	}
	for {
		k, err := s.next()
		if err != nil {
			return nil, false
		}
		switch k {
		case endOfFile:
			return tokens, true
		case startTag:
			say("start " + string(s.bytes(s.name)))
			for _, a := range s.allAttrs() {
				tokens = append(tokens, "attribute "+a.Name+" "+a.Value)
			}
		case endTag:
			say("end")
		case text, cdata:
			if s.depth() > 0 {
				words += string(s.plainBody(k))
			}
		}
	}
}
