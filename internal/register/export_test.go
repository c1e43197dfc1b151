package register_test

import (
	"bytes"
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/iati"
	"resolute/internal/register"
)

// given gives a register back as one file, with what was said about it.
func given(t testing.TB, r *register.Register, g register.Giving) (file string, findings []resolute.Finding) {
	t.Helper()
	var b bytes.Buffer
	w := iati.NewWriter(&b, iati.Root{})
	err := r.Give(context.Background(), g, func(register.GivenState) error { return nil }, func(one register.Given) error {
		findings = append(findings, one.Findings...)
		if one.XML == nil {
			return nil
		}
		return w.WriteElement(one.XML)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), findings
}

// lossy counts the activities of which something could not be given back as it came.
func lossy(findings []resolute.Finding) int {
	records := map[string]bool{}
	for _, f := range findings {
		if f.Rule != "export-moved" && f.Rule != "export-not-valid" && f.Rule != iati.FindingKept {
			records[f.Record] = true
		}
	}
	return len(records)
}

// TestWhatIsGivenBackComesInAgainAsItWas holds to this for every real sample file: given back and
// taken in again under the same source, exactly those activities change of which a finding says that
// something had to; and what a second register gives back of that is the same, byte for byte.
func TestWhatIsGivenBackComesInAgainAsItWas(t *testing.T) {
	dir, files := samples(t, "iati"), 0
	for _, folder := range []string{"real", "bulk"} {
		paths, err := filepath.Glob(filepath.Join(dir, folder, "*.xml*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			first := open(dbtest.SQLite(t))
			before, err := tryFile(t, first, path)
			if err != nil || before.New == 0 || before.Kind != "iati" {
				continue // of another version or kind
			}
			files++
			name := filepath.Base(path)
			once, findings := given(t, first, register.Giving{})
			again := load(t, first, register.Source{File: before.Source}, once)
			if got, want := again.Changed, lossy(findings); got != want || again.New != 0 || again.Absent != 0 || again.Refused != 0 || again.Unchanged != before.New-want {
				t.Errorf("%s: %d of %d activities could not be given back as they came, and taken in again: %+v", name, want, before.New, again.Counts)
			}
			second := open(dbtest.SQLite(t))
			load(t, second, register.Source{File: before.Source}, once)
			twice, findings := given(t, second, register.Giving{})
			if twice != once {
				t.Errorf("%s: what is given back of what was given back differs", name)
			}
			if n := lossy(findings); n != 0 {
				t.Errorf("%s: of what was given back %d activities had to change again", name, n)
			}
		}
	}
	if files < 5 {
		t.Errorf("only %d files", files)
	}
}

func TestGivingKeepsOrderAndKnowsWhatIsWanted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, register.Source{File: "b.xml"}, iatiFile(activity{id: "ZZ-B-2", reporter: "ZZ-B"}, activity{id: "ZZ-B-1", reporter: "ZZ-B"}))
		load(t, r, register.Source{File: "a.xml"}, strings.Replace(iatiFile(activity{id: "ZZ-C-1", reporter: "ZZ-C"}, activity{id: "ZZ-A-1", reporter: "ZZ-A"}), "2.03\"", "2.03\" xml:lang=\"fr\"", 1))
		keys := map[string]string{}
		for _, id := range []string{"ZZ-A-1", "ZZ-B-1", "ZZ-B-2", "ZZ-C-1"} {
			keys[id] = key(t, d, id)
		}
		list := func(keys ...string) iter.Seq2[string, error] {
			return func(yield func(string, error) bool) {
				for _, key := range keys {
					if !yield(key, nil) {
						return
					}
				}
			}
		}
		for _, c := range []struct {
			name string
			g    register.Giving
			want string
		}{
			{"by reporter and identifier", register.Giving{}, "ZZ-A-1 ZZ-B-1 ZZ-B-2 ZZ-C-1"},
			{"by source, in the order of the file", register.Giving{Order: register.BySource}, "ZZ-C-1 ZZ-A-1 ZZ-B-2 ZZ-B-1"},
			{"some", register.Giving{Wanted: func(k string) bool { return k == keys["ZZ-B-2"] || k == keys["ZZ-A-1"] }}, "ZZ-A-1 ZZ-B-2"},
			{"as a list has them", register.Giving{Listed: list(keys["ZZ-B-2"], "no-such-key", keys["ZZ-A-1"])}, "ZZ-B-2 ZZ-A-1"},
			{"none", register.Giving{Listed: list()}, ""},
		} {
			var got []string
			var state register.GivenState
			err := r.Give(context.Background(), c.g, func(s register.GivenState) error { state = s; return nil }, func(one register.Given) error {
				got = append(got, one.Identifier)
				return nil
			})
			if err != nil || strings.Join(got, " ") != c.want || state.Seq != 2 || state.At.IsZero() {
				t.Errorf("%s: %q, want %q; %+v, %v", c.name, got, c.want, state, err)
			}
		}
		received := ""
		err := r.Give(context.Background(), register.Giving{Received: true}, func(register.GivenState) error { return nil }, func(one register.Given) error {
			if one.Identifier == "ZZ-A-1" {
				received = string(one.Root) + string(one.XML)
			}
			return nil
		})
		if want := "<iati-activities version=\"2.03\" xml:lang=\"fr\">" + strings.TrimSpace(activity{id: "ZZ-A-1", reporter: "ZZ-A"}.xml()); err != nil || received != want {
			t.Errorf("as received %q, want %q; %v", received, want, err)
		}
	})
}

func TestOwnWorkIsGivenBackFromItsValues(t *testing.T) {
	r := open(dbtest.SQLite(t))
	table := "id,reporter,title_en,title_ar,status,planned_start,countries,partners,amounts,action_lines,description_en\n" +
		"ZZ-1-OWN,Fictional Agency <ZZ-1>,Own work,عمل,implementation,2024-01-01,KE:60|UG:40,implementing: Fictional Partner,commitment 2024-03-01 USD 1250.50,C2:60|C5,What it is\n"
	load(t, r, register.Source{File: "other.xml"}, strings.Replace(iatiFile(activity{id: "ZZ-9-1", reporter: "ZZ-9"}), `<participating-org role="4">`, `<description><narrative>D</narrative></description><participating-org role="1" ref="ZZ-1" type="10"/><participating-org role="4">`, 1))
	if account := loadCSV(t, r, table); account.Counts.Refused != 0 {
		t.Fatalf("%+v", account)
	}
	file, findings := given(t, r, register.Giving{})
	if len(findings) > 0 {
		t.Errorf("%+v", findings)
	}
	valid, err := iati.Check(strings.NewReader(file), iati.Checking{SchemaOnly: true}, func(iati.Fault) {})
	if err != nil || !valid.Valid {
		t.Errorf("not valid: %v", err)
	}
	for _, want := range []string{"<iati-identifier>ZZ-1-OWN</iati-identifier>", `<narrative xml:lang="ar">عمل</narrative>`, `percentage="60"`, ">1250.50</value>", `code="C2"`} {
		if !strings.Contains(file, want) {
			t.Errorf("%s is not in\n%s", want, file)
		}
	}
	if _, findings = given(t, r, register.Giving{Received: true}); len(findings) != 1 || findings[0].Rule != "export-not-xml" {
		t.Errorf("as received: %+v", findings)
	}
}

// BenchmarkGive gives the bulk files back.
func BenchmarkGive(b *testing.B) {
	path := filepath.Join(samples(b, "iati"), "bulk", "mid.xml")
	size, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	r := open(dbtest.SQLite(b))
	loadFile(b, r, path)
	b.SetBytes(size.Size())
	b.ReportAllocs()
	for b.Loop() {
		given(b, r, register.Giving{})
	}
}
