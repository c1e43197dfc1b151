package iati

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"resolute"
)

// kind is the kind of a token.
type kind uint8

// The tokens of XML. An element that closes itself gives a startTag and an endTag. Comments and
// processing instructions are one kind: nothing in IATI depends on them.
const (
	startTag kind = iota + 1
	endTag
	text
	cdata
	aside
	endOfFile
)

// chunk is how much is read at once.
const chunk = 64 << 10

// errMore says that a token does not end within the bytes read so far.
var errMore = errors.New("more bytes are needed")

// span is a part of the scanner's buffer; it holds until the next token.
type span struct{ from, to int }

// attribute is one attribute of the current start tag. escaped: its value holds a reference or
// white space that attribute normalisation changes.
type attribute struct {
	name, value span
	escaped     bool
}

// scanner reads the tokens of an XML 1.0 document with namespaces in UTF-8 and is strict: what
// is not well-formed is an error with its place. DOCTYPE is refused, so there are no entities
// but the five of the standard.
//
// Every token is scanned within one contiguous buffer; when it does not end there, more is read
// and the token is scanned again, each time with at least twice the bytes.
type scanner struct {
	src     io.Reader // nil when buf holds everything
	buf     []byte
	pos     int // the next byte to scan
	mark    int // bytes before it may be dropped
	eof     bool
	readErr error // told when all that came before it is scanned
	limits  Options

	transcoded bool // U+FFFD stands for bytes the declared encoding does not know
	fragment   bool // a part of a document checked before: prefixes may be declared outside
	rooted     bool // the root's start tag was seen
	started    bool // something other than white space was seen
	blank      bool // white space stood before the XML declaration

	// the current token
	kind     kind
	start    int
	name     span
	body     span // of text and cdata
	escaped  bool // the body holds a reference or a carriage return
	attrs    []attribute
	prefixed bool // a prefix other than xml, or a declaration of one, occurs in the tag
	closing  bool // the start tag closes itself; its end tag is still to be given

	names    []byte // names of the open elements, one after the other
	open     []int  // where each begins in names
	prefixes []prefix
	place    place
	origins  []origin // of an upgraded element
}

// place is a position in the buffer and the line and column (in code points) it stands for.
type place struct{ at, line, column int }

// spot is a line and a column, both from 1.
type spot struct{ line, column int }

// newScanner scans a whole document.
func newScanner(src io.Reader, limits Options) *scanner {
	return &scanner{src: src, limits: limits, place: place{line: 1, column: 1}}
}

// noLimits is for what a Reader has held to its limits before.
var noLimits = Options{MaxDepth: math.MaxInt, MaxAttributes: math.MaxInt, MaxText: math.MaxInt64}

// newFragmentScanner scans an element that was cut out of a document at the given spot.
func newFragmentScanner(raw []byte, at spot) *scanner {
	return &scanner{buf: raw, eof: true, fragment: true, limits: noLimits,
		place: place{line: max(at.line, 1), column: max(at.column, 1)}}
}

// depth is the number of open elements.
func (s *scanner) depth() int { return len(s.open) }

// next reads one token.
func (s *scanner) next() (kind, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return endTag, nil
	}
	for {
		s.start = s.pos
		k, n, err := s.token(s.buf[s.pos:])
		if int64(n) > s.limits.MaxText || err == errMore && int64(len(s.buf)-s.pos) > s.limits.MaxText {
			return 0, s.refuse(s.start, "limit-text", "a text or tag is longer than %s", sizeWords(s.limits.MaxText))
		}
		if err == nil {
			s.pos, s.kind = n+s.start, k
			s.started = s.started || k != text || len(s.open) > 0
			return k, nil
		}
		if err != errMore {
			return 0, err
		}
		if s.eof {
			return s.atEnd()
		}
		if s.readErr != nil {
			return 0, s.inputError(s.readErr)
		}
		s.fill()
	}
}

// token scans the token at the start of b, which is the buffer from s.start on.
func (s *scanner) token(b []byte) (kind, int, error) {
	switch {
	case len(b) == 0:
		return 0, 0, errMore
	case b[0] != '<':
		return s.textRun(b)
	case len(b) == 1:
		return 0, 0, errMore
	}
	switch b[1] {
	case '/':
		return s.endTag(b)
	case '!':
		return s.declaration(b)
	case '?':
		return s.instruction(b)
	}
	return s.startTag(b)
}

// atEnd judges the end of the input, where no whole token is left.
func (s *scanner) atEnd() (kind, error) {
	rest := len(s.buf) - s.pos
	switch {
	case len(s.open) > 0:
		return 0, s.malformed(len(s.buf), "the file ends inside <%s>; it was cut off", s.top())
	case rest > 0:
		return 0, s.malformed(len(s.buf), "the file ends in the middle of a tag or comment; it was cut off")
	case !s.rooted:
		return 0, s.refuse(len(s.buf), "empty-file", "the file holds no element")
	}
	return endOfFile, nil
}

// fill reads more, dropping what lies before the mark. It reads at least as much as the token at
// hand holds already, so that scanning it again and again stays linear.
func (s *scanner) fill() {
	if s.mark > 0 {
		s.locate(s.mark)
		rest := copy(s.buf, s.buf[s.mark:])
		s.buf = s.buf[:rest]
		s.pos -= s.mark
		s.start -= s.mark
		s.place.at -= s.mark
		s.mark = 0
	}
	have := len(s.buf)
	want := max(chunk, have-s.pos)
	if cap(s.buf)-have < want {
		s.buf = append(make([]byte, 0, 2*have+want), s.buf...)
	}
	var err error
	for s.buf = s.buf[:have+want]; err == nil && have < len(s.buf); {
		var n int
		n, err = s.src.Read(s.buf[have:])
		have += n
	}
	s.buf = s.buf[:have]
	if err == io.EOF {
		s.eof = true
	} else if err != nil {
		s.readErr = err
	}
}

// inputError gives a fault of the layers below its place; a fault of the medium stays what it is.
func (s *scanner) inputError(err error) error {
	var fault *inputFault
	if errors.As(err, &fault) {
		return s.refuse(len(s.buf), fault.rule, "%s", fault.message)
	}
	return fmt.Errorf("read: %w", err)
}

// locate gives the line and column of a place in the buffer, which must not lie before the one
// asked for last.
func (s *scanner) locate(at int) spot {
	if s.origins != nil {
		return originOf(s.origins, at)
	}
	p := &s.place
	passed := s.buf[p.at:at]
	if lines := bytes.Count(passed, []byte("\n")); lines > 0 {
		p.line, p.column = p.line+lines, 1
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	p.column += utf8.RuneCount(passed)
	p.at = at
	return spot{p.line, p.column}
}

// refuse makes the error that ends the reading of a file.
func (s *scanner) refuse(at int, rule, format string, args ...any) error {
	spot := s.locate(max(at, s.place.at))
	return refusal(spot, rule, fmt.Sprintf(format, args...))
}

// malformed is refuse for what breaks the rules of XML itself.
func (s *scanner) malformed(at int, format string, args ...any) error {
	return s.refuse(at, "not-well-formed", format, args...)
}

// refusal makes the error that refuses a file, at a spot.
func refusal(at spot, rule, message string) *RefusedError {
	return &RefusedError{Finding: resolute.Finding{Rule: rule, Severity: resolute.SeverityError,
		Line: at.line, Column: at.column, Message: clip(message)}}
}

// push opens an element.
func (s *scanner) push(name []byte) {
	s.open = append(s.open, len(s.names))
	s.names = append(s.names, name...)
}

// pop closes the innermost element and forgets the prefixes it declared.
func (s *scanner) pop() {
	s.names = s.names[:s.open[len(s.open)-1]]
	s.open = s.open[:len(s.open)-1]
	for n := len(s.prefixes); n > 0 && s.prefixes[n-1].depth > len(s.open); n = len(s.prefixes) {
		s.prefixes = s.prefixes[:n-1]
	}
}

// top is the name of the innermost open element.
func (s *scanner) top() []byte { return s.names[s.open[len(s.open)-1]:] }

// bytes gives a part of the buffer.
func (s *scanner) bytes(p span) []byte { return s.buf[p.from:p.to] }

// longest is how much of a file's own words a finding repeats, in bytes.
const longest = 300

// clip shortens what a finding repeats, at a whole character.
func clip(s string) string {
	if len(s) <= longest {
		return s
	}
	end := longest
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
