package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"github.com/klauspost/compress/zstd"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/iati"
)

// giver reads documents and makes of them what is given.
type giver struct {
	q        db.Queryer
	giving   Giving
	book     *Rulebook
	matrix   Matrix
	rulings  *Rulings
	roots    map[int64]*iati.Root
	types    map[string]string // of reporting organisations of own work
	unpacker *zstd.Decoder
}

func (r *Register) newGiver(g Giving) (*giver, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxDocument))
	return &giver{q: r.DB, giving: g, roots: map[int64]*iati.Root{}, types: map[string]string{}, unpacker: d}, err
}

// listed gives the versions that readers see under the keys of a list, chunk by chunk.
func (g *giver) listed(ctx context.Context) iter.Seq2[[]int64, error] {
	return func(yield func([]int64, error) bool) {
		var keys []string
		flush := func() bool {
			versions, err := g.versionsOf(ctx, keys)
			keys = keys[:0]
			return yield(versions, err) && err == nil
		}
		for key, err := range g.giving.Listed {
			if err != nil {
				yield(nil, err)
				return
			}
			if keys = append(keys, key); len(keys) == givenAtOnce && !flush() {
				return
			}
		}
		if len(keys) > 0 {
			flush()
		}
	}
}

// versionsOf gives the versions that readers see under keys, in the order of these.
func (g *giver) versionsOf(ctx context.Context, keys []string) ([]int64, error) {
	args, marks := make([]any, len(keys)), ""
	for i, key := range keys {
		args[i] = key
		marks += fmt.Sprintf(", $%d", i+1)
	}
	found := map[string]int64{}
	err := each(ctx, g.q, `SELECT key, version FROM current WHERE absent = 0 AND key IN (`+marks[2:]+`)`, func(rows *sql.Rows) error {
		var key string
		var version int64
		err := rows.Scan(&key, &version)
		found[key] = version
		return err
	}, args...)
	versions := make([]int64, 0, len(keys))
	for _, key := range keys {
		if version, ok := found[key]; ok {
			versions = append(versions, version)
		}
	}
	return versions, err
}

// held is one activity with its document, as it is stored.
type held struct {
	Given
	line   int
	form   string
	packed []byte
	root   *iati.Root // nil for one that came from a table

	reporterType string // of one that came from a table; empty: not known
	own          []ownTag
}

// works gives the work on one activity after the other, reading documents chunk by chunk.
func (g *giver) works(ctx context.Context, next func() ([]int64, error, bool)) func() (func() Given, error) {
	var batch []held
	return func() (func() Given, error) {
		for len(batch) == 0 {
			versions, err, more := next()
			if !more {
				return nil, io.EOF
			}
			if err == nil {
				batch, err = g.read(ctx, versions)
			}
			if err != nil {
				return nil, err
			}
		}
		one := batch[0]
		batch = batch[1:]
		return func() Given { return g.give(one) }, nil
	}
}

// read reads the documents of versions, in the order of these.
func (g *giver) read(ctx context.Context, versions []int64) ([]held, error) {
	if len(versions) == 0 {
		return nil, nil
	}
	found := make(map[int64]held, len(versions))
	err := each(ctx, g.q, `SELECT a.version, a.key, a.iati_id, a.reporter, a.reporter_name, a.source, a.import, a.line, d.form, d.bytes
		FROM activity a JOIN doc d ON d.version = a.version WHERE a.version IN (`+numbers(versions)+`)`, func(rows *sql.Rows) error {
		var version int64
		var h held
		err := rows.Scan(&version, &h.Key, &h.Identifier, &h.Reporter, &h.ReporterName, &h.Source, &h.Import, &h.line, &h.form, &h.packed)
		found[version] = h
		return err
	})
	if err != nil {
		return nil, err
	}
	own, err := g.readOwn(ctx, versions, found)
	if err != nil {
		return nil, err
	}
	batch := make([]held, 0, len(versions))
	for _, version := range versions {
		h, ok := found[version]
		if !ok {
			return nil, fmt.Errorf("version %d has no document", version)
		}
		if own != nil {
			h.own = own(version, Facts{Key: h.Key, Reporter: h.Reporter})
		}
		if h.form == formIATI {
			h.root, err = g.root(ctx, h.Import)
		} else {
			h.reporterType, err = g.typeOf(ctx, h)
		}
		if err != nil {
			return nil, err
		}
		batch = append(batch, h)
	}
	return batch, nil
}

// readOwn reads what is ours of versions; nil when none of it is wanted.
func (g *giver) readOwn(ctx context.Context, versions []int64, found map[int64]held) (func(version int64, f Facts) []ownTag, error) {
	if g.giving.Plain || g.giving.Received {
		return nil, nil
	}
	var decided, others []int64
	for _, version := range versions {
		if g.rulings.MayReach(found[version].Key, MatrixRule) {
			decided = append(decided, version)
		} else {
			others = append(others, version)
		}
	}
	tags, links, err := readTagsOf(ctx, g.q, only(decided))
	if err != nil {
		return nil, err
	}
	g.matrix.complete(tags)
	if err := g.readProposed(ctx, others, tags, links); err != nil {
		return nil, err
	}
	var countries map[int64][]string
	if len(g.rulings.rules) > 0 { // only decisions about rules ask for them
		if countries, err = readCountriesOf(ctx, g.q, only(versions)); err != nil {
			return nil, err
		}
	}
	return func(version int64, f Facts) []ownTag {
		f.Countries = countries[version]
		return ownTags(g.rulings.Tags(f, tags[version]), g.rulings.Links(f, links[version]))
	}, nil
}

// only are versions of which nothing else is known.
func only(versions []int64) []stored {
	batch := make([]stored, len(versions))
	for i, version := range versions {
		batch[i].Version = version
	}
	return batch
}

// readProposed reads of activities that no decision is about alone, nor one about the matrix, what
// can be ours: what rules propose, and what decisions about rules reach.
func (g *giver) readProposed(ctx context.Context, versions []int64, tags map[int64][]Tag, links map[int64][]Link) error {
	var args []any
	reached := ""
	for _, rule := range slices.Sorted(maps.Keys(g.rulings.rules)) {
		args = append(args, rule)
		reached += fmt.Sprintf(", $%d", len(args))
	}
	condition := `basis = 'derived'`
	if reached != "" {
		condition = `(` + condition + ` OR rule IN (` + reached[2:] + `))`
	}
	return inChunks(versions, func(chunk string) error {
		err := each(ctx, g.q, `SELECT version, txn, scheme, code, share, basis, rule FROM tag WHERE version IN (`+chunk+`) AND `+condition+` ORDER BY version, n`, func(rows *sql.Rows) error {
			var version int64
			var t Tag
			err := rows.Scan(&version, &t.Txn, &t.Scheme, &t.Code, &t.Share, &t.Basis, &t.Rule)
			tags[version] = append(tags[version], t)
			return err
		}, args...)
		if err != nil {
			return err
		}
		return each(ctx, g.q, `SELECT version, thread, share, basis, rule FROM mandate_link WHERE version IN (`+chunk+`) AND `+condition+` ORDER BY version, n`, func(rows *sql.Rows) error {
			var version int64
			var l Link
			err := rows.Scan(&version, &l.Thread, &l.Share, &l.Basis, &l.Rule)
			links[version] = append(links[version], l)
			return err
		}, args...)
	})
}

// root gives the root of the file that an import read.
func (g *giver) root(ctx context.Context, id int64) (*iati.Root, error) {
	if root := g.roots[id]; root != nil {
		return root, nil
	}
	var tag []byte
	if err := g.q.QueryRow(ctx, `SELECT root FROM import WHERE id = $1`, id).Scan(&tag); err != nil {
		return nil, fmt.Errorf("read root of import %d: %w", id, err)
	}
	root, err := iati.ParseRoot(tag)
	if err != nil {
		return nil, fmt.Errorf("read root of import %d: %w", id, err)
	}
	g.roots[id] = &root
	return &root, nil
}

// typeOf gives the type of a reporting organisation, as others report it.
func (g *giver) typeOf(ctx context.Context, h held) (string, error) {
	kind, known := g.types[h.Reporter]
	if known {
		return kind, nil
	}
	err := g.q.QueryRow(ctx, `SELECT type FROM organisation WHERE key = $1`, directory.Party{Ref: h.Reporter}.Key()).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	g.types[h.Reporter] = kind
	return kind, err
}

// give makes of a document what is given. It may run beside others.
func (g *giver) give(h held) Given {
	out := h.Given
	raw, err := g.unpacker.DecodeAll(h.packed, nil)
	switch {
	case err != nil:
		out.Findings = []resolute.Finding{h.unreadable(err)}
	case h.form == formIATI && g.giving.Received:
		out.Root, out.XML = h.root.Tag, raw
	case h.form == formIATI:
		out.XML, out.Findings = h.root.Standalone(&iati.Element{Name: "iati-activity", Raw: raw, Line: h.line, Column: 1})
	case g.giving.Received:
		out.Findings = []resolute.Finding{{Rule: findingNotXML, Severity: resolute.SeverityWarning, Record: h.Identifier, Line: h.line,
			Message: "own work that came from a table has no XML as received; without --as-received it is written from its values"}}
	default:
		out.XML, out.Findings = g.book.written(h, raw)
	}
	if out.XML != nil {
		out.XML = g.book.withOwnTags(out.XML, h.own)
	}
	for i := range out.Findings {
		out.Findings[i].File, out.Findings[i].Record = h.Source, h.Identifier
	}
	return out
}

// unreadable tells of a document that is damaged.
func (h held) unreadable(err error) resolute.Finding {
	return resolute.Finding{Rule: "export-unreadable", Severity: resolute.SeverityError, Line: h.line,
		Message: fmt.Sprintf("the stored document cannot be read (%v): resolute check", err)}
}
