package iati_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/iati"
)

// yes is a boolean that is stated.
var yes = true

// specimen is a fictional activity with every field filled, valid by the schema; n makes it one
// of a series.
func specimen(n int) iati.Activity {
	name := func(en, fr string) resolute.Text { return resolute.Text{"en": en, "fr": fr} }
	amount := func(text string) iati.Value {
		v := iati.Value{Currency: "USD", ValueDate: "2022-03-01", Text: text}
		v.Cents, v.Exact, v.OK = resolute.ParseCents(text)
		return v
	}
	a := iati.Activity{
		Identifier: fmt.Sprintf("ZZ-FICT-%06d", n), Lang: "en", DefaultCurrency: "USD",
		LastUpdated: "2024-05-01T00:00:00Z", Hierarchy: 2, Humanitarian: &yes, BudgetNotProvided: "1",
		Reporter:         iati.Reporter{Ref: "ZZ-FICT", Type: "40", Secondary: true, Name: name("Fictional agency", "Agence fictive")},
		Title:            name("Fictional network & school", "Réseau <fictif>"),
		Descriptions:     []iati.Description{{Type: "1", Text: name(strings.Repeat("Nothing in this record is real. ", 20), "Rien n’est réel.")}},
		OtherIdentifiers: []iati.OtherIdentifier{{Ref: "old-7", Type: "A1", OwnerRef: "ZZ-FICT", OwnerName: name("Owner", "")}},
		Status:           "2", Scope: "4",
		Dates:     []iati.Date{{Type: "1", Day: "2022-01-01"}, {Type: "3", Day: "2024-12-31", Narrative: name("end", "fin")}},
		Countries: []iati.Place{{Code: "KE", Share: 600_000}},
		Regions:   []iati.Place{{Code: "298", Vocabulary: "1", Share: 400_000, Name: name("Africa", "Afrique")}},
		Locations: []iati.Location{{Ref: "a", Reach: "1", Gazetteers: []iati.Gazetteer{{Vocabulary: "G1", Code: "1"}, {Vocabulary: "G2", Code: "node/2"}},
			Name: name("Site", "Lieu"), Description: name("by the lake", "au bord du lac"), ActivityDescription: name("Masts", ""),
			Administrative: []iati.Administrative{{Vocabulary: "G1", Level: "1", Code: "3"}, {Vocabulary: "A4", Code: "KE"}},
			Point:          iati.PointAt("-1.28 36.82"), Exactness: "2", Class: "2", Feature: "PPL"}, {Name: name("Second site", "")}},
		Sectors: []iati.Code{{Vocabulary: "1", Code: "22040", Share: 333_333}, {Vocabulary: "1", Code: "22020", Share: 666_667},
			{Vocabulary: "99", URI: "https://example.org/v", Code: "X", Share: iati.NotStated, Name: name("Own", "Propre")}},
		Tags:              []iati.Code{{Vocabulary: "3", Code: "9.c", Share: iati.NotStated, Name: name("Access", "Accès")}},
		Markers:           []iati.Marker{{Vocabulary: "1", Code: "1", Significance: "0"}, {Vocabulary: "99", URI: "https://example.org/m", Code: "m", Name: name("Own", "")}},
		CollaborationType: "1", DefaultFlowType: "10", DefaultFinanceType: "110", DefaultTiedStatus: "5",
		DefaultAidTypes: []iati.AidType{{Vocabulary: "1", Code: "C01"}},
		Budgets:         []iati.Budget{{Type: "1", Status: "2", From: "2022-01-01", To: "2022-12-31", Value: amount("10000")}},
		Related:         []iati.Related{{Ref: "ZZ-FICT-0", Type: "1"}},
		Documents: []iati.Document{{URL: "https://example.org/doc", Format: "text/html", Title: name("Report", "Rapport"),
			Categories: []string{"A01", "B02"}, Languages: []string{"en", "fr"}, Day: "2023-02-01"}},
	}
	party := iati.Party{Ref: "ZZ-FICT", Type: "40", ActivityRef: "ZZ-FICT-9", Name: name("Fictional fund", "Fonds fictif")}
	a.Participants = []iati.Participant{{Ref: "ZZ-FICT", Role: "1", Type: "40", ActivityRef: "ZZ-FICT-9", Name: party.Name}, {Role: "4", Name: name("Council", "")}}
	a.PlannedDisbursements = []iati.PlannedDisbursement{{Type: "1", From: "2023-01-01", To: "2023-06-30", Value: amount("-5.5"), Provider: party, Receiver: party}}
	for i := range 12 {
		a.Transactions = append(a.Transactions, iati.Transaction{Ref: fmt.Sprint(i), Type: "3", Date: "2022-09-01", Humanitarian: &yes,
			Value: amount("1250.125"), Description: name("Payment", "Paiement"), Provider: party, Receiver: iati.Party{Name: name("Village", "")},
			DisbursementChannel: "1", Sectors: []iati.Code{{Vocabulary: "1", Code: "22040", Share: iati.NotStated}},
			Countries: []iati.Place{{Code: "KE", Share: iati.NotStated}}, Regions: []iati.Place{{Code: "298", Vocabulary: "1", Share: iati.NotStated}},
			FlowType: "10", FinanceType: "110", AidTypes: []iati.AidType{{Vocabulary: "1", Code: "C01"}}, TiedStatus: "5"})
	}
	measured := []iati.Measurement{{Value: "12", Comment: name("counted", "compté")}, {Value: "13"}}
	a.Results = []iati.Result{{Type: "2", Title: name("Schools online", "Écoles en ligne"), Description: name("more", "plus"),
		Indicators: []iati.Indicator{{Measure: "1", Title: name("Schools", "Écoles"),
			References: []iati.Reference{{Vocabulary: "9", Code: "9.c.1", URI: "https://example.org/i"}},
			Baselines:  []iati.Baseline{{Year: "2020", Day: "2020-12-31", Value: "3", Comment: name("survey", "")}},
			Periods:    []iati.ResultPeriod{{Start: "2022-01-01", End: "2022-12-31", Targets: measured, Actuals: measured}}}}}}
	return withoutEmpty(a)
}

// withoutEmpty drops the empty passages that make the specimen easy to write.
func withoutEmpty(a iati.Activity) iati.Activity {
	walk := func(t resolute.Text) {
		for l, s := range t {
			if s == "" {
				delete(t, l)
				continue
			}
			t[l] = strings.TrimSpace(s)
		}
	}
	eachText(&a, walk)
	return a
}

// generatedFile is a file of n specimens.
func generatedFile(t testing.TB, n int) []byte {
	t.Helper()
	var file bytes.Buffer
	w := iati.NewWriter(&file, iati.Root{GeneratedAt: "2025-01-15T00:00:00Z"})
	for i := range n {
		if err := w.WriteActivity(specimen(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// words draws text as XML may hold it, hard cases among it, without outer white space.
var words = rapid.Custom(func(t *rapid.T) string {
	runes := rapid.RuneFrom([]rune("ab1 .,&<>\"'\t\n\r]é中ع🙂\u00a0\u202a\u202c\ufffd"))
	s := strings.TrimSpace(rapid.StringOfN(runes, 1, 12, -1).Draw(t, "words"))
	s = strings.Map(func(r rune) rune { // direction controls come in pairs or not at all
		if r == '\u202a' || r == '\u202c' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace("x" + s + rapid.SampledFrom([]string{"", "\u202aab\u202c", "]]>"}).Draw(t, "tail"))
})

// activities draws activities that the writer can say in full.
var activities = rapid.Custom(func(t *rapid.T) iati.Activity {
	g := drawer{t, rapid.SampledFrom([]resolute.Lang{"", "en", "fr"}).Draw(t, "lang")}
	a := iati.Activity{
		Identifier: g.maybe(), Lang: g.lang, DefaultCurrency: g.pick("", "USD", "EUR"), LastUpdated: g.pick("", "2024-05-01T10:20:30Z"),
		Hierarchy: rapid.IntRange(1, 4).Draw(t, "hierarchy"), Humanitarian: g.flag(), BudgetNotProvided: g.maybe(),
		Title: g.text(), Status: g.pick("", "2", "9"), Scope: g.maybe(), CollaborationType: g.maybe(), DefaultFlowType: g.maybe(),
		DefaultFinanceType: g.maybe(), DefaultTiedStatus: g.maybe(),
		Reporter: iati.Reporter{Ref: g.maybe(), Type: g.maybe(), Secondary: rapid.Bool().Draw(t, "secondary"), Name: g.text()},
	}
	a.Descriptions = some(g, func() iati.Description { return iati.Description{Type: g.maybe(), Text: g.text()} })
	a.Participants = some(g, func() iati.Participant {
		return iati.Participant{Ref: g.maybe(), Role: g.maybe(), Type: g.maybe(), ActivityRef: g.maybe(), Name: g.text()}
	})
	a.OtherIdentifiers = some(g, func() iati.OtherIdentifier {
		return iati.OtherIdentifier{Ref: g.maybe(), Type: g.maybe(), OwnerRef: g.maybe(), OwnerName: g.text()}
	})
	a.Dates = some(g, func() iati.Date { return iati.Date{Type: g.maybe(), Day: g.day(), Narrative: g.text()} })
	a.Countries = some(g, func() iati.Place { return iati.Place{Code: g.maybe(), Share: g.share(), Name: g.text()} })
	a.Regions = some(g, func() iati.Place {
		return iati.Place{Code: g.maybe(), Vocabulary: g.pick("1", "99"), URI: g.maybe(), Share: g.share(), Name: g.text()}
	})
	a.Locations = some(g, g.location)
	a.Sectors = some(g, func() iati.Code { return g.sector(g.share()) })
	a.Tags = some(g, func() iati.Code { return g.sector(iati.NotStated) })
	a.Markers = some(g, func() iati.Marker {
		return iati.Marker{Vocabulary: g.pick("1", "99"), URI: g.maybe(), Code: g.maybe(), Significance: g.maybe(), Name: g.text()}
	})
	a.DefaultAidTypes = some(g, g.aidType)
	a.Budgets = some(g, func() iati.Budget {
		return iati.Budget{Type: g.pick("1", "2"), Status: g.pick("1", "2"), From: g.day(), To: g.day(), Value: g.value(a.DefaultCurrency)}
	})
	a.Transactions = some(g, func() iati.Transaction { return g.transaction(a.DefaultCurrency) })
	a.Documents = some(g, func() iati.Document {
		return iati.Document{URL: g.maybe(), Format: g.maybe(), Title: g.text(), Categories: some(g, g.word), Languages: some(g, g.word), Day: g.day()}
	})
	a.Related = some(g, func() iati.Related { return iati.Related{Ref: g.maybe(), Type: g.maybe()} })
	return a
})

// drawer draws the parts of an activity whose narratives are in lang by default.
type drawer struct {
	t    *rapid.T
	lang resolute.Lang
}

func some[T any](g drawer, draw func() T) []T {
	var all []T
	for range rapid.IntRange(0, 2).Draw(g.t, "how many") {
		all = append(all, draw())
	}
	return all
}

func (g drawer) word() string             { return words.Draw(g.t, "word") }
func (g drawer) pick(of ...string) string { return rapid.SampledFrom(of).Draw(g.t, "pick") }
func (g drawer) day() string              { return g.pick("1999-12-31", "2024-02-29") }
func (g drawer) aidType() iati.AidType    { return iati.AidType{Vocabulary: g.word(), Code: g.maybe()} }

func (g drawer) maybe() string {
	if rapid.Bool().Draw(g.t, "empty") {
		return ""
	}
	return g.word()
}

func (g drawer) flag() *bool {
	b := rapid.Bool().Draw(g.t, "flag")
	if rapid.Bool().Draw(g.t, "unstated") {
		return nil
	}
	return &b
}

func (g drawer) share() iati.Share {
	return iati.Share(rapid.Int32Range(-1, 10*int32(iati.Whole)).Draw(g.t, "share"))
}

func (g drawer) text() resolute.Text {
	var t resolute.Text
	for _, lang := range some(g, func() string { return g.pick(string(g.lang), "ar", "zh", "sv") }) {
		if t == nil {
			t = resolute.Text{}
		}
		t[resolute.Lang(lang)] = g.word()
	}
	return t
}

func (g drawer) sector(share iati.Share) iati.Code {
	return iati.Code{Vocabulary: g.pick("1", "7", "99"), URI: g.maybe(), Code: g.maybe(), Share: share, Name: g.text()}
}

func (g drawer) location() iati.Location {
	l := iati.Location{Ref: g.maybe(), Reach: g.maybe(), Name: g.text(), Description: g.text(), ActivityDescription: g.text(),
		Point: g.point(), Exactness: g.maybe(), Class: g.maybe(), Feature: g.maybe()}
	l.Gazetteers = some(g, func() iati.Gazetteer { return iati.Gazetteer{Vocabulary: g.word(), Code: g.maybe()} })
	l.Administrative = some(g, func() iati.Administrative {
		return iati.Administrative{Vocabulary: g.maybe(), Level: g.pick("", "0", "2", "deep"), Code: g.word()}
	})
	return l
}

// point draws none, one that is read, one of another system, and one of any words.
func (g drawer) point() iati.Point {
	p := iati.Point{SRSName: g.pick("", "EPSG:32737", iati.WGS84), Pos: g.maybe()}
	if rapid.Bool().Draw(g.t, "read") {
		p = iati.PointAt(g.pick("-90 180", "6.5\t-58.16", "+0.0000001 0", "1e1  -1.5E2"))
	}
	return p
}

func (g drawer) value(inherited string) iati.Value {
	v := iati.Value{Currency: g.pick("CHF", "XOF"), ValueDate: g.pick("", "2024-02-29"), Text: g.pick("0", "-12.345", "1e-10", "1,000", "7.50")}
	if rapid.Bool().Draw(g.t, "default currency") {
		v.Currency = inherited
	}
	v.Cents, v.Exact, v.OK = resolute.ParseCents(v.Text)
	return v
}

func (g drawer) transaction(currency string) iati.Transaction {
	party := func() iati.Party {
		return iati.Party{Ref: g.maybe(), Type: g.maybe(), ActivityRef: g.maybe(), Name: g.text()}
	}
	return iati.Transaction{Ref: g.maybe(), Type: g.maybe(), Date: g.day(), Humanitarian: g.flag(), Value: g.value(currency),
		Description: g.text(), Provider: party(), Receiver: party(), DisbursementChannel: g.maybe(),
		Sectors:   some(g, func() iati.Code { return g.sector(iati.NotStated) }),
		Countries: some(g, func() iati.Place { return iati.Place{Code: g.maybe(), Share: iati.NotStated, Name: g.text()} }),
		FlowType:  g.maybe(), FinanceType: g.maybe(), AidTypes: some(g, g.aidType), TiedStatus: g.maybe()}
}
