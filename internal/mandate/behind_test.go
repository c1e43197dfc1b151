package mandate_test

import (
	"slices"
	"strings"
	"testing"

	"resolute/internal/mandate"
)

const lampsWithAnnex = `RESOLUTION 9 (Atlantis, 2031)
Lamps
The Plenipotentiary Conference (Atlantis, 2031),
resolves
1 to count the lamps of the coast1;
2 to keep ropes as the annex says.
ANNEX 1
Ropes of the harbour
1 Ropes are kept dry in winter.
2 Ladders are painted green every spring.
ANNEX 2
Bells
Bells are rung when fog comes in.
[footnote 1] Lamps that burn oil are counted twice.
[footnote 2] Whales are no lamps.
`

const lampsWithAnnexLater = `RESOLUTION 9 (Rev. Elbonia, 2035)
Lamps
The Plenipotentiary Conference (Elbonia, 2035),
resolves
1 to count the lamps of the coast1;
2 to keep ropes as the annex says.
ANNEX 1
Ropes of the harbour
1 Ladders are painted blue every spring.
2 Ropes are kept dry in winter.
ANNEX 2
Bells
Bells are rung when fog comes in.
Nobody rings them at night.
[footnote 1] Lamps that burn oil are counted thrice.
`

func TestAnnexesAndFootnotesAreComparedBehindTheText(t *testing.T) {
	var got []string
	for _, c := range mandate.Compare(mandate.Parse(lampsWithAnnex), mandate.Parse(lampsWithAnnexLater)) {
		w := c.New
		if w == nil {
			w = c.Old
		}
		got = append(got, strings.Join(append([]string{string(c.Series), string(c.Kind), w.Text}, c.Flags...), " | "))
	}
	want := []string{
		"text | kept | to count the lamps of the coast1;",
		"text | kept | to keep ropes as the annex says.",
		"annex | kept | ANNEX 1",
		"annex | kept | Ropes of the harbour",
		"annex | edited | Ladders are painted blue every spring. | renumbered | moved",
		"annex | kept | Ropes are kept dry in winter. | renumbered",
		"annex | kept | ANNEX 2",
		"annex | kept | Bells",
		"annex | kept | Bells are rung when fog comes in.",
		"annex | new | Nobody rings them at night.",
		"footnote | edited | Lamps that burn oil are counted thrice.",
		"footnote | dropped | Whales are no lamps.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLinesOfAnnexesAndFootnotesHaveLabelsOfTheirOwn(t *testing.T) {
	old, new := mandate.Parse(lampsWithAnnex), mandate.Parse(lampsWithAnnexLater)
	for _, l := range mandate.Align(old, new) {
		if l.OldLine > 6 || l.NewLine > 6 {
			t.Errorf("%+v stands among the links of the text proper", l)
		}
	}
	behind := mandate.AlignBehind(old, new)
	var got []string
	for _, l := range slices.Concat(behind.Annexes, behind.Footnotes) {
		got = append(got, l.Old+">"+l.New)
	}
	if want := "A1.1>A1.1 A1.2>A1.2 A1.4>A1.3 A1.3>A1.4 A2.1>A2.1 A2.2>A2.2 A2.3>A2.3 >A2.4 F1>F1 F2>"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}

func TestAnnexesAreFoundWhereverTheyAreHeaded(t *testing.T) {
	const un = "75/9. Lamps\nThe General Assembly,\nRecalling its resolution on lamps,\n1. Requests the Secretary-General to count the lamps of the coast.\n5th plenary meeting\n3 March 2031\n%\nBells are rung when fog comes in.\n"
	for heading, annexed := range map[string]bool{"Annex": true, "Annex II": true, "Appendix": true, "Annexe 1": true, "Anexo": true, "Annexes are never read.": false} {
		old := mandate.Parse(strings.ReplaceAll(un, "%", heading))
		new := mandate.Parse(strings.ReplaceAll(strings.ReplaceAll(un, "%", heading), "fog", "snow"))
		found := slices.ContainsFunc(mandate.Compare(old, new), func(c mandate.Change) bool { return c.Series == mandate.InAnnex && c.Kind == "edited" })
		if found != annexed {
			t.Errorf("%s: a change behind it is found as one of an annex: %v", heading, found)
		}
	}
}
