package composite_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"resolute/internal/measure/composite"
)

// Korea 2010, the worked box of ITU's Measuring the Information Society; see docs/reference/measures.md
// for the goalpost of mobile telephony, which the box misprints.
func TestIndexOfKorea2010(t *testing.T) {
	tree, err := composite.Builtin("idi-2009")
	if err != nil {
		t.Fatal(err)
	}
	korea := map[string]float64{"fixed_tel": 59.2, "mobile": 105.4, "bandwidth_bps_per_user": 11878.4, "hh_computer": 82, "hh_internet": 97,
		"users": 84, "fixed_bb": 36.6, "mobile_bb": 91.0, "literacy": 97.9, "secondary": 102, "tertiary": 99}
	scores, err := tree.Score(korea)
	if err != nil {
		t.Fatal(err)
	}
	for node, want := range map[string]float64{"access": 8.219785, "use": 7.866667, "skills": 9.896667, "secondary": 10, "idi": 8.4139} {
		if math.Abs(scores[node]-want) > 1e-4 {
			t.Errorf("%s: got %v, want %v", node, scores[node], want)
		}
	}
	delete(korea, "users")
	scores, err = tree.Score(korea)
	if _, whole := scores["idi"]; whole || err != nil {
		t.Errorf("without a value there is no index: got %v, %v", scores, err)
	}
	if _, access := scores["access"]; !access {
		t.Error("what does not need the missing value has its score")
	}
}

func TestIndexWithoutGoalpostsIsRefused(t *testing.T) {
	tree, err := composite.Builtin("idi-2023")
	if err != nil {
		t.Fatal(err)
	}
	if scores, err := tree.Score(map[string]float64{"i99H": 90}); !errors.Is(err, composite.ErrGoalposts) {
		t.Errorf("got %v, %v", scores, err)
	}
	posts := map[string][2]float64{}
	for _, id := range tree.Missing() {
		posts[id] = [2]float64{0, 100}
	}
	posts["i271mb_high_ts_GNI_IDI"] = [2]float64{10, 0} // less is better
	posts["i136mwi_subs_IDI"], posts["i135tfb_subs_IDI"] = [2]float64{0, 2}, [2]float64{0, 3}
	tree, err = tree.WithGoalposts(posts)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{"i99H": 90, "xHH6_IDI": 80, "i911mw_IDI": 150, "coverage": 99, "i136mwi_subs_IDI": 10, "i135tfb_subs_IDI": 1000,
		"i271mb_high_ts_GNI_IDI": 2, "i154_FBB_ts_GNI_IDI": 50, "xHH18_IDI": 71.2}
	scores, err := tree.Score(values)
	if err != nil {
		t.Fatal(err)
	}
	// universal (90+80+100)/3 = 90; meaningful (99+50+100+80+50+71.2)/6 = 75.0333; index 82.5167
	for node, want := range map[string]float64{"i911mw_IDI": 100, "universal": 90, "i271mb_high_ts_GNI_IDI": 80, "meaningful": 450.2 / 6, "idi": 82.5} {
		if math.Abs(scores[node]-want) > 1e-9 {
			t.Errorf("%s: got %v, want %v", node, scores[node], want)
		}
	}
	if got := tree.GroupMean([]float64{82.54, 70.06}); math.Abs(got-76.3) > 1e-9 {
		t.Errorf("group: got %v, want the mean of 82.5 and 70.1", got)
	}
	if _, err := tree.WithGoalposts(map[string][2]float64{"nothing": {0, 1}}); !errors.Is(err, composite.ErrTree) {
		t.Errorf("goalposts of an unknown indicator: got %v", err)
	}
}

func TestTreeOfOneOwnFile(t *testing.T) {
	tree, err := composite.Read(strings.NewReader(`{"id":"x@1","scale":10,"root":{"id":"whole","parts":[{"id":"a","weight":1,"goalposts":[0,100]},{"id":"inner","weight":1,"parts":[{"id":"b","weight":1,"goalposts":[0,3]}]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(tree.Branches(), " ") + "; " + strings.Join(tree.Indicators(), " "); got != "whole inner; a b" {
		t.Errorf("got %s", got)
	}
	scores, err := tree.Score(map[string]float64{"a": 50, "b": 1})
	if want := (5 + 10.0/3) / 2; err != nil || math.Abs(scores["whole"]-want) > 1e-12 {
		t.Errorf("got %v, %v; nothing says that %v is rounded", scores, err, want)
	}
	if got := tree.GroupMean([]float64{1.26, 1.24}); math.Abs(got-1.25) > 1e-12 {
		t.Errorf("group: got %v, want 1.25", got)
	}
	if _, err := tree.WithGoalposts(map[string][2]float64{"inner": {0, 1}}); !errors.Is(err, composite.ErrTree) {
		t.Errorf("goalposts of a branch: got %v", err)
	}
}

// nested is a tree of so many branches below each other.
func nested(depth int) string {
	text := ""
	for i := range depth {
		text += fmt.Sprintf(`{"id":"n%d","weight":1,"parts":[`, i)
	}
	return text + `{"id":"leaf","weight":1}` + strings.Repeat("]}", depth)
}

// Whatever is read as a tree gives each area an index within its scale, or none.
func FuzzTree(f *testing.F) {
	for _, text := range []string{`{"id":"x@1","scale":10,"decimals":1,"root":{"id":"w","parts":[{"id":"a","weight":1,"goalposts":[0,100]},{"id":"b","weight":2,"log10":true,"goalposts":[3,0]}]}}`, `{`, nested(30)} {
		f.Add([]byte(text), 50.0)
	}
	f.Fuzz(func(t *testing.T, text []byte, value float64) {
		tree, err := composite.Read(bytes.NewReader(text))
		if err != nil {
			if !errors.Is(err, composite.ErrTree) {
				t.Fatal(err)
			}
			return
		}
		values := map[string]float64{}
		for _, id := range tree.Indicators() {
			values[id] = value
		}
		scores, err := tree.Score(values)
		for id, s := range scores {
			if !(s >= 0 && s <= tree.Scale*(1+1e-9)+1) {
				t.Errorf("%s scores %v of %v (%v)", id, s, tree.Scale, err)
			}
		}
	})
}

func TestMethodFilesThatAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no id":            `{"scale":1,"root":{"id":"a"}}`,
		"no scale":         `{"id":"x@1","root":{"id":"a"}}`,
		"id twice":         `{"id":"x@1","scale":1,"root":{"id":"a","parts":[{"id":"a","weight":1}]}}`,
		"no weight":        `{"id":"x@1","scale":1,"root":{"id":"a","parts":[{"id":"b"}]}}`,
		"equal goalposts":  `{"id":"x@1","scale":1,"root":{"id":"a","goalposts":[1,1]}}`,
		"unknown field":    `{"id":"x@1","scale":1,"colour":"red","root":{"id":"a"}}`,
		"not an object":    `[]`,
		"behind it":        `{"id":"x@1","scale":1,"root":{"id":"a"}} {}`,
		"endless scale":    `{"id":"x@1","scale":1e300,"root":{"id":"a"}}`,
		"huge weight":      `{"id":"x@1","scale":1,"root":{"id":"a","parts":[{"id":"b","weight":1e300}]}}`,
		"weight below 0":   `{"id":"x@1","scale":1,"root":{"id":"a","parts":[{"id":"b","weight":-1}]}}`,
		"far goalposts":    `{"id":"x@1","scale":1,"root":{"id":"a","goalposts":[0,1e300]}}`,
		"endless decimals": `{"id":"x@1","scale":1,"decimals":400,"root":{"id":"a"}}`,
		"not a number":     `{"id":"x@1","scale":NaN,"root":{"id":"a"}}`,
		"too large":        `{"id":"` + strings.Repeat("x", 1<<20) + `","scale":1,"root":{"id":"a"}}`,
		"too deep":         `{"id":"x@1","scale":1,"root":` + nested(21) + `}`,
		"cut off":          `{"id":"x@1","scale":1,"root":{"id":`,
		"goalposts inside": `{"id":"x@1","scale":1,"root":{"id":"a","goalposts":[0,1],"parts":[{"id":"b","weight":1}]}}`,
	} {
		if _, err := composite.Read(strings.NewReader(text)); !errors.Is(err, composite.ErrTree) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
