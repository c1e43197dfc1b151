package measure

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"resolute/internal/db"
	"resolute/internal/measure/dataquery"
)

// stock is what the series of one table hold, without their values: questions for what there is are
// answered from it. It is reckoned from all series once for each state and shared: nobody may write to
// it. A series takes four bytes for each dimension and four more; most have the periods of others.
type stock struct {
	codes   []numbered        // of each dimension, in the order of the dataflow
	keys    []uint32          // of the series one behind the other, as many codes as there are dimensions
	held    []uint32          // of each series the place of its observations in sets
	sets    [][]uint32        // different lists of observations: a period, twice its number, and one more where the value is words
	periods numbered          // as they are written
	days    []days            // of each period
	areas   map[string]string // names of areas by their codes, as sources print them
	whole   *holding
}

// numbered gives texts numbers in the order in which they come.
type numbered struct {
	texts   []string
	numbers map[string]uint32
}

func (n *numbered) of(text string) (number uint32, fresh bool) {
	number, met := n.numbers[text]
	if !met {
		number = uint32(len(n.texts))
		n.texts, n.numbers[text] = append(n.texts, text), number
	}
	return number, !met
}

// stocks gives what each dataflow holds at a sequence.
func (m *Measure) stocks(ctx context.Context, seq int64) (all map[string]*stock, err error) {
	err = m.DB.View(ctx, func(q db.Queryer) error {
		change, err := lastChange(ctx, q, seq)
		if err != nil {
			return err
		}
		tables, err := m.tablesOf(ctx, q, seq)
		if err != nil {
			return err
		}
		all, err = m.stocked.at(change, func() (map[string]*stock, error) { return takeStock(ctx, q, seq, tables) })
		return err
	})
	return all, err
}

// holdings gives all that each dataflow holds at a sequence. It is shared: nobody may write to it.
func (m *Measure) holdings(ctx context.Context, seq int64) (map[string]*holding, error) {
	all, err := m.stocks(ctx, seq)
	held := map[string]*holding{}
	for flow, s := range all {
		held[flow] = s.whole
	}
	return held, err
}

// takeStock walks through all series.
func takeStock(ctx context.Context, q db.Queryer, seq int64, tables []tableDims) (map[string]*stock, error) {
	flows, all := map[string]*Flow{}, map[string]*taking{}
	for _, f := range flowsOf(tables, nil) {
		flows[f.Name], all[f.Name] = f, newTaking(len(f.Dimensions))
	}
	err := eachBody(ctx, q, seq, narrowed{}, "", func(s *Series, body []byte) error {
		return all[s.Dataflow].add(flows[s.Dataflow].codes(s), s.AreaName, body)
	})
	if err != nil {
		return nil, err
	}
	taken := map[string]*stock{}
	for name, t := range all {
		t.whole = t.choose(flows[name], Selection{})
		taken[name] = &t.stock
	}
	return taken, nil
}

// taking is a stock that is being made.
type taking struct {
	stock
	places map[string]uint32 // of lists of observations, as bytes
	list   []uint32          // observations of the series at hand
	bytes  []byte
}

func newTaking(dimensions int) *taking {
	t := &taking{places: map[string]uint32{}}
	t.areas, t.periods.numbers = map[string]string{}, map[string]uint32{}
	for range dimensions {
		t.codes = append(t.codes, numbered{numbers: map[string]uint32{}})
	}
	return t
}

// add takes up a series. Of several names of an area the first in order stays.
func (t *taking) add(codes []string, areaName string, body []byte) error {
	for i, code := range codes {
		number, _ := t.codes[i].of(code)
		t.keys = append(t.keys, number)
	}
	if known := t.areas[codes[1]]; areaName != "" && (known == "" || areaName < known) {
		t.areas[codes[1]] = areaName
	}
	t.list, t.bytes = t.list[:0], t.bytes[:0]
	err := skim(body, t.observe)
	if err != nil {
		return err
	}
	for _, o := range t.list {
		t.bytes = binary.LittleEndian.AppendUint32(t.bytes, o)
	}
	place, met := t.places[string(t.bytes)]
	if !met {
		place = uint32(len(t.sets))
		t.places[string(t.bytes)], t.sets = place, append(t.sets, slices.Clone(t.list))
	}
	t.held = append(t.held, place)
	return nil
}

func (t *taking) observe(period string, words bool) {
	number, met := t.periods.numbers[period]
	if !met {
		number, _ = t.periods.of(strings.Clone(period)) // it stands in a whole body
		t.days = append(t.days, daysOf(period))
	}
	number *= 2
	if words {
		number++
	}
	t.list = append(t.list, number)
}

// choose gives what is held of the series and periods that a selection chooses.
func (s *stock) choose(f *Flow, from Selection) *holding {
	h := newHolding(len(s.codes))
	h.areas = s.areas
	sums := s.sums(from.Query)
	met := make([][]bool, len(s.codes))
	for i, codes := range s.codes {
		met[i] = make([]bool, len(codes.texts))
	}
	key := make([]string, len(s.codes))
	for n, set := range s.held {
		numbers := s.keys[n*len(key) : (n+1)*len(key)]
		for i, number := range numbers {
			key[i] = s.codes[i].texts[number]
		}
		if sums[set].observations == 0 || !from.wantsKey(f, key) {
			continue
		}
		for i, number := range numbers {
			met[i][number] = true
		}
		h.series++
		h.join(sums[set])
	}
	for i, codes := range met {
		for number, there := range codes {
			if there {
				h.codes[i][s.codes[i].texts[number]] = true
			}
		}
	}
	return h
}

// sums tells of each list of observations what a question chooses of it by its periods.
func (s *stock) sums(q dataquery.Query) []extent {
	chosen := make([]bool, len(s.periods.texts))
	for number, period := range s.periods.texts {
		chosen[number] = q.Holds(func(id string) (string, bool) { return period, id == timeDimension })
	}
	sums := make([]extent, len(s.sets))
	for i, set := range s.sets {
		for _, o := range set {
			if number := o / 2; chosen[number] {
				sums[i].observe(s.days[number], o%2 == 1)
			}
		}
	}
	return sums
}

// daysOf gives the days of a period that is held.
func (s *stock) daysOf(period string) days { return s.days[s.periods.numbers[period]] }
