package mandate_test

import (
	"archive/tar"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"resolute/internal/mandate"
)

// mandatesUN is the folder with 1,731 texts and the reading of another program.
// peerFiles unpacks texts and readings by name.
func peerFiles(t testing.TB) map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(mandatesUN, "texts.tar.zst"))
	if err != nil {
		t.Skip("the texts of the United Nations are not tried: ../shared/samples/mandates-un is absent")
	}
	defer func() { _ = file.Close() }()
	z, err := zstd.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]string{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(h.Name, "./")] = string(content)
	}
}

// numbersRun lists the texts whose printed numbers run from 1 to n, without ".txt".
func numbersRun(t testing.TB) []string {
	t.Helper()
	_, rows := rowsIn(t, mandatesUN, "MANIFEST.tsv", "the texts of the United Nations are")
	var names []string
	for _, row := range rows {
		if row[6] == "yes" {
			names = append(names, strings.TrimSuffix(row[0], ".txt"))
		}
	}
	return names
}

// groupsAndLevels reads the rows of paragraphs: group and level by line.
func groupsAndLevels(table string) map[string]string {
	lines := map[string]string{}
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) > 3 && cells[1] == "paragraph" {
			lines[cells[0]] = cells[2] + " " + cells[3]
		}
	}
	return lines
}

// table writes the rows of a text as a peer does.
func table(rows []mandate.Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r.Cells(), "\t") + "\n")
	}
	return b.String()
}

// worded counts the lines with words.
func worded(text string) (n int) {
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

func TestAPeerReadsTheSameStructure(t *testing.T) {
	files := peerFiles(t)
	lines, same := 0, 0
	for _, name := range numbersRun(t) {
		text := files[name+".txt"]
		rows := mandate.Parse(text).Rows()
		if len(rows) != worded(text) {
			t.Errorf("%s: %d rows of %d lines with words", name, len(rows), worded(text))
		}
		ours := groupsAndLevels(table(rows))
		for line, want := range groupsAndLevels(files[name+".oracle.tsv"]) {
			if lines++; ours[line] == want {
				same++
			}
		}
	}
	share := 100 * float64(same) / float64(lines)
	t.Logf("%d of %d paragraph lines have the peer's group and level: %.2f %%", same, lines, share)
	if lines < 60000 || share < 97 {
		t.Errorf("%.2f %% of %d lines, want 97 %% of more than 60,000", share, lines)
	}
}
