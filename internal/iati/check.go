package iati

import (
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"resolute"
	"resolute/internal/iati/rules"
	"resolute/internal/iati/schema"
)

// Checked is the verdict on a file.
type Checked struct {
	Kind     string // Activities or Organisations; empty when the root is neither
	Version  string // of the schema that was taken
	Valid    bool   // well-formed and without a fault against the schema
	Elements int    // activities or organisations
	Cut      bool   // it could not be read to its end
}

// Checking says how to check a file.
type Checking struct {
	Version    string    // taken in place of the stated one; empty: the stated one
	SchemaOnly bool      // no rules, no code lists
	Now        time.Time // that nothing may lie after
	Limits     Options
}

// Fault is one thing that a check found, with the standard's own word for how much it weighs:
// critical, error, warning or advisory.
type Fault struct {
	resolute.Finding
	RuleSeverity string `json:"rule_severity"`
}

// Check reads a whole file of any version, 1.01 to 2.03, and tells every fault against the schema;
// of version 2 also against the rules and code lists of the standard. The error is of the medium
// only; a file that cannot be read has a finding that says so.
func Check(r io.Reader, how Checking, tell func(Fault)) (Checked, error) {
	limits := how.Limits.withDefaults()
	in, err := openInput(r, limits.MaxFile)
	c := checker{tell: tell, how: how, verdict: Checked{Valid: true}}
	if err == nil {
		c.scan = newScanner(in, limits)
		err = c.read(limits.MaxActivity)
	} else {
		err = newScanner(nil, limits).inputError(err)
	}
	var refused *RefusedError
	if errors.As(err, &refused) {
		c.verdict.Valid, c.verdict.Cut = false, true
		tell(Fault{refused.Finding, "critical"})
		err = nil
	}
	return c.verdict, err
}

// checker drives a Walker by the tokens of a file, one child of the root at a time.
type checker struct {
	scan    *scanner
	walker  *schema.Walker
	tell    func(Fault)
	how     Checking
	root    spot
	name    []byte // of the root
	record  rules.Tree
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
	version := c.how.Version
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
	c.walker, c.name = schema.NewWalker(table), []byte(name)
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
			value, at := c.plain(a.value, a.escaped, true), a.name.from-s.mark
			if local := s.ofInstance(a.name); local != nil {
				w.Instance(s.bytes(a.name), local, value, at)
			} else {
				w.Attribute(s.bytes(a.name), value, at)
			}
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

// report tells what is wrong with what was read since the mark.
func (c *checker) report() {
	s := c.scan
	var all []found
	if c.walker != nil {
		for _, f := range c.walker.Faults {
			all = append(all, found{Fault{schemaFinding(f), "critical"}, f.At})
			c.verdict.Valid = false
		}
		c.walker.Faults = c.walker.Faults[:0]
	}
	raw := s.buf[s.mark:s.pos]
	inside := s.kind == endTag && s.depth() == 1
	if inside && c.ruled() {
		all = append(all, c.judge(raw)...)
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b found) int { return a.at - b.at })
	record := ""
	if inside {
		record = identifierOf(raw)
	}
	end := s.kind == endTag && s.depth() == 0 // about the root, which the buffer has left behind
	at := place{line: c.root.line, column: c.root.column}
	if !end {
		from := s.locate(s.mark)
		at = place{line: from.line, column: from.column}
	}
	for _, f := range all {
		if !end {
			at.advance(raw, f.at)
		}
		f.Record, f.Line, f.Column = record, at.line, at.column
		c.tell(f.Fault)
	}
}
