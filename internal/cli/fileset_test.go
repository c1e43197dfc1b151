package cli

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resolute/internal/register"
)

// activityOf is an activity of a publisher, of about n bytes.
func activityOf(reporter string, n int) register.Given {
	return register.Given{Reporter: reporter, Source: strings.ToLower(reporter) + ".xml", XML: []byte("<iati-activity>" + strings.Repeat("x", n) + "</iati-activity>")}
}

func setOf(e iatiExport) *fileSet {
	s := newFileSet(e, io.Discard)
	s.at = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	return s
}

// folderOf lists what stands in a folder.
func folderOf(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestFilesAreCutBetweenActivities(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	s := setOf(iatiExport{by: byPublisher, out: dir, maxBytes: 2000})
	for _, g := range []register.Given{activityOf("A-1", 700), activityOf("A-1", 700), activityOf("A-1", 700), activityOf("A-1", 5000), activityOf("A-1", 10), activityOf("B/É", 10)} {
		if err := s.add(g); err != nil {
			t.Fatal(err)
		}
	}
	files, err := s.end(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []int{2, 1, 1, 1, 1}
	if len(files) != len(want) {
		t.Fatalf("files %+v", files)
	}
	for i, f := range files {
		body, err := os.ReadFile(f.File)
		if err != nil || f.Activities != want[i] || int64(len(body)) != f.Bytes || f.Bytes > 2000 && f.Activities > 1 {
			t.Errorf("file %+v of %d bytes, want %d activities; %v", f, len(body), want[i], err)
		}
		if text := string(body); !strings.HasPrefix(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\" generated-datetime=\"2026-10-01T09:00:00Z\">\n") ||
			strings.Count(text, "<iati-activity>") != f.Activities || !strings.HasSuffix(text, "</iati-activities>\n") {
			t.Errorf("%s: %s", f.File, text[:min(len(text), 200)])
		}
	}
	if got := folderOf(t, dir); got != "A-1--2.xml A-1--3.xml A-1--4.xml A-1.xml B--"+got[strings.LastIndex(got, "B--")+3:] || strings.Contains(got, "É") {
		t.Errorf("the folder holds %s", got)
	}
}

func TestNoFileOfAnExportTakesThePlaceOfAnother(t *testing.T) {
	dir := t.TempDir()
	s := setOf(iatiExport{by: bySource, out: dir, maxBytes: 600})
	sources := []string{"name", "name.xml", "name.xml", "name.xml", "name-2.xml", "NAME.xml", "../name.xml", "con.xml"}
	for _, source := range sources {
		g := activityOf("A", 500)
		g.Source = source
		if err := s.add(g); err != nil {
			t.Fatal(err)
		}
	}
	files, err := s.end(nil)
	if err != nil || len(files) != len(sources) {
		t.Fatalf("%+v, %v", files, err)
	}
	for i, f := range files {
		if _, err := os.Stat(f.File); err != nil || f.Source != sources[i] || filepath.Dir(f.File) != dir {
			t.Errorf("file %+v of source %q: %v", f, sources[i], err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != len(sources) {
		t.Errorf("the folder holds %s, want %d files; %v", folderOf(t, dir), len(sources), err)
	}
}

func TestAnExportThatFailsLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "activities.xml")
	if err := os.WriteFile(old, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := setOf(iatiExport{by: byOne, out: dir, maxBytes: 600})
	for range 3 {
		if err := s.add(activityOf("A", 500)); err != nil {
			t.Fatal(err)
		}
	}
	broken := errors.New("the store is gone")
	if _, err := s.end(broken); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if body, err := os.ReadFile(old); err != nil || string(body) != "old" || folderOf(t, dir) != "activities.xml" {
		t.Errorf("the folder holds %s, the old file %q; %v", folderOf(t, dir), body, err)
	}
}

func TestAnExportOfNothingIsAFileWithoutActivities(t *testing.T) {
	out := filepath.Join(t.TempDir(), "none.xml.gz")
	s := setOf(iatiExport{by: byOne, out: out, gzip: false})
	if files, err := s.end(nil); err != nil || len(files) != 1 || files[0].Activities != 0 {
		t.Fatalf("%+v, %v", files, err)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || !strings.Contains(string(body), "</iati-activities>") {
		t.Errorf("%s, %v", body, err)
	}
}

func TestOtherFilesInTheFolderAreTold(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"activities-2.xml", "activities-7.xml.gz", "note.txt", "A.xml"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := setOf(iatiExport{by: byOne, out: dir})
	if err := s.add(activityOf("A", 10)); err != nil {
		t.Fatal(err)
	}
	files, err := s.end(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(others(dir, files), " "); got != "A.xml activities-2.xml activities-7.xml.gz" {
		t.Errorf("told of %q", got)
	}
}
