package sdmx

import (
	"bufio"
	"io"
	"unicode/utf8"
)

// jsonScanner reads JSON part by part and knows the place of each. It holds a window of the message,
// which grows only for a value that is wanted whole.
type jsonScanner struct {
	in     io.Reader
	window []byte
	pos    int   // in the window
	mark   int   // from where on the window must be kept; negative: from pos
	offset int64 // of the window
	failed error // of the medium, or its end
	line   int   // that pos stands in, from 0
	begin  int64 // of that line
	spot   place // behind what was read last
	depth  int
	cells  []string
}

// maxDescription is how long one value of a description may be: it lists every text of the data.
const maxDescription = 256 << 20

// maxListed bounds what the description of one structure lists, by its commas: an empty component or
// value takes many times the memory of what stands for it.
const maxListed = 4 << 20

func newJSONScanner(in *bufio.Reader) *jsonScanner {
	return &jsonScanner{in: in, window: make([]byte, 0, 64<<10), mark: -1, spot: place{1, 1}}
}

func (s *jsonScanner) at() place { return s.spot }

// here takes the place of what is read now.
func (s *jsonScanner) here() place {
	return place{s.line + 1, int(s.offset+int64(s.pos)-s.begin) + 1}
}

// fill reads more into the window; false at the end.
func (s *jsonScanner) fill() bool {
	if s.failed != nil {
		return false
	}
	keep := s.pos
	if s.mark >= 0 {
		keep, s.mark = s.mark, 0
	}
	s.window = s.window[:copy(s.window, s.window[keep:])]
	s.offset, s.pos = s.offset+int64(keep), s.pos-keep
	if len(s.window) == cap(s.window) {
		s.window = append(make([]byte, 0, 2*cap(s.window)), s.window...)
	}
	for {
		n, err := s.in.Read(s.window[len(s.window):cap(s.window)])
		s.window, s.failed = s.window[:len(s.window)+n], err
		if n > 0 || err != nil {
			return n > 0
		}
	}
}

// fault refuses the message where it stands: for what is wrong with the medium, else for what is said.
func (s *jsonScanner) fault(said string) error {
	s.spot = s.here()
	if s.failed != nil && s.failed != io.EOF {
		return refusal(s.failed, s.spot, "well-formed JSON")
	}
	if s.failed == io.EOF && s.pos >= len(s.window) {
		said = "unexpected end"
	}
	return refuse("sdmx-not-well-formed", s.spot, said, "well-formed JSON", "the message breaks off or is not well-formed: %s", said)
}

// peek passes blanks over and gives the sign that comes next; 0 at the end.
func (s *jsonScanner) peek() byte {
	for {
		for s.pos < len(s.window) {
			switch c := s.window[s.pos]; c {
			case ' ', '\t', '\r':
				s.pos++
			case '\n':
				s.pos++
				s.line, s.begin = s.line+1, s.offset+int64(s.pos)
			default:
				return c
			}
		}
		if !s.fill() {
			return 0
		}
	}
}

// one reads one sign.
func (s *jsonScanner) one(sign byte, what string) error {
	if s.peek() != sign {
		return s.fault("expected " + what)
	}
	s.pos++
	s.spot = s.here()
	return nil
}

// end tells whether nothing follows.
func (s *jsonScanner) end() (bool, error) {
	c := s.peek()
	if c == 0 && s.pos >= len(s.window) && s.failed != io.EOF {
		return false, s.fault("")
	}
	s.spot = s.here()
	return s.pos >= len(s.window), nil
}

// raw reads one value and gives its bytes, which hold until the next reading. What they say is checked
// by who takes them apart.
func (s *jsonScanner) raw(most int) ([]byte, error) {
	s.peek()
	s.mark = s.pos
	defer func() { s.mark = -1 }()
	depth := 0
	for {
		if s.pos == len(s.window) && !s.fill() {
			if depth > 0 || s.pos == s.mark {
				return nil, s.fault("")
			}
			break
		}
		if s.pos-s.mark > most {
			return nil, s.tooLong(most)
		}
		c := s.window[s.pos]
		switch {
		case c == '"':
			if err := s.text(most); err != nil {
				return nil, err
			}
			if depth == 0 {
				return s.took()
			}
			continue
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return nil, refuse("sdmx-limit", s.here(), "", "at most 64 levels", "the message is nested too deep")
			}
		case (c == '}' || c == ']') && depth > 0:
			if depth--; depth == 0 {
				s.pos++
				return s.took()
			}
		case depth == 0 && !scalarSign[c]:
			if s.pos == s.mark {
				return nil, s.fault("a value is expected")
			}
			return s.took()
		case c == '\n':
			s.line, s.begin = s.line+1, s.offset+int64(s.pos)+1
		}
		s.pos++
	}
	return s.took()
}

// scalarSign are the signs of numbers and of null, true and false.
var scalarSign = func() (signs [256]bool) {
	for _, c := range []byte("0123456789+-.eEnulltruefalse") {
		signs[c] = true
	}
	return signs
}()

func (s *jsonScanner) took() ([]byte, error) {
	s.spot = s.here()
	raw := s.window[s.mark:s.pos]
	if !utf8.Valid(raw) { // encoding/json would put other signs in the place of these
		return nil, refuse("sdmx-encoding", s.spot, "", "text in UTF-8", "the value is not text in UTF-8: save the message again as UTF-8")
	}
	return raw, nil
}

func (s *jsonScanner) tooLong(most int) error {
	return refuse("sdmx-limit", s.here(), "", "a shorter value", "a value is longer than %d MiB", most>>20)
}

// text passes a text over, from quote to quote. The value that it is or stands in may not be longer
// than most.
func (s *jsonScanner) text(most int) error {
	for s.pos++; ; s.pos++ {
		for s.pos >= len(s.window) { // a backslash may lead beyond the window, and a medium may give one byte
			if s.pos-s.mark > most {
				return s.tooLong(most)
			}
			if !s.fill() {
				return s.fault("")
			}
		}
		switch c := s.window[s.pos]; {
		case c == '"':
			s.pos++
			if s.pos-s.mark > most {
				return s.tooLong(most)
			}
			return nil
		case c == '\\':
			s.pos++
		case c < ' ':
			return s.fault("a control sign within a text")
		}
	}
}
