package register

import (
	"testing"

	"pgregory.net/rapid"
)

// run pairs the contents of one identity of a file with what stands and gives for each record
// the occurrence it continues, and whether it is unchanged.
func run(before []standing, file []string) (occurrences []int, unchanged []bool, p *pairing) {
	p = newPairing()
	id := identityOf("R", "A")
	slots := make([]slot, len(file))
	for i, content := range file {
		placed := p.place(arrival{id: id, hash: []byte(content), line: i + 1}, before)
		slots[i] = placed.slot
		occurrences, unchanged = append(occurrences, placed.occurrence), append(unchanged, placed.unchanged)
	}
	if g := p.groups[id]; g != nil {
		for s, n := range g.settle() {
			for i := range slots {
				if slots[i] == s {
					occurrences[i] = n
				}
			}
		}
	}
	return occurrences, unchanged, p
}

func stands(contents ...string) []standing {
	list := make([]standing, len(contents))
	for i, c := range contents {
		list[i] = standing{occurrence: i + 1, version: int64(100 + i), hash: []byte(c)}
	}
	return list
}

func TestRecordsContinueEqualContentFirst(t *testing.T) {
	for name, c := range map[string]struct {
		before    []standing
		file      []string
		want      []int
		unchanged []bool
	}{
		"a new identifier":                        {nil, []string{"x"}, []int{1}, []bool{false}},
		"a new identifier twice":                  {nil, []string{"x", "y"}, []int{1, 2}, []bool{false, false}},
		"unchanged":                               {stands("x"), []string{"x"}, []int{1}, []bool{true}},
		"changed":                                 {stands("x"), []string{"y"}, []int{1}, []bool{false}},
		"a second one before the old one":         {stands("x"), []string{"y", "x"}, []int{2, 1}, []bool{false, true}},
		"a second one behind the old one":         {stands("x"), []string{"x", "y"}, []int{1, 2}, []bool{true, false}},
		"two change places":                       {stands("x", "y"), []string{"y", "x"}, []int{2, 1}, []bool{true, true}},
		"the first of two changes":                {stands("x", "y"), []string{"z", "y"}, []int{1, 2}, []bool{false, true}},
		"the first goes":                          {stands("x", "y"), []string{"y"}, []int{2}, []bool{true}},
		"both change, in the order of the file":   {stands("x", "y"), []string{"u", "v"}, []int{1, 2}, []bool{false, false}},
		"the same content twice, one stands":      {stands("x"), []string{"x", "x"}, []int{1, 2}, []bool{true, false}},
		"changed and a third, with one unchanged": {stands("x", "y"), []string{"u", "y", "v"}, []int{1, 2, 3}, []bool{false, true, false}},
	} {
		got, unchanged, _ := run(c.before, c.file)
		for i := range c.file {
			if got[i] != c.want[i] || unchanged[i] != c.unchanged[i] {
				t.Errorf("%s: record %d continues %d (unchanged %v), want %d (%v)", name, i+1, got[i], unchanged[i], c.want[i], c.unchanged[i])
			}
		}
	}
}

func TestPairingHoldsForAnyFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SampledFrom([]string{"a", "b", "c"})
		before := stands(rapid.SliceOfN(content, 0, 4).Draw(t, "before")...)
		file := rapid.SliceOfN(content, 1, 5).Draw(t, "file")
		got, unchanged, p := run(before, file)
		seen := map[int]bool{}
		same := 0
		for i, n := range got {
			if seen[n] {
				t.Fatalf("two records are occurrence %d: %v", n, got)
			}
			seen[n] = true
			if unchanged[i] {
				same++
				if string(before[n-1].hash) != file[i] {
					t.Fatalf("record %d is called unchanged and differs from occurrence %d", i+1, n)
				}
			}
		}
		if want := common(before, file); same != want {
			t.Fatalf("%d records are unchanged, want %d: before %v, file %v", same, want, before, file)
		}
		for _, s := range before {
			if p.holds(identityOf("R", "A"), s.occurrence) != seen[s.occurrence] {
				t.Fatalf("occurrence %d: held %v, continued %v", s.occurrence, !seen[s.occurrence], seen[s.occurrence])
			}
		}
	})
}

// common counts what two lists of contents have in common, the slow way.
func common(before []standing, file []string) int {
	left := append([]string(nil), file...)
	n := 0
	for _, s := range before {
		for i, c := range left {
			if c == string(s.hash) {
				left = append(left[:i], left[i+1:]...)
				n++
				break
			}
		}
	}
	return n
}

func TestBudgetsCountAtTheLowestLevel(t *testing.T) {
	type member struct {
		id                string
		hierarchy         int
		parents, children []string
	}
	for name, c := range map[string]struct {
		file []member
		not  []string
	}{
		"both sides name each other":             {[]member{{"P", 1, nil, []string{"C"}}, {"C", 2, []string{"P"}, nil}}, []string{"P"}},
		"only the child names its parent":        {[]member{{"P", 1, nil, nil}, {"C", 2, []string{"P"}, nil}}, []string{"P"}},
		"only the parent names its child":        {[]member{{"P", 1, nil, []string{"C"}}, {"C", 2, nil, nil}}, []string{"P"}},
		"the child stands first":                 {[]member{{"C", 2, []string{"P"}, nil}, {"P", 1, nil, nil}}, []string{"P"}},
		"the child is in another file":           {[]member{{"P", 1, nil, []string{"C"}}}, nil},
		"a parent named on the same level":       {[]member{{"P", 1, nil, nil}, {"C", 1, []string{"P"}, nil}}, nil},
		"levels without a relation":              {[]member{{"P", 1, nil, nil}, {"C", 2, nil, nil}}, nil},
		"three levels":                           {[]member{{"P", 1, nil, []string{"C"}}, {"C", 2, nil, []string{"D"}}, {"D", 3, nil, nil}}, []string{"P", "C"}},
		"a child that stands higher":             {[]member{{"P", 2, nil, []string{"C"}}, {"C", 1, nil, nil}}, nil},
		"two of one level name each other child": {[]member{{"P", 1, nil, []string{"C"}}, {"C", 1, nil, []string{"P"}}}, nil},
		"names itself":                           {[]member{{"P", 1, nil, []string{"P"}}}, nil},
	} {
		p, f := newPairing(), newFamily()
		for i, m := range c.file {
			id := identityOf("R", m.id)
			p.place(arrival{id: id, hash: []byte{byte(i)}, hierarchy: m.hierarchy}, nil)
			for _, parent := range m.parents {
				f.childNamesParent(identityOf("R", parent), m.hierarchy)
			}
			for _, child := range m.children {
				f.parentNamesChild(id, identityOf("R", child))
			}
		}
		not := f.notLowest(p)
		if len(not) != len(c.not) {
			t.Errorf("%s: %d are not lowest, want %v", name, len(not), c.not)
		}
		for _, id := range c.not {
			if !not[identityOf("R", id)] {
				t.Errorf("%s: the budget of %s counts", name, id)
			}
		}
	}
}

// TestARecordThatSaysWhatItContinues gets that occurrence, and the rest are paired as ever.
func TestARecordThatSaysWhatItContinues(t *testing.T) {
	before := stands("one", "two", "three")
	p, id := newPairing(), identityOf("R", "A")
	said := p.place(arrival{id: id, hash: []byte("new"), line: 1, continues: 2}, before)
	rest := p.place(arrival{id: id, hash: []byte("newer"), line: 2}, before)
	again := p.place(arrival{id: id, hash: []byte("newest"), line: 3, continues: 2}, before)
	if said.unchanged || said.occurrence != 2 {
		t.Errorf("got %+v, want occurrence 2, changed", said)
	}
	if got := p.groups[id].settle(); len(got) != 2 || got[rest.slot] != 1 || got[again.slot] != 3 {
		t.Errorf("the rest continue %v, want 1 and 3: two records cannot be one activity", got)
	}
}

// TestARecordThatIsRefusedKeepsItsBytes though they stand already, and only what they told was looked at.
func TestARecordThatIsRefusedKeepsItsBytes(t *testing.T) {
	r := record{whole: func() record { return record{doc: []byte("bytes")} }}
	r.Reporter, r.Identifier = "R", "A"
	id := identityOf("R", "A")
	i := importing{register: &Register{}, pairing: newPairing(), faults: newBounded()}
	i.pairing.seen.add(first{id: id, records: maxRecords})
	var b batch
	i.arrive(&b, r, nil)
	if len(b.refused) != 1 || string(b.refused[0].Bytes) != "bytes" || i.account.Refused != 1 {
		t.Errorf("kept %+v", b.refused)
	}
}
