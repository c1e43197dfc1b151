package mandate

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func readingOf(text string) *Reading {
	doc := Parse(text)
	return &Reading{Revision: Revision{Instrument: doc.Key(), Label: doc.Label, Title: doc.Title, Day: doc.Day}, Body: text, Opening: opening(doc), Provisions: wordings(doc, doc.Key(), false)}
}

func akoma(t testing.TB, r *Reading) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.Akoma(&b, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const smallText = `RESOLUTION 140 (REV. FABLE, 2035)
A title in words of our own
The Plenipotentiary Conference of the International Telecommunication Union (Fable, 2035),
recalling
a)	what Resolution 71 (Rev. Dubai, 2018) of the Plenipotentiary Conference says;
b) the needs of countries1,
instructs the Director of the Telecommunication Development Bureau
1 to be a catalyst in:
i) training;
ii) agreements
between many;
2 to report.
[footnote 1] All of them.
`

func TestATextComesBackFromAkomaNtoso(t *testing.T) {
	file := akoma(t, readingOf(smallText))
	for _, want := range []string{
		`<ref eId="ref_1" href="/akn/un/statement/deliberation/itu-pp/`, `res-71/eng@2018">Resolution 71`, `wId="itu:pp/res/140#instructs_1_ii"`,
		`<role refersTo="#role_director-of-the-telecommunication-development-bureau">`, `marker="1"`, `name="recalling"`,
	} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("not in the file: %s\n%s", want, file)
		}
	}
	text, findings, err := textOfAkoma(file)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	if got, want := Parse(text).essence(), Parse(smallText).essence(); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestEveryRealTextComesBackFromAkomaNtoso writes and reads all texts of the samples.
func TestEveryRealTextComesBackFromAkomaNtoso(t *testing.T) {
	const samples = "../../../shared/samples/resolutions"
	files, err := filepath.Glob(filepath.Join(samples, "*", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("not tried: no texts at " + samples)
	}
	own, err := filepath.Glob(filepath.Join(samples, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files, own...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		back, findings, err := textOfAkoma(akoma(t, readingOf(string(text))))
		if err != nil || len(findings) > 0 {
			t.Errorf("%s: %v %v", path, err, findings)
			continue
		}
		if got, want := Parse(back).essence(), Parse(string(text)).essence(); got != want {
			t.Errorf("%s: %s", filepath.Base(path), firstDifference(got, want))
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range w {
		if i >= len(g) || g[i] != w[i] {
			return fmt.Sprintf("line %d of %d\n got %q\nwant %q", i, len(w), at(g, i), w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
