package register_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// benchVariable sets how many generated activities the benchmarks read; 300,000 make about one
// gigabyte. benchFile names a file to read in their place.
const (
	benchVariable = "RESOLUTE_BENCH_ACTIVITIES"
	benchFile     = "RESOLUTE_BENCH_FILE"
)

// BenchmarkImportIATI measures whole imports, everything stored and the schema check included, in
// activities a second: into an empty register of each engine, the same activities once more, and the
// same file at once. Peak memory: run the test binary under /usr/bin/time -v.
func BenchmarkImportIATI(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) {
		measure(b, dbtest.SQLite, func(r *register.Register) int { return importBench(b, r, false) })
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		measure(b, dbtest.Postgres, func(r *register.Register) int { return importBench(b, r, false) })
	})
	for name, seekable := range map[string]bool{"unchanged": false, "again": true} {
		b.Run(name, func(b *testing.B) {
			r := open(dbtest.SQLite(b))
			importBench(b, r, true)
			read := 0
			for b.Loop() {
				read += importBench(b, r, seekable)
			}
			b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "activities/s")
		})
	}
	b.Run("bulk", func(b *testing.B) {
		dir := samples(b, "iati/bulk")
		measure(b, dbtest.SQLite, func(r *register.Register) int {
			return loadFile(b, r, filepath.Join(dir, "bulk.xml.gz")).Read + loadFile(b, r, filepath.Join(dir, "mid.xml")).Read
		})
	})
}

// BenchmarkImportTable measures whole imports of a table of activities, in activities a second: into an empty
// register, the same rows once more, and rows of which each is changed.
func BenchmarkImportTable(b *testing.B) {
	table := generatedTable(benchActivities(), "2024-06-30")
	load := func(r *register.Register, table []byte) int {
		account, err := r.ImportTable(context.Background(), operator, ownWork, bytes.NewReader(table), register.ImportOptions{})
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(account.Bytes)
		return account.Read
	}
	b.Run("new", func(b *testing.B) {
		measure(b, dbtest.SQLite, func(r *register.Register) int { return load(r, table) })
	})
	for name, days := range map[string][]string{"unchanged": {"2024-06-30"}, "changed": {"2024-07-01", "2024-06-30"}} {
		b.Run(name, func(b *testing.B) {
			r := open(dbtest.SQLite(b))
			load(r, table)
			var tables [][]byte
			for _, day := range days {
				tables = append(tables, generatedTable(benchActivities(), day))
			}
			read := 0
			for n := 0; b.Loop(); n++ {
				read += load(r, tables[n%len(tables)])
			}
			b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "activities/s")
		})
	}
}

// generatedTable is a table of n activities, of about 570 bytes each.
func generatedTable(n int, updated string) []byte {
	var t bytes.Buffer
	t.WriteString("id,reporter,title_en,title_fr,kind,sector,level,status,planned_start,actual_start,updated,countries,partners,amounts,budgets,action_lines,targets,groups,paragraphs,description_en\n")
	for i := range n {
		fmt.Fprintf(&t, "ZZ-OWN-%d,Fictional Agency <ZZ-FICT-001>,Training of teachers number %d,Formation %d,training,D,national,implementation,2024-01-15,2024-02-01,%s,", i, i, i, updated)
		fmt.Fprintf(&t, "KE:60|UG:40,implementing: Fictional Institute <ZZ-FICT-%d>|funding: Fictional Fund %d,commitment 2024-02-01 USD %d.50|disbursement 2024-06-30 USD %d|disbursement 2024-08-30 USD %d,", i%500, i%40, 1000+i, i, i+2)
		t.WriteString("2024-01-01..2024-12-31 USD 2000,C4:60|C5:40,4.4,youth,F2,\"A fictional text about training, schools and rural access to broadband, long enough to be like a real one; it mentions partners, villages and years of work.\"\n")
	}
	return t.Bytes()
}

// benchActivities is how many activities are generated.
func benchActivities() int {
	n, err := strconv.Atoi(os.Getenv(benchVariable))
	if err != nil {
		return 5000
	}
	return n
}

// importBench imports the file of the benchmark; one that is not seekable is read whatever stands.
func importBench(b *testing.B, r *register.Register, seekable bool) int {
	b.Helper()
	var in io.Reader
	if path := os.Getenv(benchFile); path != "" {
		file, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		in = file
	} else {
		in = generated(benchActivities())
		if seekable {
			text, err := io.ReadAll(in)
			if err != nil {
				b.Fatal(err)
			}
			in = bytes.NewReader(text)
		}
	}
	if !seekable {
		in = io.MultiReader(in)
	}
	account, err := r.ImportIATI(context.Background(), operator, src, in, register.ImportOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(account.Bytes)
	return account.Read
}

func measure(b *testing.B, fresh func(testing.TB) *db.DB, load func(*register.Register) int) {
	read := 0
	for b.Loop() {
		b.StopTimer()
		d := fresh(b)
		b.StartTimer()
		read += load(open(d))
	}
	b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "activities/s")
}

// generated streams a file of n activities of about 3.4 kB each.
func generated(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.WriteString(w, "<iati-activities version=\"2.03\">\n")
		for i := 0; i < n && err == nil; i++ {
			_, err = io.WriteString(w, large(i).xml())
		}
		if err == nil {
			_, err = io.WriteString(w, "</iati-activities>\n")
		}
		_ = w.CloseWithError(err) // its error is always nil
	}()
	return r
}

func large(i int) activity {
	extra := "<recipient-country code=\"KE\" percentage=\"60\"/><recipient-country code=\"UG\" percentage=\"40\"/>\n<sector vocabulary=\"1\" code=\"22040\"/><tag vocabulary=\"3\" code=\"9.c\"/>\n"
	for n := range 10 {
		extra += fmt.Sprintf("<transaction><transaction-type code=\"%d\"/><transaction-date iso-date=\"20%02d-03-%02d\"/><value value-date=\"2022-01-01\">%d.%02d</value><provider-org ref=\"ZZ-TEST-%d\"><narrative>Fictional fund %d</narrative></provider-org></transaction>\n",
			2+n%3, 20+n%5, 1+i%28, 1000+i, n, n, n)
	}
	extra += "<description><narrative>A fictional text about training, schools and rural access to broadband, number " + strconv.Itoa(i) + ", which is long enough to be like a real one and mentions partners, money, villages and years of work.</narrative></description>"
	parent := "ZZ-TEST-1-" + strconv.Itoa(i/10*10)
	a := activity{id: "ZZ-TEST-1-" + strconv.Itoa(i), hierarchy: 1, extra: extra, updated: "2024-05-06"}
	if i%10 != 0 {
		a.hierarchy, a.extra = 2, extra+"<related-activity ref=\""+parent+"\" type=\"1\"/>"
	}
	return a
}
