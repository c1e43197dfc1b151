package iati

import (
	"errors"
	"io"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati/schema"
)

// Checked is the verdict on a file.
type Checked struct {
	Kind     string // Activities or Organisations; empty when the root is neither
	Version  string // of the schema that was taken
	Valid    bool   // well-formed and without a fault against the schema
	Elements int    // activities or organisations
}

// Check reads a whole file of any version, 1.01 to 2.03, and tells every fault against the schema,
// and what keeps it from being read. Version, when given, is taken in place of the stated one. The
// error is of the medium only; a file that cannot be read has a finding that says so.
func Check(r io.Reader, version string, o Options, tell func(resolute.Finding)) (Checked, error) {
	o = o.withDefaults()
	in, err := openInput(r, o.MaxFile)
	c := checker{tell: tell, version: version, verdict: Checked{Valid: true}}
	if err == nil {
		c.scan = newScanner(in, o)
		err = c.read(o.MaxActivity)
	} else {
		err = newScanner(nil, o).inputError(err)
	}
	var refused *RefusedError
	if errors.As(err, &refused) {
		c.verdict.Valid = false
		tell(refused.Finding)
		err = nil
	}
	return c.verdict, err
}

// checker drives a Walker by the tokens of a file, one child of the root at a time.
type checker struct {
	scan    *scanner
	walker  *schema.Walker
	tell    func(resolute.Finding)
	version string
	root    spot
	scratch []byte
	verdict Checked
}

// read takes all tokens of the file.
func (c *checker) read(most int64) error {
	s := c.scan
	for {
		if s.depth() <= 1 {
			s.mark = s.pos
		}
		k, err := s.next()
		if err != nil {
			return err
		}
		if k == endOfFile {
			return nil
		}
		if k == startTag && s.depth() == 1 {
			if err := c.begin(); err != nil {
				return err
			}
		}
		if int64(s.pos-s.mark) > most {
			return refusal(s.locate(s.mark), "limit-activity", "this element is longer than "+sizeWords(most))
		}
		c.token(k)
		if s.depth() <= 1 {
			c.report()
		}
	}
}

// begin chooses the schema by the root's start tag.
func (c *checker) begin() error {
	s := c.scan
	c.root = s.locate(s.start)
	name := string(s.bytes(s.name))
	version := c.version
	for _, a := range s.attrs {
		if version == "" && string(s.bytes(a.name)) == "version" {
			version = strings.TrimSpace(s.unescaped(a.value, a.escaped, true))
		}
	}
	c.verdict.Version = schemaVersion(version)
	c.verdict.Kind = map[string]string{"iati-activities": Activities, "iati-organisations": Organisations}[name]
	table := schema.Load(c.verdict.Version, name[strings.IndexByte(name, ':')+1:])
	if table == nil && c.verdict.Kind == "" {
		return refusal(c.root, "not-iati", "the root element is <"+clip(name)+">, not <iati-activities> or <iati-organisations>")
	}
	if table == nil {
		e := refusal(c.root, "version-unsupported", "there is no schema of version "+clip(version))
		e.Finding.Found, e.Finding.Expected = clip(version), "one of "+strings.Join(schema.Versions, ", ")
		return e
	}
	c.walker = schema.NewWalker(table)
	return nil
}

// schemaVersion gives the version whose schema judges a file: 1.0 and 1.00 name the first one, and
// a file that states none follows it, since only there the statement was optional.
func schemaVersion(stated string) string {
	switch stated {
	case "", "1", "1.0", "1.00":
		return "1.01"
	}
	return stated
}

// token hands one token to the Walker. Places are counted from the mark.
func (c *checker) token(k kind) {
	s, w := c.scan, c.walker
	switch k {
	case startTag:
		w.Open(s.bytes(s.name), s.defaultNamespace(), s.start-s.mark)
		for _, a := range s.attrs {
			w.Attribute(s.bytes(a.name), c.plain(a.value, a.escaped, true), a.name.from-s.mark)
		}
		w.Opened()
		if s.depth() == 2 {
			c.verdict.Elements++
		}
	case endTag:
		w.Close()
	case text, cdata:
		if w != nil && w.Depth() > 0 {
			w.Text(c.plain(s.body, s.escaped && k == text, false), s.start-s.mark)
		}
	}
}

// plain gives a part of the buffer without references.
func (c *checker) plain(p span, escaped, value bool) []byte {
	if !escaped {
		return c.scan.bytes(p)
	}
	c.scratch = appendUnescaped(c.scratch[:0], c.scan.bytes(p), value)
	return c.scratch
}

// defaultNamespace gives the default namespace that the start tag declares; nil when it declares
// none.
func (s *scanner) defaultNamespace() []byte {
	if !s.prefixed {
		return nil
	}
	for _, a := range s.attrs {
		if string(s.bytes(a.name)) == "xmlns" {
			return s.buf[a.value.from:a.value.to:a.value.to]
		}
	}
	return nil
}

// report tells the faults of what was read since the mark.
func (c *checker) report() {
	if c.walker == nil || len(c.walker.Faults) == 0 {
		return
	}
	s := c.scan
	faults := c.walker.Faults
	slices.SortStableFunc(faults, func(a, b schema.Fault) int { return a.At - b.At })
	raw := s.buf[s.mark:s.pos]
	record := ""
	if s.depth() == 1 {
		record = identifierOf(raw)
	}
	at := place{line: c.root.line, column: c.root.column}
	if s.depth() == 1 || s.kind == startTag {
		from := s.locate(s.mark)
		at = place{line: from.line, column: from.column}
	}
	for _, f := range faults {
		finding := schemaFinding(f)
		finding.Record = record
		if s.kind == endTag && s.depth() == 0 { // about the root, which the buffer has left behind
			finding.Line, finding.Column = c.root.line, c.root.column
		} else {
			at.advance(raw, f.At)
			finding.Line, finding.Column = at.line, at.column
		}
		c.tell(finding)
	}
	c.verdict.Valid = false
	c.walker.Faults = faults[:0]
}
