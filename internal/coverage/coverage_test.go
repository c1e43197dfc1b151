package coverage_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/framework"
	"resolute/internal/register"
)

func clock() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

func newCoverage(d *db.DB) *coverage.Coverage {
	return &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: clock}, Paragraphs: []coverage.Paragraph{
		{ID: "R8", Thread: "itu:wtdc/res/30#resolves_8"},
		{ID: "R11", Thread: "itu:wtdc/res/30#resolves_11"},
		{ID: "R11.i", Parent: "R11", Thread: "itu:wtdc/res/30#resolves_11_i"},
	}}
}

func importFile(t testing.TB, d *db.DB, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	importXML(t, d, filepath.Base(path), f)
}

func importXML(t testing.TB, d *db.DB, name string, r io.Reader) {
	t.Helper()
	reg := &register.Register{DB: d, Now: clock}
	if _, err := reg.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: name}, r, register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
}

func importText(t testing.TB, d *db.DB, name, text string) {
	t.Helper()
	importXML(t, d, name, bytes.NewReader([]byte(text)))
}
