package register

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
)

// FindingLinkedUnknown is an activity that another one names and that nobody here has.
const FindingLinkedUnknown = "linked-activity-unknown"

// mention is one place at which an activity names another one by its identifier.
type mention struct {
	Ref  string `json:"r"`
	Path string `json:"p"`
	Line int    `json:"l,omitempty"`
}

// mostMentions bounds how many others one activity names, as far as we look.
const mostMentions = 1000

// mentionsOf gives the other activities that an activity names, each once: related ones, those of
// its participants, and those from which its money comes or to which it goes.
func mentionsOf(a iati.Activity) []mention {
	var list []mention
	have := map[string]bool{strings.TrimSpace(a.Identifier): true, "": true}
	add := func(ref, path string, line int) {
		if ref = strings.TrimSpace(ref); !have[ref] && len(list) < mostMentions {
			have[ref] = true
			list = append(list, mention{ref, path, line})
		}
	}
	for _, r := range a.Related {
		add(r.Ref, "related-activity/@ref", r.Line)
	}
	for _, p := range a.Participants {
		add(p.ActivityRef, "participating-org/@activity-id", p.Line)
	}
	for _, t := range a.Transactions {
		add(t.Provider.ActivityRef, "transaction/provider-org/@provider-activity-id", t.Line)
		add(t.Receiver.ActivityRef, "transaction/receiver-org/@receiver-activity-id", t.Line)
	}
	for _, d := range a.PlannedDisbursements {
		add(d.Provider.ActivityRef, "planned-disbursement/provider-org/@provider-activity-id", d.Line)
		add(d.Receiver.ActivityRef, "planned-disbursement/receiver-org/@receiver-activity-id", d.Line)
	}
	return list
}

// moveMentions gives mentions whose lines count from elsewhere.
func moveMentions(mentions []mention, lines int) []mention {
	moved := slices.Clone(mentions)
	for i := range moved {
		moved[i].Line += lines
	}
	return moved
}

// links gathers which activities a file holds and which it names. It forgets what it finds, so that
// it stays small.
type links struct {
	seed    maphash.Seed
	held    []uint64           // hashes of the identifiers of the file
	waiting map[string]waiting // named and not found, by identifier
	room    int                // how many may wait before they are looked for
	missed  int                // mentions for which there was no room
}

// waiting is an activity that was named: where first, and how often.
type waiting struct {
	mention
	record string
	n      int
}

// What a file may name and not hold.
const (
	fewWaiting  = 50_000
	mostWaiting = 400_000
)

func newLinks() *links {
	return &links{seed: maphash.MakeSeed(), waiting: map[string]waiting{}, room: fewWaiting}
}

// take notes what a record is and names.
func (l *links) take(r *record) {
	if id := strings.TrimSpace(r.Identifier); id != "" {
		l.held = append(l.held, maphash.String(l.seed, id))
	}
	for _, m := range r.mentions {
		w, there := l.waiting[m.Ref]
		switch {
		case !there && len(l.waiting) >= mostWaiting:
			l.missed++
			continue
		case !there:
			w = waiting{mention: m, record: r.Identifier}
		}
		w.n++
		l.waiting[m.Ref] = w
	}
}

// crowded tells that it is time to look for what was named.
func (l *links) crowded() bool { return len(l.waiting) >= l.room }

// settle forgets what the file so far or the register holds.
func (l *links) settle(ctx context.Context, q db.Queryer) error {
	slices.Sort(l.held)
	maps.DeleteFunc(l.waiting, func(ref string, _ waiting) bool {
		_, found := slices.BinarySearch(l.held, maphash.String(l.seed, ref))
		return found
	})
	for some := range slices.Chunk(slices.Sorted(maps.Keys(l.waiting)), lookupIDs) {
		known, err := knownIdentifiers(ctx, q, some)
		if err != nil {
			return err
		}
		for ref := range known {
			delete(l.waiting, ref)
		}
	}
	l.room = min(max(fewWaiting, 2*len(l.waiting)), mostWaiting)
	if len(l.waiting) >= mostWaiting {
		l.room = mostWaiting + 1 // looking again would find as little
	}
	return nil
}

// findings tells of what is named and nowhere to be found: the first, and how many more.
func (l *links) findings() []resolute.Finding {
	list := slices.SortedFunc(maps.Values(l.waiting), func(a, b waiting) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Ref, b.Ref))
	})
	var findings []resolute.Finding
	for _, w := range list[:min(len(list), listedPerKind)] {
		message := fmt.Sprintf("%s names the activity %s, which neither this file nor the register holds", w.record, w.Ref)
		if w.n > 1 {
			message = fmt.Sprintf("%s and %d more activities name %s, which neither this file nor the register holds", w.record, w.n-1, w.Ref)
		}
		findings = append(findings, resolute.Finding{Rule: FindingLinkedUnknown, Severity: resolute.SeverityNote, Record: w.record, Line: w.Line, Path: w.Path,
			Found: w.Ref, Expected: "the identifier of an activity that exists", Message: message})
	}
	if more := len(list) - len(findings); more > 0 || l.missed > 0 {
		message := fmt.Sprintf("%d more activities that nobody here has are named", more)
		if l.missed > 0 {
			message += fmt.Sprintf("; %d further mentions were not looked at", l.missed)
		}
		findings = append(findings, resolute.Finding{Rule: FindingUntold, Severity: resolute.SeverityNote, Found: fmt.Sprint(more + l.missed), Expected: "none",
			Message: message + "; resolute check --only " + FindingLinkedUnknown + " lists them"})
	}
	return findings
}

// linkedNowhere lists the activities that readers see and that name one which nobody here has. It
// reads two tables from end to end and holds a number for each identifier.
func linkedNowhere(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	seed := maphash.MakeSeed()
	held, err := identifierHashes(ctx, q, seed)
	if err != nil {
		return found, err
	}
	pack, err := newPacker()
	if err != nil {
		return found, err
	}
	rows, err := q.Query(ctx, `SELECT a.key, a.iati_id, r.told FROM reading r JOIN activity a ON a.version = r.version
		JOIN current c ON c.key = a.key AND c.version = a.version WHERE r.mentions > 0 ORDER BY r.version`)
	if err != nil {
		return found, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key, identifier string
		var packed []byte
		if err := rows.Scan(&key, &identifier, &packed); err != nil {
			return found, err
		}
		t, _ := pack.unpackTold(packed) // what cannot be read tells nothing
		for _, m := range t.Mentions {
			if _, ok := slices.BinarySearch(held, maphash.String(seed, m.Ref)); !ok {
				found.Add(limit, key, fmt.Sprintf("%s names %s (%s), which is nowhere here", identifier, m.Ref, m.Path))
			}
		}
	}
	return found, rows.Err()
}

// identifierHashes gives a number for each identifier that readers see, in order.
func identifierHashes(ctx context.Context, q db.Queryer, seed maphash.Seed) ([]uint64, error) {
	rows, err := q.Query(ctx, `SELECT a.iati_id FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []uint64
	for rows.Next() {
		var identifier string
		if err := rows.Scan(&identifier); err != nil {
			return nil, err
		}
		list = append(list, maphash.String(seed, strings.TrimSpace(identifier)))
	}
	slices.Sort(list)
	return list, rows.Err()
}

// knownIdentifiers tells which of a few identifiers readers see.
func knownIdentifiers(ctx context.Context, q db.Queryer, some []string) (map[string]bool, error) {
	args, marks := make([]any, len(some)), make([]string, len(some))
	for i, id := range some {
		args[i], marks[i] = id, fmt.Sprintf("$%d", i+1)
	}
	rows, err := q.Query(ctx, `SELECT DISTINCT a.iati_id FROM activity a JOIN current c ON c.version = a.version AND c.key = a.key WHERE a.iati_id IN (`+strings.Join(marks, ", ")+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("look up named activities: %w", err)
	}
	defer func() { _ = rows.Close() }()
	known := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		known[id] = true
	}
	return known, rows.Err()
}
