package mandate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/mandate"
)

// manifest gives the rows of the real texts whose structure was read by a person.
func manifest(t *testing.T, folder, checked string) [][]string {
	t.Helper()
	_, rows := rowsIn(t, resolutions, "MANIFEST.tsv", "real texts are")
	rows = slices.DeleteFunc(rows, func(row []string) bool { return row[15] != checked || !strings.HasPrefix(row[0], folder) })
	if len(rows) == 0 {
		t.Fatalf("the manifest has no text of %s marked %s", folder, checked)
	}
	return rows
}

func parseFile(t testing.TB, name string) *mandate.Document {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(resolutions, name))
	if err != nil {
		t.Skip("real texts are not tried: ../shared/samples/resolutions is absent")
	}
	return mandate.Parse(string(text))
}

func TestStructureOfTheTextsReadByHand(t *testing.T) {
	for _, row := range manifest(t, "itu/", "hand") {
		pre, preItems, op, opItems, sub := counts(parseFile(t, row[0]))
		got := []string{strconv.Itoa(pre), preItems, strconv.Itoa(op), opItems, strconv.Itoa(sub)}
		want := []string{row[7], row[8], row[9], row[10], row[11]}
		for i, name := range []string{"preambular groups", "their items", "operative groups", "their items", "sub-items"} {
			if want[i] != "" && got[i] != want[i] {
				t.Errorf("%s: %s %s, by hand %s", row[0], name, got[i], want[i])
			}
		}
	}
}

// misread names texts whose place and date at the end the manifest counts as recital or topic.
var misread = map[string]bool{"un/E_RES_2020_12.txt": true, "un/E_RES_2023_3.txt": true}

func TestStructureOfTheTextsOfTheUnitedNations(t *testing.T) {
	for _, row := range manifest(t, "un/", "yes") {
		d := parseFile(t, row[0])
		var recitals, paragraphs, parts, topics int
		for _, g := range d.Groups {
			if g.Heading != "" {
				topics++
			}
		}
		d.Walk(func(g *mandate.Group, _ string, p *mandate.Provision) {
			switch {
			case !g.Operative:
				recitals++
			case p.Level == 1:
				paragraphs++
			case p.Mark != "":
				parts++
			}
		})
		if misread[row[0]] {
			row[7], row[12] = strconv.Itoa(recitals), strconv.Itoa(topics)
		}
		got := []string{strconv.Itoa(recitals), strconv.Itoa(paragraphs), strconv.Itoa(parts), strconv.Itoa(topics)}
		for i, want := range []string{row[7], row[9], row[11], row[12]} {
			if got[i] != want {
				t.Errorf("%s: %s %s, want %s", row[0], []string{"recitals", "paragraphs", "parts", "topics"}[i], got[i], want)
			}
		}
		if d.Number == "" || d.Day == "" || d.Key() == "" {
			t.Errorf("%s: number %q, day %q, key %q", row[0], d.Number, d.Day, d.Key())
		}
	}
}

func counts(d *mandate.Document) (pre int, preItems string, op int, opItems string, sub int) {
	var pres, ops []string
	for _, g := range d.Groups {
		marked := 0
		for _, item := range g.Items {
			sub += len(item.Items)
			if item.Mark != "" {
				marked++
			}
		}
		if marked == 0 {
			marked = len(g.Items)
		}
		if g.Operative {
			ops = append(ops, strconv.Itoa(marked))
		} else {
			pres = append(pres, strconv.Itoa(marked))
		}
	}
	return len(pres), strings.Join(pres, ","), len(ops), strings.Join(ops, ","), sub
}

// scraps are what texts of many bodies and languages are put together from.
var scraps = []string{"a) ", "(a) ", "(i) ", "1. ", "2. ", "1 ", "i) ", "9.1 ", "– ", "٤ - ", "\n", "\n", "\n", "\t", ",", ";", ".", ":", "recalling", "Recalling ", "resolves", "Decides ",
	"The General Assembly,", "The Plenipotentiary Conference (Dubai, 2018),", "RESOLUTION 30 (Rev. Dubai, 2018)", "60/252. Trees", "Annex", "I. Oaks", "Decision directed to:", "The Secretariat shall:",
	"理事会，", "考虑到", "第30号决议", "يقرر", "إذ يذكر", "РЕЗОЛЮЦИЯ 9", "решает", "décide", "l'arbre de la forêt", "27 March 2006", "10th plenary meeting", "¹ See oaks.", "[footnote 1] note", "x", "\u00a0"}

func TestNoCharacterIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(scraps)).Draw(t, "scraps"), "")
		doc := mandate.Parse(text)
		if got := strings.Join(doc.Lines, ""); got != text {
			t.Fatalf("lines give %q, the text was %q", got, text)
		}
		if got := len(doc.Rows()); got != worded(text) {
			t.Fatalf("%d rows of %q", got, text)
		}
		places, paths := map[int]bool{}, map[string]bool{}
		doc.Walk(func(_ *mandate.Group, _ string, p *mandate.Provision) {
			if places[p.Line] {
				t.Fatalf("two provisions begin on line %d of %q", p.Line, text)
			}
			if paths[p.Path] {
				t.Fatalf("two provisions have the path %s in %q", p.Path, text)
			}
			places[p.Line], paths[p.Path] = true, true
		})
	})
}

func TestPathsAreThoseOfTheBuiltInMandate(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(resolutions, "wtdc21-res30-draft.txt"))
	if err != nil {
		t.Skip("the draft is not tried: ../shared/samples/resolutions is absent")
	}
	paths := map[string]bool{}
	var walk func([]mandate.Provision)
	walk = func(list []mandate.Provision) {
		for _, p := range list {
			paths[mandate.BuiltIn()+"#"+p.Path] = true
			walk(p.Items)
		}
	}
	for _, g := range mandate.Parse(string(text)).Groups {
		walk(g.Items)
	}
	for _, a := range mandate.Aliases() {
		if !paths[a.Thread] {
			t.Errorf("%s: the draft has no provision %s", a.Alias, a.Thread)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("RESOLUTION 30 (Rev. X, 2017)\nTitle\nThe Conference,\nrecalling\na) one;\nb) two,\nresolves\n1 to do:\ni) this;\nii) that.\n")
	f.Add("60/252. Trees\nThe General Assembly,\nRecalling oaks,\n1. Decides:\n(a) One;\n(i) Two.\nAnnex\n1. Fir.\n")
	f.Add("第140号决议（2018年，迪拜，修订版）\n理事会，\n考虑到\na) 一；\n做出决议\n1 二。\n")
	f.Add("18.98 - 18.99 Trees\nDecision directed to:\nParties\nParties shall:\na) plant.\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc := mandate.Parse(text)
		if len(doc.Rows()) != worded(text) {
			t.Fatalf("%d rows of %q", len(doc.Rows()), text)
		}
		if got := strings.Join(doc.Lines, ""); got != text {
			t.Fatalf("lines give %q", got)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	text := "RESOLUTION 30 (Rev. Dubai, 2018)\nTitle\nThe Plenipotentiary Conference (Dubai, 2018),\n" +
		strings.Repeat("resolves to invite the Sector\n1 to continue its work;\ni) one;\nii) two,\n", 300)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		mandate.Parse(text)
	}
}

// BenchmarkParseOfTheDraft is held to 5 ms.
func BenchmarkParseOfTheDraft(b *testing.B) {
	text, err := os.ReadFile(filepath.Join(resolutions, "wtdc21-res30-draft.txt"))
	if err != nil {
		b.Skip("the draft is not tried: ../shared/samples/resolutions is absent")
	}
	for b.Loop() {
		mandate.Parse(string(text))
	}
}
