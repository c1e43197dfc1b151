package iati

import (
	"cmp"
	"slices"

	"resolute"
	"resolute/internal/iati/schema"
)

// Judge holds the activities or organisations of one file against the schema of its version, as they were received,
// one after the other. What it finds says as much as Check does; that it is an error for the
// standard is not said, since one who reads the file may be lenient. A Judge is not safe for
// several goroutines; a nil one finds nothing.
type Judge struct {
	table  *schema.Schema
	root   Root
	walker *schema.Walker
	judged int
}

// NewJudge gives the judge of a file with that root; nil when no schema is held of its version.
// A version that is not known is judged by the last of its generation.
func NewJudge(root Root) *Judge {
	version := schemaVersion(root.Version)
	if version2.MatchString(version) && !slices.Contains(schema.Versions, version) {
		version = "2.03"
	}
	if version1.MatchString(version) && !slices.Contains(schema.Versions, version) {
		version = "1.05"
	}
	whole, _ := root.names()
	table := schema.Load(version, whole)
	if table == nil {
		return nil
	}
	return &Judge{table: table, root: root}
}

// Root tells what is wrong with the start tag of the root.
func (j *Judge) Root() []resolute.Finding {
	if j == nil {
		return nil
	}
	c := checker{scan: newFragmentScanner(j.root.Tag, spot{1, 1}), walker: schema.NewWalker(j.table)}
	if k, err := c.scan.next(); err == nil && k == startTag {
		c.token(k)
	}
	return findingsAt(c.walker.Faults, nil, place{line: 1, column: 1})
}

// oneWalk bounds how many elements one Walker takes: it remembers the order of all children.
const oneWalk = 500

// Element tells what is wrong with an activity or organisation of the file, in the order of its text.
func (j *Judge) Element(el *Element) []resolute.Finding {
	if j == nil {
		return nil
	}
	if j.judged%oneWalk == 0 {
		j.walker = schema.NewWalker(j.table)
		whole, _ := j.root.names()
		j.walker.Open([]byte(whole), j.namespace(), 0)
	}
	j.judged++
	c := checker{scan: newFragmentScanner(el.Raw, spot{el.Line, el.Column}).within(j.root), walker: j.walker}
	for inside := j.walker.Depth(); ; {
		k, err := c.scan.next()
		if err != nil || k == endOfFile {
			for j.walker.Depth() > inside {
				j.walker.Close()
			}
			break
		}
		c.token(k)
	}
	faults := j.walker.Faults
	j.walker.Faults = faults[:0]
	return findingsAt(faults, el.Raw, place{line: el.Line, column: el.Column})
}

// namespace gives the default namespace that the root declares; nil when it declares none.
func (j *Judge) namespace() []byte {
	for _, a := range j.root.Attrs {
		if a.Name == "xmlns" {
			return []byte(a.Value)
		}
	}
	return nil
}

// findingsAt words faults, whose places are bytes of raw, by line and column; of faults about the
// root the line is not known better than at.
func findingsAt(faults []schema.Fault, raw []byte, at place) []resolute.Finding {
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b schema.Fault) int { return cmp.Compare(a.At, b.At) })
	findings := make([]resolute.Finding, len(faults))
	for i, f := range faults {
		if raw != nil {
			at.advance(raw, f.At)
		}
		findings[i] = schemaFinding(f)
		findings[i].Line, findings[i].Column = at.line, at.column
	}
	return findings
}
