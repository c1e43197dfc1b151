package generate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/demo/generate"
	"resolute/internal/iati"
)

// made writes files into a folder of the test.
func made(t *testing.T, o generate.Options) (dir string, truth generate.Truth) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "generated")
	truth, err := generate.Files(context.Background(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return dir, truth
}

// content gives every file of a folder by its name.
func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	return all
}

// eachProfile tries what holds for every profile.
func eachProfile(t *testing.T, n int, test func(t *testing.T, o generate.Options)) {
	for _, p := range generate.Profiles {
		t.Run(p, func(t *testing.T) {
			test(t, generate.Options{Activities: n, Seed: 5, Profile: generate.Profile(p), Workers: 1})
		})
	}
}

func TestTheSameOptionsGiveTheSameBytesWithAnyNumberOfWorkers(t *testing.T) {
	eachProfile(t, 600, func(t *testing.T, o generate.Options) {
		one, _ := made(t, o)
		o.Workers = 5
		five, _ := made(t, o)
		a, b := content(t, one), content(t, five)
		if len(a) < 3 || len(a) != len(b) {
			t.Fatalf("%d and %d files", len(a), len(b))
		}
		for name := range a {
			if a[name] != b[name] {
				t.Errorf("%s differs", name)
			}
		}
		o.Seed++
		other, _ := made(t, o)
		if content(t, other)["ZZ-GEN-0001-001.xml"] == a["ZZ-GEN-0001-001.xml"] {
			t.Error("another seed gives the same bytes")
		}
	})
}

func TestTheTruthIsKeptBesideTheFiles(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 100, Seed: 1, Profile: generate.Light})
	text, err := os.ReadFile(filepath.Join(dir, generate.TruthFile))
	if err != nil {
		t.Fatal(err)
	}
	var read generate.Truth
	if err := json.Unmarshal(text, &read); err != nil || read.Activities != truth.Activities || read.Activities != 100 {
		t.Errorf("read %d activities (%v), want 100", read.Activities, err)
	}
}

func TestAFolderThatHoldsSomethingIsLeftAlone(t *testing.T) {
	o := generate.Options{Activities: 10, Seed: 1, Profile: generate.Light}
	dir, _ := made(t, o)
	if _, err := generate.Files(context.Background(), dir, o); resolute.CodeOf(err) != resolute.Conflict {
		t.Errorf("got %v, want a conflict", err)
	}
}

func TestLightActivitiesAreSmallValidAndSayThatTheyAreFictional(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 2000, Seed: 3, Profile: generate.Light})
	size := int64(0)
	for _, f := range truth.Files {
		size += f.Bytes
		text, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		verdict, err := iati.Check(bytes.NewReader(text), iati.Checking{Now: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)}, func(x iati.Fault) {
			if x.Severity == resolute.SeverityError {
				t.Fatalf("%s: %s %s", f.Name, x.Rule, x.Message)
			}
		})
		if err != nil || !verdict.Valid || verdict.Elements != f.Activities {
			t.Errorf("%s: valid %v, %d activities, want %d (%v)", f.Name, verdict.Valid, verdict.Elements, f.Activities, err)
		}
	}
	if mean := size / 2000; mean < 1200 || mean > 1800 {
		t.Errorf("an activity has %d bytes", mean)
	}
}

func TestEveryActivityIsMarked(t *testing.T) {
	eachProfile(t, 400, func(t *testing.T, o generate.Options) {
		dir, truth := made(t, o)
		for _, f := range truth.Files {
			text, err := os.ReadFile(filepath.Join(dir, f.Name))
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range activities(t, text) {
				if name, _ := a.Reporter.Name.In("en"); !strings.HasPrefix(a.Reporter.Ref, "ZZ-GEN-") || !strings.Contains(name, "Fictional") {
					t.Errorf("%s: the reporter is %s %q", a.Identifier, a.Reporter.Ref, name)
				}
			}
		}
	})
}

func activities(t *testing.T, file []byte) []iati.Activity {
	t.Helper()
	r, err := iati.NewReader(bytes.NewReader(file), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []iati.Activity
	for {
		el, err := r.Next()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		a, _ := iati.Decode(r.Root(), el)
		list = append(list, a)
	}
}

func BenchmarkLight(b *testing.B) {
	for b.Loop() {
		if _, err := generate.Files(context.Background(), filepath.Join(b.TempDir(), "generated"), generate.Options{Activities: 10_000, Seed: 1, Profile: generate.Light, Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
