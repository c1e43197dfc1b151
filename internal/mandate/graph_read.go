package mandate

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"resolute/internal/db"
)

// How the edition that a citation names stands on a day.
const (
	StandsInForce  = "in-force" // the newest known
	StandsOlder    = "older"    // a newer one stood
	StandsFollowed = "followed" // another instrument has taken the place of the cited one
	StandsUnnamed  = "unnamed"  // the citation names no edition: the one in force is meant
	StandsUnknown  = "unknown"  // nothing is known of the editions
)

// Standings lists how a cited edition can stand.
var Standings = []string{StandsInForce, StandsOlder, StandsFollowed, StandsUnnamed, StandsUnknown}

// graph is all citations of the texts in force, and what is known of the instruments they name. It
// is shared: nobody changes it.
type graph struct {
	edges    []Edge // not judged on any day
	names    map[string]Instrument
	editions map[string][]stood // known and held, by key, the oldest first
	keys     map[string]bool    // that cite or are cited
	known    map[string]bool    // keys that may be asked for: those, and of every instrument that is known
	bodies   map[string]bool    // of those
	held     map[string]bool    // of which a text is held

	lock  sync.Mutex
	day   string
	onDay []Edge // judged on it
}

// graphs keeps the graph that was read last, for as long as no text moves.
type graphs struct {
	lock  sync.Mutex
	state textsState
	all   *graph
}

func (m *Mandate) graph(ctx context.Context) (*graph, error) {
	state, err := readTextsState(ctx, m.DB)
	if err != nil {
		return nil, err
	}
	k := &m.graphs
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.all != nil && k.state == state {
		return k.all, nil
	}
	all, err := m.readGraph(ctx)
	if err == nil {
		k.state, k.all = state, all
	}
	return all, err
}

func (m *Mandate) readGraph(ctx context.Context) (*graph, error) {
	held, err := m.Revisions(ctx, "")
	if err != nil {
		return nil, err
	}
	g := newGraph(held)
	g.edges, err = readEdges(ctx, m.DB)
	if err != nil {
		return nil, err
	}
	bodies := map[string]string{} // by key
	body := func(key string) string {
		if bodies[key] == "" {
			bodies[key] = bodyOf(key)
			g.keys[key], g.known[key], g.bodies[bodies[key]] = true, true, true
		}
		return bodies[key]
	}
	for i := range g.edges {
		e := &g.edges[i]
		e.fromBody, e.toBody, e.Held = body(e.From), body(e.To), g.held[e.To]
		if e.FromDay != "" {
			e.Then = g.standing(e, e.FromDay)
		}
	}
	g.rank()
	return g, nil
}

// rank gives each key its place in their order.
func (g *graph) rank() {
	ranks := make(map[string]int, len(g.keys))
	for i, key := range slices.Sorted(maps.Keys(g.keys)) {
		ranks[key] = i
	}
	for i := range g.edges {
		e := &g.edges[i]
		e.fromRank, e.toRank = ranks[e.From], ranks[e.To]
	}
}

// judged gives all citations judged on a day. They are shared: nobody changes them.
func (g *graph) judged(day string) []Edge {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.onDay == nil || g.day != day {
		g.day, g.onDay = day, slices.Clone(g.edges)
		for i := range g.onDay {
			g.judge(&g.onDay[i], day)
		}
	}
	return g.onDay
}

// newGraph takes up what is known of instruments: the table, and the texts held.
func newGraph(held []Revision) *graph {
	g := &graph{names: map[string]Instrument{}, editions: map[string][]stood{}, keys: map[string]bool{}, known: map[string]bool{}, bodies: map[string]bool{}, held: map[string]bool{}}
	for _, i := range Instruments() {
		g.names[i.Key] = i
		for _, e := range i.Editions {
			g.editions[i.Key] = append(g.editions[i.Key], stood{e.Day, e.Label(), e.Sure()})
		}
	}
	for _, r := range held {
		g.held[r.Instrument] = true
		if _, known := g.names[r.Instrument]; !known {
			g.names[r.Instrument] = Instrument{Key: r.Instrument, Kind: r.Kind, Number: r.Number}
		}
		g.editions[r.Instrument] = withText(g.editions[r.Instrument], r)
	}
	for key := range g.names {
		g.known[key], g.bodies[bodyOf(key)] = true, true
	}
	for key, list := range g.editions {
		slices.SortStableFunc(list, func(a, b stood) int { return strings.Compare(a.day, b.day) })
		g.editions[key] = list
	}
	return g
}

// stood is an edition that is known from the table or from its text. Its day is its last; sure tells
// that it was read in a source.
type stood struct {
	day, label string
	sure       bool
}

// withText adds the edition of a text held to those that are known; one that mixes two revisions,
// or has no day, is none.
func withText(list []stood, r Revision) []stood {
	if r.Mixed || len(r.Day) < 4 {
		return list
	}
	for i, e := range list {
		if strings.EqualFold(e.label, r.Label) || e.day == r.Day {
			list[i].sure = true // its text was read
			return list
		}
	}
	return append(list, stood{r.Day, cmp.Or(r.Label, r.Day), true})
}

// bodyOf is the body that a key names; of what no body numbered its family: wsis, un:s.
func bodyOf(key string) string {
	if parts := partsOfKey(key); parts.kind != "" {
		return parts.body
	}
	body, _, found := strings.Cut(key, "/")
	if !found {
		body, _, _ = strings.Cut(key, ":")
	}
	return body
}

// readEdges reads the citations of all texts in force in the order of instruments and texts.
func readEdges(ctx context.Context, q db.Queryer) ([]Edge, error) {
	rows, err := q.Query(ctx, `SELECT r.instrument, r.label, r.day, c.thread, p.path, p.n, c.n, c.key, c.id FROM revision r
		JOIN citation c ON c.revision = r.id JOIN provision p ON p.revision = c.revision AND p.thread = c.thread
		WHERE`+inForce+`ORDER BY r.instrument, p.n, c.n`)
	if err != nil {
		return nil, fmt.Errorf("read who cites whom: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Edge
	for rows.Next() {
		var e Edge
		if err := rows.Scan(&e.From, &e.FromLabel, &e.FromDay, &e.Thread, &e.Path, &e.n, &e.k, &e.To, &e.ID); err != nil {
			return nil, err
		}
		e.Edition, e.Part = partsOfID(e.ID)
		list = append(list, e)
	}
	return list, rows.Err()
}

// partsOfID takes edition and part from a citation id.
func partsOfID(id string) (edition, part string) {
	id, part, _ = strings.Cut(id, "#")
	_, edition, _ = strings.Cut(id, "@")
	return edition, part
}

// judge fills how the cited edition stands on a day.
func (g *graph) judge(e *Edge, day string) {
	if newest, known := newestOn(g.editions[e.To], day); known {
		e.Newest, e.Recalled = newest.label, !newest.sure
	}
	e.Standing = g.standing(e, day)
}

func (g *graph) standing(e *Edge, day string) string {
	if i := g.names[e.To]; i.FollowedBy != "" && i.FollowedOn <= day && i.FollowedBy != e.From {
		return StandsFollowed
	}
	if e.Edition == "" {
		return StandsUnnamed
	}
	newest, known := newestOn(g.editions[e.To], day)
	switch {
	case !known:
		return StandsUnknown
	case strings.HasPrefix(newest.day, e.Edition):
		return StandsInForce
	case newest.day > e.Edition && g.revised(e.To, e.Edition):
		return StandsOlder
	}
	return StandsUnknown
}

// revised tells whether an edition is one of several that are known. Bodies that never revise a text
// cite it by days that differ from the printed one.
func (g *graph) revised(key, edition string) bool {
	list := g.editions[key]
	return len(g.names[key].Editions) > 0 || slices.ContainsFunc(list, func(e stood) bool { return strings.HasPrefix(e.day, edition) })
}

// newestOn is the edition that stood on a day, of a list with the oldest first.
func newestOn(list []stood, day string) (stood, bool) {
	for _, e := range slices.Backward(list) {
		if e.day <= day {
			return e, true
		}
	}
	return stood{}, false
}

// Cites lists what a text cites outside itself, in its order, judged on a day.
func (m *Mandate) Cites(ctx context.Context, r *Reading, day string) ([]Edge, error) {
	all, err := m.graph(ctx)
	if err != nil {
		return nil, err
	}
	var list []Edge
	for _, w := range r.Provisions {
		for _, c := range r.CitationsOf(w.Thread) {
			for _, t := range c.Targets {
				if t.Key == "" || t.Key == selfKey {
					continue
				}
				e := Edge{From: r.Instrument, FromLabel: r.Label, FromDay: r.Day, Thread: w.Thread, Path: w.Path, To: t.Key, ID: t.ID(), Held: all.held[t.Key]}
				e.Edition, e.Part = partsOfID(e.ID)
				all.judge(&e, day)
				if e.FromDay != "" {
					e.Then = all.standing(&e, e.FromDay)
				}
				list = append(list, e)
			}
		}
	}
	return list, nil
}
