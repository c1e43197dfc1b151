package register_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/iati"
	"resolute/internal/iatitest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// reviewed lists every tag and mandate link with what people decided, but for who and when.
func reviewed(t *testing.T, r *register.Register) (list []string) {
	t.Helper()
	tags, err := r.Tags(context.Background(), register.TagFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range tags {
		reason := ""
		if tag.Decision != nil {
			reason = tag.Decision.Reason
		}
		list = append(list, fmt.Sprintf("%s %d %s %s %s %s %d %s %q", tag.Identifier, tag.Txn, tag.Scheme, tag.Code, tag.Basis, tag.Rule, tag.Share, tag.Review, reason))
	}
	slices.Sort(list)
	return list
}

// judged is a register with activities that state and are given tags, about which people decided.
func judged(t *testing.T, d *db.DB) *register.Register {
	t.Helper()
	r := open(d)
	const stated = `<recipient-country code="KE"/><sector vocabulary="1" code="22040"/><tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line" code="C2"/>`
	load(t, r, register.Source{File: "own.xml"}, iatiFile(
		activity{id: "ZZ-TEST-1-A", title: "Training of teachers", extra: stated},
		activity{id: "ZZ-TEST-1-B", extra: `<sector vocabulary="1" code="22010"/><x:note xmlns:x="urn:x"/>`},
		activity{id: "ZZ-TEST-1-C"}))
	a, b, c := key(t, d, "ZZ-TEST-1-A"), key(t, d, "ZZ-TEST-1-B"), key(t, d, "ZZ-TEST-1-C")
	for _, one := range []register.Decision{
		{Verdict: register.Refuse, Reach: register.Reach{Key: a, Scheme: framework.ActionLine, Code: "C2"}, Reason: "not about <infrastructure> & \"lines\""},
		{Verdict: register.SetTag, Reach: register.Reach{Key: a, Scheme: framework.Target, Code: "4.4"}, Share: 250_000, Reason: "read in the report"},
		{Verdict: register.SetTag, Reach: register.Reach{Key: c, Scheme: framework.ActionLine, Code: "C5"}, Share: register.NoShare, Reason: "известно"},
		{Verdict: register.SetTag, Reach: register.Reach{Key: c, Scheme: register.ThreadScheme, Code: "R8"}, Share: register.NoShare, Reason: "named in a letter"},
	} {
		decide(t, r, one)
	}
	for _, tag := range tagsOf(t, r, b) {
		if tag.Basis == register.Derived && tag.Scheme == framework.ActionLine {
			decide(t, r, register.Decision{Verdict: register.Confirm, Reach: register.Reach{Rule: tag.Rule, Reporter: "ZZ-TEST-1"}, Reason: "so they use it"})
			break
		}
	}
	return r
}

func tagsOf(t *testing.T, r *register.Register, key string) []register.ReviewedTag {
	t.Helper()
	page, err := r.Activity(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	return page.Tags
}

func TestOurOwnTagsTravelAndAreKnownOnReturn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first := judged(t, d)
		before := reviewed(t, first)
		once, _ := given(t, first, register.Giving{})
		for _, want := range []string{
			`<tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/sdg-target?resolute-review=confirmed&amp;basis=set&amp;share=250000&amp;reason=read+in+the+report" code="4.4"><narrative xml:lang="en">`,
			`<tag vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30?resolute-review=confirmed&amp;basis=set&amp;reason=named+in+a+letter"`,
			`<resolute:refused xmlns:resolute="https://resolute.example/iati" vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line?resolute-review=refused&amp;basis=stated&amp;reason=`,
			`resolute-review=open&amp;basis=derived&amp;rule=`,
			`resolute-review=confirmed&amp;basis=derived&amp;rule=`,
		} {
			if !strings.Contains(once, want) {
				t.Errorf("%s is not in\n%s", want, once)
			}
		}
		if strings.Contains(once, `<tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line?resolute-review=refused`) {
			t.Error("what was refused is given as a tag")
		}
		if err := xml.NewDecoder(strings.NewReader(once)).Decode(&struct{}{}); err != nil {
			t.Error(err)
		}

		decisions, err := first.Decisions(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		again := load(t, first, register.Source{File: "own.xml"}, once)
		after, err := first.Decisions(context.Background())
		if again.Unchanged != 3 || again.Changed+again.New+again.Absent != 0 || err != nil || len(after) != len(decisions) {
			t.Errorf("at home %+v, and %d decisions became %d; %v", again.Counts, len(decisions), len(after), err)
		}
		if got := reviewed(t, first); !slices.Equal(got, before) {
			t.Errorf("at home\ngot  %q\nwant %q", got, before)
		}

		second := open(dbtest.SQLite(t))
		load(t, second, register.Source{File: "own.xml"}, once)
		if got := reviewed(t, second); !slices.Equal(got, before) {
			t.Errorf("elsewhere\ngot  %q\nwant %q", strings.Join(got, "\n"), strings.Join(before, "\n"))
		}
		plain, _ := given(t, first, register.Giving{Plain: true})
		if other, _ := given(t, second, register.Giving{Plain: true}); other != plain || strings.Contains(plain, "resolute-review") {
			t.Errorf("without our own tags\n%s\nelsewhere\n%s", plain, other)
		}
	})
}

func TestWhatSomebodyDecidedHereOutlivesWhatAFileCarries(t *testing.T) {
	d := dbtest.SQLite(t)
	first := judged(t, dbtest.SQLite(t))
	once, _ := given(t, first, register.Giving{})
	second := open(d)
	plain, _ := given(t, first, register.Giving{Plain: true})
	load(t, second, register.Source{File: "own.xml"}, plain)
	c := key(t, d, "ZZ-TEST-1-C")
	decide(t, second, register.Decision{Verdict: register.Refuse, Reach: register.Reach{Key: c, Scheme: framework.ActionLine, Code: "C5"}, Reason: "we know better"})
	account := load(t, second, register.Source{File: "own.xml"}, once)
	if tag := tagsOf(t, second, c); slices.ContainsFunc(tag, func(t register.ReviewedTag) bool { return t.Code == "C5" && t.Review == register.Confirmed }) {
		t.Errorf("the file overruled us: %+v", tag)
	}
	findings, err := ledger.Findings(context.Background(), d, account.ID, 0, 100)
	if err != nil || !slices.ContainsFunc(findings, func(f resolute.Finding) bool { return f.Rule == "decisions-carried" }) || account.Total.Note == 0 {
		t.Errorf("nothing tells that decisions came with the file: %+v, %v", findings, err)
	}
}

func TestWhatAFileCarriesIsLeftAloneOnDemand(t *testing.T) {
	once, _ := given(t, judged(t, dbtest.SQLite(t)), register.Giving{})
	second := open(dbtest.SQLite(t))
	load(t, second, register.Source{File: "own.xml", WithoutDecisions: true}, once)
	if decisions, err := second.Decisions(context.Background()); err != nil || len(decisions) != 0 {
		t.Errorf("%+v, %v", decisions, err)
	}
	load(t, second, register.Source{File: "own.xml"}, once)
	if decisions, err := second.Decisions(context.Background()); err != nil || len(decisions) != 5 {
		t.Errorf("asked for later, %d decisions came with the file, want 5; %v", len(decisions), err)
	}
}

// The file as a reader sees it: what publishers state as it came, what is ours beside it.
func TestAnExportReadsLikeThis(t *testing.T) {
	got, _ := given(t, judged(t, dbtest.SQLite(t)), register.Giving{})
	path := filepath.Join("testdata", "export.golden.xml")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("not as in %s (-update writes it anew): %v\n%s", path, err, got)
	}
}

// TestWhatIsOursComesOffWithoutATrace holds to this for every real sample file: with our own tags
// the file is valid when it is without, and what comes in again is what was there.
func TestWhatIsOursComesOffWithoutATrace(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(samples(t, "iati"), "real", "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	valid := func(file string) bool {
		checked, err := iati.Check(bytes.NewReader([]byte(file)), iati.Checking{SchemaOnly: true}, func(iati.Fault) {})
		return err == nil && checked.Valid
	}
	ours, sound := 0, map[string][]byte{}
	for _, path := range paths {
		r := open(dbtest.SQLite(t))
		before, err := tryFile(t, r, path)
		if err != nil || before.New == 0 {
			continue
		}
		plain, _ := given(t, r, register.Giving{Plain: true})
		with, _ := given(t, r, register.Giving{})
		if with != plain {
			ours++
		}
		if valid(plain) {
			sound[path] = []byte(with)
			if !valid(with) {
				t.Errorf("%s: with our own tags it is not valid", path)
			}
		}
		second := open(dbtest.SQLite(t))
		load(t, second, register.Source{File: before.Source}, with)
		if again, _ := given(t, second, register.Giving{Plain: true}); again != plain {
			t.Errorf("%s: our own tags leave a trace", path)
		}
	}
	iatitest.Valid(t, sound)
	if ours == 0 {
		t.Error("no file has a tag of ours")
	}
}
