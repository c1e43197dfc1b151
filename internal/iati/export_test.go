package iati

import (
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
	for _, list := range olderCodes {
		for code := range list {
			all[code] = true
		}
	}
	return all
}
