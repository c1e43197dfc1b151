package register

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"resolute"
	"resolute/internal/iati"
)

// reader counts the ways in which this program has read activities. Raise it whenever the same
// bytes give other findings, other rows or another hash than before: what was remembered of them
// is then forgotten, and read again.
const reader = 4

// imprint names the bytes of an activity together with all that decides what reading them tells:
// what the root lends, what they are read with, and where on its line the activity begins.
type imprint [16]byte

// told is what reading an activity tells beside its rows: what an import has to know of one whose
// bytes did not change. Lines count from that of its start tag.
type told struct {
	Line         int                `json:"l,omitempty"` // of the identifier
	Column       int                `json:"c,omitempty"`
	Transactions int                `json:"t,omitempty"`
	Rounded      int                `json:"r,omitempty"`
	Parents      []string           `json:"p,omitempty"`
	Children     []string           `json:"k,omitempty"`
	Mentions     []mention          `json:"m,omitempty"`
	Findings     []resolute.Finding `json:"f,omitempty"`
	Faults       []resolute.Finding `json:"s,omitempty"`
	MoreFaults   int                `json:"x,omitempty"`
}

// fingerprint names all that an activity is read with beside its file.
func (b *Rulebook) fingerprint() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d\n%s\n%s\n", reader, b.rules.Version, b.catalogue.Version())
	for _, table := range []map[string]string{b.aliases, b.known} {
		for _, name := range slices.Sorted(maps.Keys(table)) {
			fmt.Fprintf(sum, "%s=%s\n", name, table[name])
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:16])
}

// lent is what a root and what its activities are read with lend to their bytes. The time at which
// a file was generated says nothing about its activities.
func lent(root iati.Root, fingerprint string) []byte {
	attrs := slices.Clone(root.Attrs)
	slices.SortFunc(attrs, func(a, b iati.Attr) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n", fingerprint, root.Kind)
	for _, a := range attrs {
		if a.Name != "generated-datetime" {
			fmt.Fprintf(sum, "%q=%q\n", a.Name, a.Value)
		}
	}
	return sum.Sum(nil)
}

// imprintOf names the bytes of an element.
func imprintOf(lent []byte, el *iati.Element) imprint {
	sum := sha256.New()
	sum.Write(lent) // a hash never fails
	sum.Write(binary.LittleEndian.AppendUint64(nil, uint64(el.Column)))
	sum.Write(el.Raw)
	var whole [sha256.Size]byte
	return imprint(sum.Sum(whole[:0])[:16])
}

// toldOf is what a record that was read tells.
func toldOf(r *record) told {
	return told{Line: r.identifierLine - r.Line, Column: r.identifierColumn, Transactions: r.transactions, Rounded: r.rounded, Parents: r.parents, Children: r.children,
		Mentions: moveMentions(r.mentions, -r.Line), Findings: move(r.findings, -r.Line), Faults: move(r.faults, -r.Line), MoreFaults: r.moreFaults}
}

// recall gives the record of an element whose bytes were read before, without its rows: f is the
// activity that they are.
func (t told) recall(f found, el *iati.Element) record {
	r := record{identifierLine: el.Line + t.Line, identifierColumn: t.Column, identifierPath: identifierElement, hash: f.hash, form: formIATI, size: len(el.Raw),
		transactions: t.Transactions, findings: move(t.Findings, el.Line), faults: move(t.Faults, el.Line), mentions: moveMentions(t.Mentions, el.Line)}
	r.Reporter, r.Identifier, r.TitleShown, r.Line, r.Updated, r.Hierarchy, r.Lowest = f.reporter, f.identifier, f.title, el.Line, f.updated, f.hierarchy, len(t.Children) == 0
	r.parents, r.children, r.rounded, r.moreFaults = t.Parents, t.Children, t.Rounded, t.MoreFaults
	return r
}

// move gives findings whose lines count from elsewhere.
func move(findings []resolute.Finding, lines int) []resolute.Finding {
	moved := slices.Clone(findings)
	for i := range moved {
		moved[i].Line += lines
	}
	return moved
}

// longTold is from how many bytes on what was told is compressed.
const longTold = 256

func (p *packer) packTold(t told) []byte {
	text, err := json.Marshal(t)
	if err != nil {
		panic(err) // strings and numbers always have a form in JSON
	}
	if len(text) < longTold {
		return text
	}
	return p.pack(text)
}

// unpackTold reads what was told; ok is false when it cannot be read, and then is read anew from
// the bytes.
func (p *packer) unpackTold(packed []byte) (t told, ok bool) {
	if len(packed) == 0 || packed[0] != '{' {
		text, err := p.decoder.DecodeAll(packed, nil)
		if err != nil {
			return t, false
		}
		packed = text
	}
	return t, json.Unmarshal(packed, &t) == nil
}
