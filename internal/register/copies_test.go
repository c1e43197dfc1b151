package register

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever stood, the lines of equal identifiers are in the order of the newest file, and the same file
// again changes nothing.
func TestEqualIdentifiersStandInTheOrderOfTheNewestFile(t *testing.T) {
	id := identityOf("R", "A")
	place := func(before []standing, file []string, starts []int) (lines []int, changed int) {
		p := newPairing()
		for i, content := range file {
			placed := p.place(arrival{id: id, hash: []byte(content), line: starts[i] + 1, starts: starts[i]}, before)
			if placed.unchanged {
				n := slices.IndexFunc(before, func(s standing) bool { return slot(s.version) == placed.slot })
				lines = append(lines, before[n].line)
				continue
			}
			lines, changed = append(lines, starts[i]), changed+1
		}
		return lines, changed
	}
	rapid.Check(t, func(t *rapid.T) {
		content, line := rapid.SampledFrom([]string{"a", "b", "c"}), rapid.IntRange(1, 40)
		before := stands(rapid.SliceOfN(content, 2, 4).Draw(t, "before")...)
		for i, n := range rapid.SliceOfNDistinct(line, len(before), len(before), rapid.ID[int]).Draw(t, "lines before") {
			before[i].line = n
		}
		file := rapid.SliceOfN(content, 1, 5).Draw(t, "file")
		starts := rapid.SliceOfNDistinct(line, len(file), len(file), rapid.ID[int]).Draw(t, "lines")
		slices.Sort(starts)
		lines, _ := place(before, file, starts)
		if !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) {
			t.Fatalf("the records of lines %v stand under %v", starts, lines)
		}
		again := make([]standing, len(file))
		for i := range file {
			again[i] = standing{occurrence: i + 1, version: int64(i + 1), hash: []byte(file[i]), line: starts[i]}
		}
		if _, changed := place(again, file, starts); changed > 0 {
			t.Fatalf("%d of the same file again are changed", changed)
		}
	})
}
