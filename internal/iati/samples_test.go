package iati_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"resolute/internal/iati"
)

// samples gives the folder of the IATI samples, or skips the test where there is none.
func samples(t testing.TB, part string) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the package")
		}
		dir = filepath.Dir(dir)
	}
	folder := filepath.Join(dir, "..", "shared", "samples", part)
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the samples %s are not here", part)
	}
	return folder
}

// sampleFile is one row of the manifest of IATI samples.
type sampleFile struct {
	path, root, version, expat, counts string
}

// manifest reads the manifest of IATI samples: XML files outside the reference folder.
func manifest(t testing.TB, folder string) []sampleFile {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []sampleFile
	for lines := bufio.NewScanner(f); lines.Scan(); {
		c := strings.Split(lines.Text(), "\t")
		if len(c) > 8 && (strings.HasSuffix(c[0], ".xml") || strings.HasSuffix(c[0], ".gz")) && !strings.HasPrefix(c[0], "reference/") {
			rows = append(rows, sampleFile{path: c[0], root: c[3], version: c[4], expat: c[5], counts: c[8]})
		}
	}
	if len(rows) == 0 {
		t.Fatal("the manifest lists no file")
	}
	return rows
}

// counted is what a reading of a whole file saw.
type counted struct{ activities, organisations, transactions int }

func TestCountsEqualTheManifest(t *testing.T) {
	folder := samples(t, "iati")
	seen := 0
	for _, row := range manifest(t, folder) {
		if (!strings.HasPrefix(row.version, "2.0") && !strings.HasPrefix(row.version, "1.0")) || row.expat != "ok" {
			continue
		}
		seen++
		got, err := count(filepath.Join(folder, row.path))
		if err != nil {
			t.Errorf("%s: %v", row.path, err)
			continue
		}
		if row.root == "iati-organisations" {
			got.transactions = 0
		}
		have := fmt.Sprintf("%d/%d/%d/", got.activities, got.organisations, got.transactions)
		if !strings.HasPrefix(row.counts, have) {
			t.Errorf("%s: read %s, the manifest says %s", row.path, have, row.counts)
		}
	}
	t.Logf("%d files of version 1.0x and 2.0x", seen)
}

// count reads and decodes a whole file.
func count(path string) (counted, error) {
	f, err := os.Open(path)
	if err != nil {
		return counted{}, err
	}
	defer f.Close()
	r, err := iati.NewReader(f, iati.Options{})
	if err != nil {
		return counted{}, err
	}
	var n counted
	for {
		el, err := r.Next()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if el.Name == "iati-organisation" {
			n.organisations++
			continue
		}
		a, _ := iati.Decode(r.Root(), el)
		n.activities++
		n.transactions += len(a.Transactions)
	}
}

// unzipped opens a file, unpacked where it is gzip.
func unzipped(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWellFormednessIsJudgedAsExpatJudgesIt(t *testing.T) {
	folder := samples(t, "iati")
	files := manifest(t, folder)
	for _, row := range files {
		f, err := os.Open(filepath.Join(folder, row.path))
		if err != nil {
			t.Fatal(err)
		}
		got := "ok"
		err = iati.WellFormed(f)
		if err != nil {
			got = "bad"
		}
		if got != row.expat {
			t.Errorf("%s: %s (%v), expat says %s", row.path, got, err, row.expat)
		}
		f.Close()
	}
	t.Logf("%d files", len(files))
}
