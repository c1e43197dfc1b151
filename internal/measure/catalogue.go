package measure

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"resolute/internal/db"
)

// Catalogue is the list of what indicators measure. It is immutable and safe for concurrent readers.
type Catalogue struct {
	list []Concept
	ids  map[string]int
	own  map[string][]int // by the code that a publisher gives, or the concept's own, in lower case
}

//go:embed data/indicators.csv
var builtinIndicators string

// Builtin is the catalogue without imports: the core list of ICT indicators with its cross-walk.
var Builtin = sync.OnceValue(func() *Catalogue {
	rows, findings, err := readIndicators("indicators.csv", strings.NewReader(builtinIndicators), nil)
	if err != nil || len(findings) > 0 {
		panic(fmt.Sprintf("data/indicators.csv: %v %v", findings, err))
	}
	list := make([]Concept, len(rows))
	for i, cells := range rows {
		list[i] = conceptOf(cells)
	}
	return newCatalogue(list)
})

func newCatalogue(list []Concept) *Catalogue {
	c := &Catalogue{list: list, ids: map[string]int{}, own: map[string][]int{}}
	for i, concept := range list {
		c.ids[concept.ID] = i
		keys := []string{strings.ToLower(concept.ID)}
		for _, code := range concept.codes {
			keys = append(keys, strings.ToLower(code.code))
		}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			c.own[key] = append(c.own[key], i)
		}
	}
	return c
}

// with is the catalogue with further concepts: one of a name that is known takes the place of the
// other.
func (c *Catalogue) with(more []Concept) *Catalogue {
	list, ids := slices.Clone(c.list), map[string]int{}
	for i, concept := range list {
		ids[concept.ID] = i
	}
	for _, concept := range more {
		if at, known := ids[concept.ID]; known {
			list[at] = concept
			continue
		}
		ids[concept.ID] = len(list)
		list = append(list, concept)
	}
	return newCatalogue(list)
}

// orBuiltin is the catalogue itself, and for nil the built-in one.
func (c *Catalogue) orBuiltin() *Catalogue {
	if c == nil {
		return Builtin()
	}
	return c
}

// Concepts lists all, the built-in ones first. The slice is shared: do not change it.
func (c *Catalogue) Concepts() []Concept { return c.list }

// Concept finds one by its name.
func (c *Catalogue) Concept(id string) (Concept, bool) {
	i, known := c.ids[id]
	if !known {
		return Concept{}, false
	}
	return c.list[i], true
}

// Of gives the concept of a series; codes compare without regard to case, since sources do not
// agree about it.
func (c *Catalogue) Of(dataflow, indicator, dims string) (Concept, bool) {
	for _, i := range c.own[strings.ToLower(indicator)] {
		code := c.list[i].in(dataflow)
		if strings.EqualFold(code.code, indicator) && code.dims == dims {
			return c.list[i], true
		}
	}
	return Concept{}, false
}

// Evidence gives the concepts whose figures evidence a paragraph, by its alias.
func (c *Catalogue) Evidence(thread string) (ids []string) {
	for _, concept := range c.list {
		if slices.Contains(concept.Threads, thread) {
			ids = append(ids, concept.ID)
		}
	}
	return ids
}

// Catalogue gives the catalogue with what imports say of indicators, as of a change; 0 is now.
func (m *Measure) Catalogue(ctx context.Context, at int64) (c *Catalogue, err error) {
	err = m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err == nil {
			c, err = m.catalogueOf(ctx, q, seq)
		}
		return err
	})
	return c, err
}

func (m *Measure) catalogueOf(ctx context.Context, q db.Queryer, seq int64) (*Catalogue, error) {
	change, err := lastChangeOf(ctx, q, kindIndicators, seq)
	if err != nil {
		return nil, err
	}
	return m.catalogues.at(change, func() (*Catalogue, error) { return readCatalogue(ctx, q, seq) })
}

func readCatalogue(ctx context.Context, q db.Queryer, seq int64) (*Catalogue, error) {
	rows, err := q.Query(ctx, `SELECT d.import, d.cells FROM indicator_definition d JOIN import i ON i.id = d.import
		WHERE `+visible(1)+` ORDER BY i.seq, d.n`, seq)
	if err != nil {
		return nil, fmt.Errorf("read indicators: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var more []Concept
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		cells := map[string]string{}
		if err := json.Unmarshal([]byte(text), &cells); err != nil {
			return nil, fmt.Errorf("an indicator of import %d: %w", id, err)
		}
		concept := conceptOf(cells)
		concept.Import = id
		more = append(more, concept)
	}
	return Builtin().with(more), rows.Err()
}
