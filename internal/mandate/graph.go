package mandate

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"resolute"
)

// Edge is one citation: a provision of a text in force names another instrument.
type Edge struct {
	From      string `json:"from"`            // key of the instrument whose text cites
	FromLabel string `json:"from_label"`      // its edition
	FromDay   string `json:"from_day"`        // YYYY-MM-DD; empty: not known
	Thread    string `json:"thread"`          // of the provision that cites
	Path      string `json:"path"`            // where that stands in its text
	To        string `json:"to"`              // key of the instrument that is cited
	ID        string `json:"id"`              // with edition and part, as citation ids are written
	Edition   string `json:"edition"`         // 2018, 2015-09-25; empty: none is named
	Part      string `json:"part"`            // resolves_5, 27c; empty: the whole
	Held      bool   `json:"held"`            // a text of the cited instrument is held
	Newest    string `json:"newest"`          // edition that stood on the day asked for, as cited; empty: none known
	Recalled  bool   `json:"newest_recalled"` // that edition was not read in a source
	Standing  string `json:"standing"`        // of the cited edition on the day asked for
	Then      string `json:"standing_then" doc:"Standing on the citing text's own day; empty: that is not known"`

	n, k             int64 // provision and citation within the text, for the order
	fromBody, toBody string
	fromRank, toRank int // of the keys in their order
}

// CitingPair is an instrument whose text in force cites another one.
type CitingPair struct {
	From       string `json:"from"`
	To         string `json:"to"`
	Provisions int    `json:"provisions"` // that cite
	Citations  int    `json:"citations"`
	Older      int    `json:"older"` // citations of an edition that a newer one has replaced
	Held       bool   `json:"held"`

	fromRank, toRank int
	last             int64 // provision that was counted last
}

// What the rows of a graph are.
const (
	ByPair     = "instrument" // who cites whom
	ByCitation = "provision"  // each citation
)

// GraphRows lists what the rows can be; the first is the default.
var GraphRows = []string{ByPair, ByCitation}

// GraphFacets are the fields of which a graph counts the values.
var GraphFacets = []string{"body", "cited_body", "standing"}

// GraphQuery asks for one page of who cites whom. What is empty narrows nothing.
type GraphQuery struct {
	Instrument string // key: it cites or is cited
	From, To   string // keys: what cites, what is cited
	Body       string // of what cites: itu:pp, un:a
	CitedBody  string
	Standing   string // on Day
	Day        string // on which standing is judged
	By         string
	Cursor     string // Next of the page before
	Limit      int    // 0: all
}

// Graph is one page of who cites whom; one of Pairs and Citations is filled, as By asks.
type Graph struct {
	Total     int          `json:"total"`     // rows that match
	Citations int          `json:"citations"` // that match
	Of        int          `json:"of"`        // citations known
	Citing    int          `json:"citing"`    // instruments that cite, of those that match
	Cited     int          `json:"cited"`     // instruments that are cited, of those that match
	Next      string       `json:"next" doc:"Cursor of the next page, empty at the end"`
	Facets    []ShelfFacet `json:"facets"`
	Pairs     []CitingPair `json:"pairs,omitempty"`
	Edges     []Edge       `json:"edges,omitempty"`

	names map[string]Instrument
}

// Instrument gives an instrument of the graph; one that is known by its key alone has kind and number
// from it, and known is false.
func (g Graph) Instrument(key string) (i Instrument, known bool) {
	if i, known = g.names[key]; known {
		return i, true
	}
	parts := partsOfKey(key)
	i = Instrument{Key: key, Body: parts.body, Number: parts.number}
	if parts.kind != "" {
		i.Kind = kindOf(parts.kind)
	}
	return i, false
}

// Graph tells who cites whom in the texts in force; of an instrument or body that is known and has no
// citations, nothing. A value that nothing has, unknown rows and a broken cursor are an Error with
// code Usage.
func (m *Mandate) Graph(ctx context.Context, q GraphQuery) (Graph, error) {
	all, err := m.graph(ctx)
	if err != nil {
		return Graph{}, err
	}
	if err := q.settle(all); err != nil {
		return Graph{}, err
	}
	out := Graph{Of: len(all.edges), names: all.names}
	counts := newShelfCounts(GraphFacets)
	var found []*Edge
	edges := all.judged(q.Day)
	for i := range edges {
		e := &edges[i]
		if !q.about(e) {
			continue
		}
		if misses := q.misses(e); len(misses) == 0 {
			found = append(found, e)
			counts.addEdge(e, GraphFacets...)
		} else if len(misses) == 1 {
			counts.addEdge(e, misses...)
		}
	}
	out.Facets, out.Citations = counts.list(GraphFacets), len(found)
	out.Citing, out.Cited = instrumentsIn(found, len(all.keys))
	if q.By == ByCitation {
		out.Total = len(found)
		out.Edges, out.Next, err = q.edges(found)
		return out, err
	}
	pairs := pairsOf(found, len(all.keys))
	out.Total = len(pairs)
	out.Pairs, out.Next, err = q.pairs(pairs)
	return out, err
}

// CitedBy lists the citations of an instrument in the texts in force, at most limit, judged on a day.
// One that nothing cites has none.
func (m *Mandate) CitedBy(ctx context.Context, instrument, day string, limit int) (Graph, error) {
	g, err := m.Graph(ctx, GraphQuery{To: instrument, Day: day, By: ByCitation, Limit: limit})
	if resolute.CodeOf(err) != resolute.Usage {
		return g, err
	}
	all, err := m.graph(ctx)
	if err != nil {
		return Graph{}, err
	}
	return Graph{Of: len(all.edges), names: all.names}, nil
}

// instrumentsIn tells how many instruments of so many cite and are cited.
func instrumentsIn(found []*Edge, known int) (citing, cited int) {
	from, to := make([]bool, known), make([]bool, known)
	for _, e := range found {
		if !from[e.fromRank] {
			citing++
		}
		if !to[e.toRank] {
			cited++
		}
		from[e.fromRank], to[e.toRank] = true, true
	}
	return citing, cited
}

// settle sets what the rows are and spells values as the graph does.
func (q *GraphQuery) settle(all *graph) error {
	if q.By = cmp.Or(q.By, ByPair); !slices.Contains(GraphRows, q.By) {
		return shelfUsage("by", "unknown rows %q: want %s", q.By, strings.Join(GraphRows, " or "))
	}
	if q.Standing != "" && !slices.Contains(Standings, q.Standing) {
		return shelfUsage("standing", "unknown standing %q: want %s", q.Standing, strings.Join(Standings, ", "))
	}
	for _, asked := range []struct {
		name  string
		value *string
		known map[string]bool
	}{{"instrument", &q.Instrument, all.known}, {"cited_by", &q.From, all.known}, {"cites", &q.To, all.known}, {"body", &q.Body, all.bodies}, {"cited_body", &q.CitedBody, all.bodies}} {
		if err := spell(asked.name, asked.value, asked.known); err != nil {
			return err
		}
	}
	return nil
}

// spell finds a value among the known ones without regard to case.
func spell(name string, asked *string, known map[string]bool) error {
	if *asked == "" || known[*asked] {
		return nil
	}
	for v := range known {
		if strings.EqualFold(v, *asked) {
			*asked = v
			return nil
		}
	}
	if strings.HasSuffix(name, "body") {
		return shelfUsage(name, "unknown body %q: want one such as itu:pp or un:a", *asked)
	}
	return shelfUsage(name, "unknown instrument %q: want a key such as itu:pp/res/140, as resolute mandate find lists them", *asked)
}

// about tells whether a citation is between the instruments that are asked for.
func (q GraphQuery) about(e *Edge) bool {
	return (q.Instrument == "" || e.From == q.Instrument || e.To == q.Instrument) && (q.From == "" || e.From == q.From) && (q.To == "" || e.To == q.To)
}

// misses lists the facets by which a citation is left out.
func (q GraphQuery) misses(e *Edge) (list []string) {
	if q.Body != "" && e.fromBody != q.Body {
		list = append(list, "body")
	}
	if q.CitedBody != "" && e.toBody != q.CitedBody {
		list = append(list, "cited_body")
	}
	if q.Standing != "" && e.Standing != q.Standing {
		list = append(list, "standing")
	}
	return list
}

// addEdge counts a citation in facets.
func (c shelfCounts) addEdge(e *Edge, names ...string) {
	for _, name := range names {
		switch name {
		case "body":
			c[name][e.fromBody]++
		case "cited_body":
			c[name][e.toBody]++
		case "standing":
			c[name][e.Standing]++
		}
	}
}
