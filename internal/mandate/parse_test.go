package mandate_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/mandate"
)

// resolutions is the folder with real texts and their structure as read by hand.
const resolutions = "../../../shared/samples/resolutions"

func TestStructureOfTheTextsReadByHand(t *testing.T) {
	file, err := os.Open(filepath.Join(resolutions, "MANIFEST.tsv"))
	if err != nil {
		t.Skip("real texts are not tried: ../shared/samples/resolutions is absent")
	}
	defer func() { _ = file.Close() }()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, row := range rows[1:] {
		if row[15] != "hand" || !strings.HasPrefix(row[0], "itu/") {
			continue
		}
		tried++
		text, err := os.ReadFile(filepath.Join(resolutions, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		pre, preItems, op, opItems, sub := counts(mandate.Parse(string(text)))
		got := []string{strconv.Itoa(pre), preItems, strconv.Itoa(op), opItems, strconv.Itoa(sub)}
		want := []string{row[7], row[8], row[9], row[10], row[11]}
		for i, name := range []string{"preambular groups", "their items", "operative groups", "their items", "sub-items"} {
			if want[i] != "" && got[i] != want[i] {
				t.Errorf("%s: %s %s, by hand %s", row[0], name, got[i], want[i])
			}
		}
	}
	if tried == 0 {
		t.Error("the manifest has no text read by hand")
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

func TestNoCharacterIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("a)1 .ix,;\n\trecalling resolves the R"))).Draw(t, "text")
		if got := strings.Join(mandate.Parse(text).Lines, ""); got != text {
			t.Fatalf("lines give %q, the text was %q", got, text)
		}
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
			paths[mandate.Resolution30+"#"+p.Path] = true
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
	f.Fuzz(func(t *testing.T, text string) {
		if got := strings.Join(mandate.Parse(text).Lines, ""); got != text {
			t.Fatalf("lines give %q", got)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	text := strings.Repeat("resolves to invite the Sector\n1 to continue its work;\ni) one;\nii) two,\n", 300)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		mandate.Parse(text)
	}
}
