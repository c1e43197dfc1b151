package register

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/klauspost/compress/zstd"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
	"resolute/internal/ledger"
)

// Rules of the codec that the register asks for: money that lost digits, and a record that is
// refused.
const (
	findingRounded      = "value-rounded"
	findingNoIdentifier = "identifier-missing"
)

// identifierElement is where an activity's identifier stands.
const identifierElement = "iati-identifier"

// formIATI marks a document that is the received bytes of an iati-activity.
const formIATI = "iati"

// ImportIATI reads an IATI file of version 1.01 to 2.03, packed or not, of any size, and makes
// its activities visible all at once, or its organisations when it is a file of these. It returns the account. An activity that cannot be
// understood is refused with a finding and its bytes are kept; the others are stored. A file
// that is not well-formed, or refused for another reason, leaves an account of its own that says
// why, and an Error with code Invalid. Forbidden is returned for an actor without the right,
// Conflict when another import of the same source was published meanwhile.
func (r *Register) ImportIATI(ctx context.Context, by resolute.Actor, src Source, in io.Reader, o ImportOptions) (ledger.Import, error) {
	if err := r.mayImport(by, src); err != nil {
		return ledger.Import{}, err
	}
	book, err := r.rulebook(ctx)
	if err != nil {
		return ledger.Import{}, err
	}
	rec, account := receive(in), r.account(by, KindIATI, src)
	account.Reading = book.fingerprint()
	if src.WithoutDecisions {
		account.Reading += " without decisions" // so that the same file is read again when they are wanted
	}
	if done, ok, err := r.again(ctx, by, account, in); err != nil || ok {
		return done, err
	}
	file, err := iati.NewReader(rec, o.Limits)
	var refused *iati.RefusedError
	if errors.As(err, &refused) {
		return r.refuse(ctx, by, account, rec, refused.Finding)
	}
	if err != nil {
		return ledger.Import{}, err
	}
	root := file.Root()
	account.Root, account.Version, account.Generated = root.Tag, root.Version, root.GeneratedAt
	if root.Kind == iati.Organisations {
		return r.importOrganisations(ctx, by, account, rec, file)
	}
	i, err := r.start(ctx, by, account, rec, o.Progress)
	if err != nil {
		return ledger.Import{}, err
	}
	i.undecided = src.WithoutDecisions
	pack, err := newPacker()
	if err != nil {
		return ledger.Import{}, err
	}
	tables, err := importsOfTables(ctx, r.DB, account.Source)
	if err != nil {
		return ledger.Import{}, err
	}
	x := iatiReading{db: r.DB, book: book, root: root, pack: pack, source: account.Source, tables: tables, lent: lent(root, book.fingerprint())}
	next := func() (func() chunk, error) {
		elements, err := gather(file)
		if err != nil {
			return nil, err
		}
		return func() chunk { return x.read(ctx, elements) }, nil
	}
	return i.run(ctx, next, func() []resolute.Finding { return append(file.Findings(), rootFaults(root)...) })
}

// gather reads the next elements of a file, as many as make a chunk.
func gather(file *iati.Reader) ([]iati.Element, error) {
	var elements []iati.Element
	for size := 0; len(elements) < chunkRecords && size < chunkBytes; {
		el, err := file.Next()
		if err != nil && len(elements) > 0 {
			break // told again by the next call
		}
		if err != nil {
			return nil, err
		}
		own := *el
		own.Raw = slices.Clone(el.Raw) // the reader uses its buffer again
		elements = append(elements, own)
		size += len(own.Raw)
	}
	return elements, nil
}

// iatiReading reads the chunks of one file; it is safe for several goroutines.
type iatiReading struct {
	db     *db.DB
	book   *Rulebook
	root   iati.Root
	pack   *packer
	source string
	tables map[int64]bool // imports of the source that took in tables
	given  rowSums
	lent   []byte
}

// read reads elements, but not those whose bytes are those of an activity of the source that
// stands: of them it is known what reading tells.
func (x *iatiReading) read(ctx context.Context, elements []iati.Element) chunk {
	c := chunk{records: make([]record, len(elements)), held: map[identity][]found{}, lookedUp: map[string]bool{}}
	for n := range elements {
		if id := iati.GlanceIdentifier(elements[n].Raw); id != "" {
			c.lookedUp[id] = true
		}
	}
	c.err = lookUp(ctx, x.db, slices.Sorted(maps.Keys(c.lookedUp)), c.held)
	standing := map[imprint]found{}
	for _, list := range c.held {
		for _, f := range list {
			if f.source == x.source && len(f.imprint) == len(imprint{}) {
				standing[imprint(f.imprint)] = f
			}
		}
	}
	judge := iati.NewJudge(x.root)
	for n := range elements {
		el := &elements[n]
		name := imprintOf(x.lent, el)
		if f, ok := standing[name]; ok {
			if t, ok := x.pack.unpackTold(f.told); ok {
				c.records[n] = t.recall(f, el)
				c.records[n].whole = func() record { return x.readOne(el, name, iati.NewJudge(x.root)) }
				continue
			}
		}
		c.records[n] = x.readOne(el, name, judge)
	}
	if c.lookUp(ctx, x.db); c.err == nil {
		c.err = x.recogniseRows(ctx, &c)
	}
	return c
}

// readOne reads an element and remembers what it told. Of one that carries decisions the bytes are
// not remembered: those are looked at each time.
func (x *iatiReading) readOne(el *iati.Element, name imprint, judge *iati.Judge) record {
	faults, more := faultsOf(judge, el)
	r := x.book.readIATI(x.root, el, x.pack)
	if r.refused != "" {
		return r
	}
	for n := range faults {
		faults[n].Record = r.Identifier
	}
	r.faults, r.moreFaults = faults, more
	r.told = x.pack.packTold(toldOf(&r))
	if len(r.carried) == 0 {
		r.imprint = name[:]
	}
	return r
}

// rootFaults tells what the schema does not allow of the root.
func rootFaults(root iati.Root) []resolute.Finding {
	faults := iati.NewJudge(root).Root()
	for i := range faults {
		faults[i].Severity = resolute.SeverityWarning
	}
	return faults
}

// readIATI turns one element into a record.
func (b *Rulebook) readIATI(root iati.Root, el *iati.Element, pack *packer) record {
	raw, own := b.takeOwnTags(el.Raw)
	el.Raw = raw
	a, findings := iati.Decode(root, el)
	sum := root.Canonical(el)
	r := record{projection: b.project(a), identifierLine: a.IdentifierLine, identifierColumn: a.IdentifierColumn, identifierPath: identifierElement, hash: sum[:], form: formIATI, doc: pack.pack(el.Raw), size: len(el.Raw),
		transactions: len(a.Transactions)}
	r.carried, r.mentions = carriedOf(own, r.projection), mentionsOf(a)
	for _, f := range findings {
		if f.Rule == findingRounded {
			r.rounded++
		}
	}
	if a.Identifier == "" {
		r.refused = findingNoIdentifier
		r.findings = findings[:0:0]
		for _, f := range findings { // of a refused record only why, not what else is wrong
			if f.Severity == resolute.SeverityError {
				r.findings = append(r.findings, f)
			}
		}
		return r
	}
	r.findings = findings
	for _, f := range r.projection.findings {
		r.findings = append(r.findings, f.Finding)
	}
	return r
}

// packer compresses documents with zstd at its fastest; it is safe for several goroutines.
type packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newPacker() (*packer, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return nil, err
	}
	return &packer{e, d}, nil
}

func (p *packer) pack(raw []byte) []byte { return p.encoder.EncodeAll(raw, nil) }

// maxDocument bounds what a stored document may unpack to: the limit of the reader, and room.
const maxDocument = 64 << 20

// unpack gives back the bytes of a document.
func unpack(doc []byte) ([]byte, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.DecodeAll(doc, nil)
}
