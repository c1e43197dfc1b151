package iati

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// textRun scans character data up to the next tag.
func (s *scanner) textRun(b []byte) (kind, int, error) {
	if len(s.open) == 0 {
		return s.blankRun(b)
	}
	s.escaped = false
	for i := 0; ; {
		for i < len(b) && class[b[i]]&plainText != 0 {
			i++
		}
		if i >= len(b) {
			return 0, 0, errMore // an end of the file here is inside an element
		}
		var err error
		switch c := b[i]; {
		case c == '<':
			s.body = span{s.start, s.start + i}
			return text, i, nil
		case c == '&':
			s.escaped = true
			i, err = s.reference(b, i)
		case c == '\r':
			s.escaped = true
			i++
		case c == ']':
			if len(b)-i < 3 {
				return 0, 0, errMore
			}
			if b[i+1] == ']' && b[i+2] == '>' {
				return 0, 0, s.malformed(s.start+i, "\"]]>\" inside text")
			}
			i++
		default:
			i, err = s.character(b, i)
		}
		if err != nil {
			return 0, 0, err
		}
	}
}

// blankRun scans what stands before or after the root: white space only.
func (s *scanner) blankRun(b []byte) (kind, int, error) {
	i := skipBlank(b, 0)
	if i == len(b) {
		if !s.eof {
			return 0, 0, errMore
		}
	} else if b[i] != '<' {
		where := "before"
		if s.rooted {
			where = "after"
		}
		if _, err := s.character(b, i); err != nil {
			return 0, 0, err
		}
		return 0, 0, s.malformed(s.start+i, "text %s the root element; this is no XML", where)
	}
	s.body = span{s.start, s.start + i}
	s.escaped = false
	return text, i, nil
}

// character checks the character at b[i], which is not a plain one, and returns where it ends.
func (s *scanner) character(b []byte, i int) (int, error) {
	r, n := utf8.DecodeRune(b[i:])
	switch {
	case r == utf8.RuneError && n == 1 && !utf8.FullRune(b[i:]) && !s.eof:
		return 0, errMore
	case r == utf8.RuneError && n == 1:
		return 0, s.refuse(s.start+i, "encoding", "byte 0x%02X is not UTF-8; if the file is in another encoding, its XML declaration must say which", b[i])
	case r == utf8.RuneError && s.transcoded:
		return 0, s.refuse(s.start+i, "encoding", "bytes that the declared encoding does not know")
	case !isXMLRune(r):
		return 0, s.malformed(s.start+i, "the character %U is not allowed in XML", r)
	}
	return i + n, nil
}

// characters checks all characters of b[i:j].
func (s *scanner) characters(b []byte, i, j int) (err error) {
	for i < j {
		if class[b[i]]&anyText != 0 {
			i++
		} else if i, err = s.character(b[:j], i); err != nil {
			return err
		}
	}
	return nil
}

// longestReference is the longest reference looked at, leading zeros included.
const longestReference = 64

// reference checks the reference at b[i] and returns where it ends.
func (s *scanner) reference(b []byte, i int) (int, error) {
	window := b[i:min(len(b), i+longestReference)]
	if bytes.IndexByte(window, ';') < 0 && len(window) < longestReference && !s.eof {
		return 0, errMore
	}
	if _, n := resolve(window); n > 0 {
		return i + n, nil
	}
	shown, _, found := bytes.Cut(window, []byte(";"))
	if !found || bytes.ContainsAny(shown, " <\"'\n") {
		return 0, s.malformed(s.start+i, "\"&\" that begins no reference; write &amp;")
	}
	return 0, s.malformed(s.start+i, "the reference %s; stands for nothing", shown)
}

// declaration scans what begins with <!: a comment, a CDATA section or DOCTYPE.
func (s *scanner) declaration(b []byte) (kind, int, error) {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		return s.comment(b)
	case bytes.HasPrefix(b, []byte("<![CDATA[")) && len(s.open) > 0:
		return s.cdata(b)
	case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
		return 0, 0, s.refuse(s.start, "doctype", "a DOCTYPE is not accepted%s", webPage(b))
	case len(b) < len("<!DOCTYPE") && !s.eof:
		return 0, 0, errMore
	case bytes.HasPrefix(bytes.ToLower(b), []byte("<!doctype")):
		return 0, 0, s.refuse(s.start, "doctype", "a DOCTYPE is not accepted%s", webPage(b))
	}
	return 0, 0, s.malformed(s.start, "\"<!\" that begins neither a comment nor a CDATA section")
}

// webPage adds a hint where the DOCTYPE is that of HTML: servers answer with pages of errors.
func webPage(b []byte) string {
	if rest := bytes.ToLower(b[:min(len(b), 20)]); bytes.Contains(rest, []byte("html")) {
		return "; this is a web page, not an IATI file"
	}
	return " in IATI; remove it and what it declares"
}

// comment scans <!-- ... -->.
func (s *scanner) comment(b []byte) (kind, int, error) {
	n := bytes.Index(b[4:], []byte("--"))
	if n < 0 || 4+n+2 >= len(b) {
		return 0, 0, errMore
	}
	if b[4+n+2] != '>' {
		return 0, 0, s.malformed(s.start+4+n, "\"--\" inside a comment")
	}
	return aside, 4 + n + 3, s.characters(b, 4, 4+n)
}

// cdata scans <![CDATA[ ... ]]>.
func (s *scanner) cdata(b []byte) (kind, int, error) {
	const opening = len("<![CDATA[")
	n := bytes.Index(b[opening:], []byte("]]>"))
	if n < 0 {
		return 0, 0, errMore
	}
	s.body = span{s.start + opening, s.start + opening + n}
	s.escaped = bytes.IndexByte(s.bytes(s.body), '\r') >= 0
	return cdata, opening + n + 3, s.characters(b, opening, opening+n)
}

// instruction scans <?target ...?>, the XML declaration among them.
func (s *scanner) instruction(b []byte) (kind, int, error) {
	end, err := s.nameAt(b, 2)
	if err != nil {
		return 0, 0, err
	}
	n := bytes.Index(b[end:], []byte("?>"))
	if n < 0 {
		return 0, 0, errMore
	}
	if n > 0 && class[b[end]]&blank == 0 {
		return 0, 0, s.malformed(s.start+end, "found %q where white space or \"?>\" is expected", b[end:end+1])
	}
	whole := b[:end+n+2]
	if strings.EqualFold(string(b[2:end]), "xml") {
		return aside, len(whole), s.xmlDeclaration(whole)
	}
	return aside, len(whole), s.characters(b, end, end+n)
}

// xmlDecl is the XML declaration; groups: the encoding in either kind of quotes.
var xmlDecl = regexp.MustCompile(`^<\?xml\s+version\s*=\s*(?:"1\.[0-9]+"|'1\.[0-9]+')` +
	`(?:\s+encoding\s*=\s*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>`)

// xmlDeclaration checks the XML declaration; white space before it is tolerated and noted.
func (s *scanner) xmlDeclaration(whole []byte) error {
	if s.started || s.fragment {
		return s.malformed(s.start, "an XML declaration that is not at the start of the file")
	}
	if loc := xmlDecl.FindIndex(whole); loc == nil || loc[1] != len(whole) {
		return s.malformed(s.start, "the XML declaration is not of the form <?xml version=\"1.0\" encoding=\"UTF-8\"?>")
	}
	s.blank = s.start > 0
	return nil
}
