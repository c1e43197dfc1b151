package register_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

func TestThePageOfAnActivityHoldsAllThatIsStored(t *testing.T) {
	extra := `<recipient-country code="KE" percentage="60"/><recipient-country code="xx" percentage="40"/>
<sector vocabulary="1" code="22040"/><tag vocabulary="3" code="9.C"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-02-03"/><value>12.345</value></transaction>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-02-03"/><value currency="JOD">ten</value></transaction>
<document-link url="https://resolute.example/d.pdf" format="application/pdf"><title><narrative>Report</narrative></title><document-date iso-date="2024-03-04"/></document-link>
<foreign xmlns="https://resolute.example/ns">kept</foreign>`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(activity{id: "A", title: "first"}))
		account := load(t, r, src, iatiFile(activity{id: "A", extra: extra, updated: "2024-05-06"}))
		p, err := r.Activity(ctx, key(t, d, "A"))
		if err != nil {
			t.Fatal(err)
		}
		if p.Identifier != "A" || p.Reporter != "ZZ-TEST-1" || p.Updated != "2024-05-06T00:00:00Z" || !p.Counts || p.Absent != 0 || p.Import.ID != account.ID {
			t.Errorf("page %+v", p.Activity)
		}
		if len(p.Places) != 1 || p.Places[0] != (register.Place{Kind: "country", Code: "KE", Share: 600_000}) {
			t.Errorf("places %+v; want Kenya alone", p.Places)
		}
		if len(p.Transactions) != 2 || p.Transactions[0].Cents != 1234 || !p.Transactions[0].Usable || p.Transactions[1].Usable || p.Transactions[1].Original != "ten" {
			t.Errorf("transactions %+v", p.Transactions)
		}
		if got := tagOf(t, r, p.Key, "sdg-goal", "9"); got.Basis != register.Stated || got.Rule != "target-states-goal" || got.Reason != "9.c" {
			t.Errorf("the goal of the stated target is %+v", got)
		}
		if len(p.Document.Documents) != 1 || p.Document.Documents[0].Day != "2024-03-04" || len(p.Evidence) != 2 {
			t.Errorf("documents %+v, evidence %+v", p.Document.Documents, p.Evidence)
		}
		if !strings.Contains(string(p.Raw), "<foreign xmlns=\"https://resolute.example/ns\">kept</foreign>") {
			t.Errorf("the document lost something: %s", p.Raw)
		}
		if len(p.Versions) != 2 || p.Versions[0].Version != p.Version {
			t.Errorf("versions %+v; want two, the newest first", p.Versions)
		}
		rules := map[string]bool{}
		for _, f := range p.Findings {
			rules[f.Rule+" "+f.Found] = true
		}
		if !rules["unknown-code xx"] || !rules["value-rounded 12.345"] {
			t.Errorf("findings %v", rules)
		}
		if _, err := r.Activity(ctx, "nothing"); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("an unknown key: %v, want not found", err)
		}
	})
}

func TestThePageTellsOfDuplicatesAndAbsence(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, src, iatiFile(activity{id: "A", title: "x", updated: "2024-01-01"}, activity{id: "B"}))
	load(t, r, register.Source{File: "second.xml"}, iatiFile(activity{id: "A", title: "y", updated: "2025-01-01"}))
	gone := load(t, r, src, iatiFile(activity{id: "A", title: "x", updated: "2024-01-01"}))
	p, err := r.Activity(context.Background(), register.Key("ZZ-TEST-1", "A", "agency.xml", 1))
	if err != nil || p.Counts || len(p.Duplicates) != 1 || p.Duplicates[0] != register.Key("ZZ-TEST-1", "A", "second.xml", 1) {
		t.Errorf("counts %v, duplicates %v, %v", p.Counts, p.Duplicates, err)
	}
	p, err = r.Activity(context.Background(), key(t, d, "B"))
	if err != nil || p.Absent != gone.ID {
		t.Errorf("absent since %d, %v; want %d", p.Absent, err, gone.ID)
	}
}

func TestParagraphsAreStatedByAliasOrPath(t *testing.T) {
	const address = `vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30"`
	d := dbtest.SQLite(t)
	r := open(d)
	account := load(t, r, src, iatiFile(activity{id: "A", extra: `<sector ` + address + ` code="r8" percentage="100"/>
<tag ` + address + ` code="resolves_8"/><tag ` + address + ` code="F1.II"/><tag ` + address + ` code="R99"/>`}))
	p, err := r.Activity(context.Background(), key(t, d, "A"))
	if err != nil || len(p.Links) != 2 || p.Links[0].Share != 1_000_000 || p.Links[0].Rule != "sector:99" || p.Links[1].Share != register.NoShare {
		t.Errorf("links %+v, %v; want resolves 8 whole and another", p.Links, err)
	}
	if account.Total.Warning != 1 {
		t.Errorf("findings %+v; want one about R99", p.Findings)
	}
	decide(t, r, register.Decision{Verdict: register.Refuse, Reach: register.Reach{Key: p.Key, Scheme: register.ThreadScheme, Code: "R8"}})
	if p, err = r.Activity(context.Background(), p.Key); err != nil || p.Links[0].Review != register.Refused {
		t.Errorf("after refusing R8: %+v, %v", p.Links, err)
	}
}
