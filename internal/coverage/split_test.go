package coverage

import (
	"math/big"
	"testing"

	"resolute"
)

// aboutAll is an activity that states every line, goal and target, each with as much as there is.
func aboutAll(b *book) *activity {
	var list []link
	for _, v := range []*view{b.lines, b.goals, b.targets} {
		for row := range v.ids {
			list = append(list, link{share: 1 << 40, row: int16(row), kind: v.kind})
		}
	}
	return &activity{links: arrange(list)}
}

func TestWholesStayBelow64Bits(t *testing.T) {
	b := builtinBook()
	a, lines := aboutAll(b), conceptLinker{view: b.lines, book: b}
	whole := new(big.Int).SetUint64(lines.counted(a, flow{}).whole)
	for name, v := range map[string]*view{"goals": b.goals, "targets": b.targets} {
		partners := conceptLinker{view: v, book: b, during: allTime}
		want := new(big.Int).Mul(whole, new(big.Int).SetUint64(partners.counted(a, flow{}).whole))
		got := b.cellLinker(v.ids, v == b.goals).counted(a, flow{})
		if !want.IsInt64() || got.whole != want.Uint64() {
			t.Errorf("cells of lines and %s: a whole of %d, want %d within 63 bits", name, got.whole, want)
		}
		common := big.NewInt(1)
		for line := range b.lines.ids {
			if n := int64(len(partners.partners(line))); n > 0 {
				common.Mul(common, big.NewInt(n/new(big.Int).GCD(nil, nil, common, big.NewInt(n)).Int64()))
			}
		}
		want.Mul(whole, common)
		if got := partners.matrixSplit(a, 0); !want.IsInt64() || got.whole != want.Uint64() {
			t.Errorf("%s that the matrix proposes: a whole of %d, want %d within 63 bits", name, got.whole, want)
		}
	}
}

func TestAShareIsAtMostAThousandPercent(t *testing.T) {
	s := newSplit([]share{{0, 1}, {1, 1 << 62}, {2, 1 << 62}})
	if want := uint64(1 + 2*mostStated); s.whole != want {
		t.Errorf("a whole of %d, want %d", s.whole, want)
	}
	regions := merge([]share{{9, 1 << 62}, {9, 1 << 62}, {9, 1 << 62}})
	if len(regions) != 1 || regions[0].stated != mostStated {
		t.Errorf("regions together state %v, want %d", regions, mostStated)
	}
}

func TestOfNoWholeNothingFallsToARow(t *testing.T) {
	parts, rest := new(splitter).split([]uint16{0, 0}, []size{{num: 1, rows: 2}}, 0, 0, 100)
	if len(parts) != 0 || rest != 100 {
		t.Errorf("splits in %v and %s, want all left", parts, rest)
	}
	rest = split{weights: []weight{{0, 1}, {1, 1}}}.give(100, func(row int, part resolute.Cents) { t.Errorf("row %d gets %s", row, part) })
	if rest != 100 {
		t.Errorf("%s is left, want all", rest)
	}
}
