package register

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever stood, equal identifiers of one date are in the order of the newest file as versions, and the
// same file again changes nothing.
func TestEqualIdentifiersStandInTheOrderOfTheNewestFile(t *testing.T) {
	id := identityOf("R", "A")
	place := func(before []standing, file, dates []string) (after []standing) {
		p := newPairing()
		for i, content := range file {
			placed := p.place(arrival{id: id, hash: []byte(content + dates[i]), line: i + 1, starts: i + 1, updated: dates[i]}, before)
			s := standing{occurrence: i + 1, version: int64(placed.slot), hash: []byte(content + dates[i]), updated: dates[i]}
			if !placed.unchanged {
				s.version = 1000 - int64(placed.slot)
			}
			after = append(after, s)
		}
		return after
	}
	rapid.Check(t, func(t *rapid.T) {
		content, date := rapid.SampledFrom([]string{"a", "b", "c"}), rapid.SampledFrom([]string{"2023", "2024"})
		before := stands(rapid.SliceOfN(content, 0, 4).Draw(t, "before")...)
		versions := rapid.SliceOfNDistinct(rapid.Int64Range(1, 40), len(before), len(before), rapid.ID[int64]).Draw(t, "versions before")
		for i := range before {
			before[i].version, before[i].updated = versions[i], date.Draw(t, "date before")
			before[i].hash = append(before[i].hash, before[i].updated...)
		}
		file := rapid.SliceOfN(content, 1, 5).Draw(t, "file")
		dates := rapid.SliceOfN(date, len(file), len(file)).Draw(t, "dates")
		after := place(before, file, dates)
		last := map[string]int64{}
		for i, s := range after {
			if s.version <= last[s.updated] {
				t.Fatalf("record %d stands as version %d, behind %d of its date", i+1, s.version, last[s.updated])
			}
			last[s.updated] = s.version
		}
		for i, s := range place(after, file, dates) {
			if s.version != after[i].version {
				t.Fatalf("record %d of the same file again is changed", i+1)
			}
		}
	})
}
