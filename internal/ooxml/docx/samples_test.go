package docx_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute/internal/ooxml/docx"
)

// samples are real and hand-built files with their two truths; they are not part of the project.
const samples = "../../../../shared/samples/resolutions/docx"

// Where the samples do not say what a word processor gives.
var (
	// A program kept the paragraph that a move empties; LibreOffice 7.4 does not, and neither does
	// this reader.
	keepsMoved = []string{"RP015-MoveFrom-MoveTo"}
	// Signs of w:sym are left out of the list of paragraphs, and on the refused side a mark that is
	// both changed and inserted; the twins have both.
	listIsWrong = []string{"RP051-Arabic"}
)

func TestSamplesOfTrackedChanges(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples, "*", "*.docx"))
	if err != nil || len(files) == 0 {
		t.Skipf("no samples in %s: they are not part of the project (%v)", samples, err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".docx")
		if strings.HasSuffix(name, "-Accepted") || strings.HasSuffix(name, "-Rejected") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			d := read(t, contents(t, path))
			base := strings.TrimSuffix(path, ".docx")
			twin(t, base+"-Rejected.docx", d.Before)
			twin(t, base+"-Accepted.docx", d.After)
			listed(t, base, d)
		})
	}
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// twin compares a side, numbers included, with the file in which a program has settled it.
func twin(t *testing.T, path string, got docx.Text) {
	t.Helper()
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return
	} else if err != nil {
		t.Fatal(err)
	}
	d := read(t, data)
	if d.Changed {
		t.Errorf("%s still has changes", path)
	}
	want := d.After
	for _, name := range keepsMoved {
		if strings.Contains(path, name) {
			got, want = filled(got), filled(want)
		}
	}
	compare(t, filepath.Base(path), lines(got), lines(want))
}

// filled leaves out empty paragraphs.
func filled(t docx.Text) docx.Text {
	t.Paragraphs = slices.DeleteFunc(slices.Clone(t.Paragraphs), func(p docx.Paragraph) bool { return p.Text == "" })
	return t
}

func lines(t docx.Text) []string { return strings.Split(t.String(), "\n") }

// listed compares with the list of paragraphs beside a sample; that of hand-built ones has numbers.
func listed(t *testing.T, base string, d *docx.Document) {
	t.Helper()
	data, err := os.ReadFile(base + ".json")
	if err != nil || slices.Contains(listIsWrong, filepath.Base(base)) {
		return
	}
	var want struct {
		Accepted, Rejected []string
		Labels             struct{ Accepted, Rejected []string }
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	compare(t, "before", texts(d.Before), want.Rejected)
	compare(t, "after", texts(d.After), want.Accepted)
	if want.Labels.Accepted != nil {
		compare(t, "numbers before", labels(d.Before), want.Labels.Rejected)
		compare(t, "numbers after", labels(d.After), want.Labels.Accepted)
	}
}

func texts(t docx.Text) (list []string) {
	for _, p := range t.Paragraphs {
		list = append(list, p.Text)
	}
	return list
}

func labels(t docx.Text) (list []string) {
	for _, p := range t.Paragraphs {
		list = append(list, p.Label)
	}
	return list
}

func compare(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d lines, want %d", what, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s line %d:\n got %q\nwant %q", what, i+1, got[i], want[i])
			return
		}
	}
}
