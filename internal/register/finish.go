package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"sort"
	"sync/atomic"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/iati"
	"resolute/internal/ledger"
)

// finish settles what only the whole file tells, and publishes.
func (i *importing) finish(ctx context.Context, fileFindings []resolute.Finding) (ledger.Import, error) {
	if err := i.received.drain(); err != nil {
		return ledger.Import{}, err
	}
	if err := i.samePublisher(ctx); err != nil {
		return ledger.Import{}, err
	}
	if err := i.links.settle(ctx, i.register.DB); err != nil {
		return ledger.Import{}, err
	}
	fileFindings = slices.Concat(fileFindings, i.faults.rest(), i.links.findings())
	i.account.SHA256, i.account.Bytes = i.received.sum(), i.received.bytes()
	if i.register.trial != nil {
		return i.foresee(ctx, fileFindings)
	}
	p := publication{account: i.account, moved: i.moved, now: i.register.Now().UnixMilli(), back: i.pairing.back}
	var err error
	if p.rekeyed, err = i.settleGroups(ctx); err != nil {
		return ledger.Import{}, err
	}
	keys, err := i.keysOfCarried(ctx, p.rekeyed)
	if err != nil {
		return ledger.Import{}, err
	}
	taken, err := i.toTake(ctx, keys)
	if err != nil {
		return ledger.Import{}, err
	}
	fileFindings = append(fileFindings, carriedFinding(taken)...)
	if err = i.meet(ctx); err != nil {
		return ledger.Import{}, err
	}
	p.turned, p.flipped = i.settleLevels()
	if !i.account.Partial {
		if p.gone, err = missing(ctx, i.register.DB, i.account.Kind, i.account.Source, i.pairing); err != nil {
			return ledger.Import{}, err
		}
	}
	return i.conclude(ctx, p, fileFindings, taken)
}

// conclude prepares what the last transaction makes visible, and publishes it: all in that one when it
// is little, else beside it.
func (i *importing) conclude(ctx context.Context, p publication, fileFindings []resolute.Finding, taken []Decision) (account ledger.Import, err error) {
	for _, f := range fileFindings {
		p.account.Total.Add(f.Severity)
	}
	d, touched := i.register.DB, int(i.pairing.staged)+len(p.gone)+len(p.back)+len(p.flipped)
	p.ahead = ahead{id: i.account.ID, movedAny: i.movedAny, few: touched <= fewEntries}
	if !p.ahead.few {
		if p, err = i.prepare(ctx, d, apart(ctx, d), p); err == nil {
			err = p.ahead.lay(ctx, d)
		}
		if err != nil {
			return ledger.Import{}, err
		}
	}
	err = d.Write(ctx, func(tx *db.Tx) (err error) {
		p := p // a transaction may be tried again
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if err = ledger.AddFindings(ctx, tx, i.account.ID, i.findings, fileFindings); err != nil {
			return err
		}
		if p.ahead.few {
			if p, err = i.prepare(ctx, tx, within(tx), p); err != nil {
				return err
			}
		}
		if account, err = publish(ctx, tx, p); err != nil {
			return err
		}
		return takeCarried(ctx, tx, taken)
	})
	if err == nil {
		_ = p.ahead.keep(context.WithoutCancel(ctx), d, account.Seq) // it is published; a Sweep keeps what this left
	}
	return account, err
}

// samePublisher refuses a file none of whose reporting organisations stood in the source's last
// file: it would make everything of the other publisher absent.
func (i *importing) samePublisher(ctx context.Context) error {
	if i.base == 0 || len(i.reporters) == 0 {
		return nil
	}
	before, err := reporters(ctx, i.register.DB, i.account.Kind, i.account.Source)
	if err != nil || len(before) == 0 {
		return err
	}
	for reporter := range i.reporters {
		if before[reporter] {
			return nil
		}
	}
	return &iati.RefusedError{Finding: resolute.Finding{Rule: "other-publisher", Severity: resolute.SeverityError, Found: some(i.reporters), Expected: some(before),
		Message: fmt.Sprintf("same name, other publisher: source %q held activities of %s, this file of %s; give --source", i.account.Source, some(before), some(i.reporters))}}
}

// some names a few of a set, in order.
func some(set map[string]bool) string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	if len(names) > 3 {
		return fmt.Sprintf("%s, %s, %s and %d others", names[0], names[1], names[2], len(names)-3)
	}
	list := names[0]
	for _, name := range names[1:] {
		list += ", " + name
	}
	return list
}

// version gives the version of a slot.
func (i *importing) version(s slot) int64 {
	if s > 0 {
		return int64(s)
	}
	n := sort.Search(len(i.ranges), func(k int) bool { return i.ranges[k].first > int64(-s) }) - 1
	return i.ranges[n].base + int64(-s) - i.ranges[n].first + 1
}

// settleGroups gives the staged records of identifiers that occur several times their lasting
// occurrence.
func (i *importing) settleGroups(ctx context.Context) ([]rekeyed, error) {
	occurrences := map[int64]int{}
	var versions []int64
	for _, g := range i.pairing.groups {
		for s, occurrence := range g.settle() {
			v := i.version(s)
			versions = append(versions, v)
			occurrences[v] = occurrence
		}
	}
	sort.Slice(versions, func(a, b int) bool { return versions[a] < versions[b] })
	var list []rekeyed
	err := inChunks(versions, func(chunk string) error {
		rows, err := i.register.DB.Query(ctx, `SELECT version, reporter, iati_id, occurrence FROM activity WHERE version IN (`+chunk+`) ORDER BY version`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var version int64
			var reporter, identifier string
			var occurrence int
			if err := rows.Scan(&version, &reporter, &identifier, &occurrence); err != nil {
				return err
			}
			if n := occurrences[version]; n != occurrence {
				list = append(list, rekeyed{version, Key(reporter, identifier, i.account.Source, n), n})
			}
		}
		return rows.Err()
	})
	return list, err
}

// settleLevels finds the versions whose lowest flag is not what the whole file says: staged
// ones, and those that stand.
func (i *importing) settleLevels() (turned, flipped []int64) {
	not := i.family.notLowest(i.pairing)
	check := func(s slot, lowest, want bool) {
		switch {
		case lowest == want:
		case s > 0:
			flipped = append(flipped, int64(s))
		default:
			turned = append(turned, i.version(s))
		}
	}
	settle := func(known *first, id identity) {
		if known != nil {
			check(known.slot, known.lowest, !not[id])
		}
		for _, e := range i.pairing.more[id] {
			check(e.slot, e.lowest, !not[id])
		}
	}
	if i.account.Partial {
		for id := range i.family.relatives.affected {
			settle(i.pairing.seen.find(id), id)
		}
	} else {
		for known := range i.pairing.seen.all() {
			settle(known, known.id)
		}
	}
	for id, o := range i.family.outside {
		if _, affected := i.family.relatives.affected[id]; i.account.Partial && !affected {
			continue
		}
		for _, s := range o.standing {
			check(slot(s.version), s.lowest, !not[id])
		}
	}
	sort.Slice(turned, func(a, b int) bool { return turned[a] < turned[b] })
	sort.Slice(flipped, func(a, b int) bool { return flipped[a] < flipped[b] })
	return turned, flipped
}

// refuse keeps the account of a file that was refused as a whole: nothing read, and why.
func (r *Register) refuse(ctx context.Context, by resolute.Actor, account ledger.Import, in *received, f resolute.Finding) (ledger.Import, error) {
	ctx = context.WithoutCancel(ctx)
	if err := in.drain(); err != nil {
		return ledger.Import{}, err
	}
	refused := account
	refused.Counts, refused.Total = ledger.Counts{}, resolute.FindingsTotal{}
	refused.State, refused.SHA256, refused.Bytes = ledger.Refused, in.sum(), in.bytes()
	refused.Total.Add(f.Severity)
	if r.trial != nil {
		r.trial.findings = []resolute.Finding{f} // of a refused file nothing else is told
	} else if err := r.keepRefusal(ctx, by, &refused, f); err != nil {
		return ledger.Import{}, fmt.Errorf("record refusal of %s: %w", account.File, err)
	}
	place := account.File
	if f.Line > 0 {
		place += fmt.Sprintf(":%d", f.Line)
	}
	if f.Column > 0 {
		place += fmt.Sprintf(":%d", f.Column)
	}
	return refused, &resolute.Error{Code: resolute.Invalid, Message: place + ": " + f.Message}
}

// keepRefusal stores the account of a refused file.
func (r *Register) keepRefusal(ctx context.Context, by resolute.Actor, refused *ledger.Import, f resolute.Finding) error {
	return r.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if refused.ID, err = ledger.Begin(ctx, tx, *refused); err != nil {
			return err
		}
		if err = ledger.AddFindings(ctx, tx, refused.ID, 0, []resolute.Finding{f}); err != nil {
			return err
		}
		refused.Seq, err = audit.Record(ctx, tx, audit.Change{At: r.Now().UnixMilli(), Actor: by.ID, Verb: "refuse", Object: fmt.Sprintf("import/%d", refused.ID),
			About: map[string]any{"kind": refused.Kind, "sha256": refused.SHA256, "rule": f.Rule}})
		if err != nil {
			return err
		}
		return ledger.Close(ctx, tx, *refused)
	})
}

// received hashes and counts the bytes of a file as they come in, before anything unpacks them.
type received struct {
	from  io.Reader
	hash  hash.Hash
	count atomic.Int64
}

func receive(r io.Reader) *received { return &received{from: r, hash: sha256.New()} }

// Read implements io.Reader.
func (r *received) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	r.hash.Write(p[:n]) // a hash never fails
	r.count.Add(int64(n))
	return n, err
}

func (r *received) bytes() int64 { return r.count.Load() }

// drain reads what nobody asked for, so that the hash is that of the whole file.
func (r *received) drain() error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return fmt.Errorf("read to the end: %w", err)
	}
	return nil
}

func (r *received) sum() string { return hex.EncodeToString(r.hash.Sum(nil)) }
