package columns_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"resolute/internal/measure/columns"
	"resolute/internal/measure/statfile"
)

type observation struct {
	indicator, area string
	year            int
	value           float64
	estimated       bool
}

func random(r *rand.Rand, n int) (list []observation) {
	seen := map[string]bool{}
	for range n {
		o := observation{string(rune('a' + r.IntN(5))), string(rune('A' + r.IntN(7))), 2000 + r.IntN(9), float64(r.IntN(100)), r.IntN(3) == 0}
		if id := fmt.Sprint(o.indicator, o.area, o.year); !seen[id] {
			seen[id] = true
			list = append(list, o)
		}
	}
	return list
}

func build(t testing.TB, list []observation) *columns.Columns {
	t.Helper()
	var b columns.Builder
	for _, o := range list {
		if err := b.Add("F", o.indicator, "{}", o.area, o.year, o.value, o.estimated); err != nil {
			t.Fatal(err)
		}
	}
	return b.Build()
}

// The answers are those of a plain walk, and do not depend on the order in which observations came.
func TestAnswersEqualAPlainWalk(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 60 {
		list := random(r, 150)
		c := build(t, list)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		shuffled := build(t, list)
		groups := map[string]int{"A": 0, "B": 0, "C": 1, "D": 1, "E": 1, "F": -1, "G": 2}
		g := columns.Grouping{Groups: 3}
		for _, area := range c.Areas() {
			g.Of = append(g.Of, groups[area])
		}
		got := c.Aggregate(g)
		if !slices.Equal(got, shuffled.Aggregate(g)) {
			t.Fatal("the order of the observations changes the sums")
		}
		total := 0
		for _, s := range got {
			var want columns.Sum
			for _, o := range list {
				if o.indicator == c.Keys()[s.Key].Indicator && groups[o.area] == s.Group && o.year == s.Year {
					want.Areas, want.Total, want.Weight = want.Areas+1, want.Total+o.value, want.Weight+1
					if o.estimated {
						want.Estimated++
					}
				}
			}
			if s.Areas != want.Areas || s.Total != want.Total || s.Weight != want.Weight || s.Estimated != want.Estimated {
				t.Fatalf("got %+v, want %+v", s, want)
			}
			total += s.Areas
		}
		in := 0
		for _, o := range list {
			if groups[o.area] >= 0 {
				in++
			}
		}
		if total != in {
			t.Fatalf("%d observations are in sums, want %d", total, in)
		}
		for _, k := range c.Keys() {
			for _, v := range c.Latest(k) {
				want := observation{year: -1}
				for _, o := range list {
					if o.indicator == k.Indicator && o.area == v.Area && o.year > want.year {
						want = o
					}
				}
				if v.Year != want.year || v.Value != want.value || v.Estimated != want.estimated {
					t.Fatalf("latest of %v: got %+v, want %+v", k, v, want)
				}
			}
		}
	}
}

func TestWeightsAndRepeats(t *testing.T) {
	c := build(t, []observation{{"u", "B", 2021, 10, false}, {"u", "A", 2021, 50, true}, {"u", "B", 2020, 5, false}, {"u", "B", 2021, 99, false}, {"u", "C", 2021, 70, false}})
	if got := c.Series(columns.Key{"F", "u", "{}"}, "B"); len(got) != 2 || got[1].Value != 10 {
		t.Errorf("the first of two values of one year stays: got %+v", got)
	}
	weights := map[string]float64{"A": 1, "B": 3}
	sums := c.Aggregate(columns.Grouping{Of: []int{0, 0, 0}, Groups: 1, Weights: func(area, _ int) float64 { return weights[c.Areas()[area]] }})
	if last := sums[len(sums)-1]; last.Year != 2021 || last.Areas != 2 || last.Mean() != 20 || last.Estimated != 1 {
		t.Errorf("by weight, without C whose weight is not known: got %+v", sums)
	}
	if len(c.Latest(columns.Key{"F", "none", "{}"})) != 0 || build(t, nil).Aggregate(columns.Grouping{Groups: 1}) != nil {
		t.Error("nothing has no answer")
	}
	var b columns.Builder
	if err := b.Add("F", "u", "{}", "A", 99999, 1, false); err == nil {
		t.Error("a year of six digits was taken")
	}
}

// size is the number of series of the benchmarks: 1,962 give ten million observations.
func size() int {
	if n, err := strconv.Atoi(os.Getenv("RESOLUTE_BENCH_SERIES")); err == nil {
		return n
	}
	return 50
}

// made has as many series as size says, each in 204 areas and 25 years.
func made(b *testing.B) *columns.Columns {
	b.Helper()
	var builder columns.Builder
	for s := range size() {
		for area := range 204 {
			for year := range 25 {
				if err := builder.Add("F", fmt.Sprintf("s%04d", s), "{}", fmt.Sprintf("A%03d", area), 2000+year, float64(area+year), year%2 == 0); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	return builder.Build()
}

func BenchmarkAggregate(b *testing.B) {
	c := made(b)
	g := columns.Grouping{Groups: 6, Of: make([]int, len(c.Areas()))}
	weights := make([]float64, len(c.Areas()))
	for i := range g.Of {
		g.Of[i], weights[i] = i%6, float64(i+1)
	}
	g.Weights = func(area, _ int) float64 { return weights[area] }
	for b.Loop() {
		c.Aggregate(g)
	}
}

func BenchmarkLatest(b *testing.B) {
	c := made(b)
	k := c.Keys()[len(c.Keys())/2]
	for b.Loop() {
		if len(c.Latest(k)) != 204 {
			b.Fatal("areas are missing")
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("indicator,area,period,value,status\n")
	for s := range size() {
		for area := range 204 {
			for year := range 25 {
				fmt.Fprintf(&file, "s%04d,A%03d,%d,%.6f,\n", s, area, 2000+year, math.Sqrt(float64(s+area+year)))
			}
		}
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		c, err := columns.Load(bytes.NewReader(file.Bytes()), "f.csv", statfile.Options{})
		if err != nil || c.Len() != size()*204*25 {
			b.Fatal(c.Len(), err)
		}
	}
}
