package register

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/iati"
	"resolute/internal/search"
)

// Kinds of evidence.
const (
	EvidenceStart    = "start"
	EvidenceEnd      = "end"
	EvidenceDocument = "document"
	EvidenceResult   = "result"
)

// Kinds of place.
const (
	Country = "country"
	Region  = "region"
)

// projection is what the store needs of an activity beside its document.
type projection struct {
	Activity
	tokens   string
	findings []codeFinding
	parents  []string // identifiers of related activities
	children []string
	rounded  int

	placeAt     index[Place]
	evidenceAt  index[Evidence]
	noCountries map[string]bool // codes told of already
}

// project turns a decoded activity into rows: what it states, and what the rules derive. It
// tells of codes that do not exist; they are in the document and nowhere else.
func (b *Rulebook) project(a iati.Activity) projection {
	p := b.outline(a)
	p.tags(a, b)
	return p
}

// outline is a projection without tags, links and words.
func (b *Rulebook) outline(a iati.Activity) projection {
	name, _ := a.Reporter.Name.In(resolute.English)
	title, lang := a.Title.In(resolute.English)
	p := projection{Activity: Activity{
		State: resolute.Approved, Reporter: ReporterOf(a.Reporter.Ref, name), ReporterName: name, Secondary: a.Reporter.Secondary,
		Identifier: a.Identifier, Line: a.Line, Status: a.Status, Hierarchy: a.Hierarchy, Lang: string(a.Lang), Updated: instant(a.LastUpdated),
		Title: a.Title, TitleShown: title, TitleLang: string(lang),
	}}
	if p.ReporterName == "" {
		p.ReporterName = a.Reporter.Ref
	}
	p.Owner = p.Reporter
	p.dates(a)
	p.money(a)
	p.participants(a)
	p.places(a, b)
	p.Locations = locationsOf(a)
	p.related(a)
	return p
}

// instant keeps what is an instant in UTC, so that later ones compare as greater.
func instant(printed string) string {
	if _, err := time.Parse("2006-01-02T15:04:05Z", printed); err != nil {
		return ""
	}
	return printed
}

func (p *projection) dates(a iati.Activity) {
	for _, d := range a.Dates {
		switch { // the first readable day of a type stands
		case d.Day == "":
		case d.Type == "1" && p.PlannedStart == "":
			p.PlannedStart = d.Day
		case d.Type == "2" && p.ActualStart == "":
			p.ActualStart = d.Day
			p.Evidence = append(p.Evidence, Evidence{EvidenceStart, d.Day})
		case d.Type == "3" && p.PlannedEnd == "":
			p.PlannedEnd = d.Day
		case d.Type == "4" && p.ActualEnd == "":
			p.ActualEnd = d.Day
			p.Evidence = append(p.Evidence, Evidence{EvidenceEnd, d.Day})
		}
	}
	for _, d := range a.Documents {
		p.proof(EvidenceDocument, d.Day)
	}
	for _, r := range a.Results {
		for _, i := range r.Indicators {
			for _, period := range i.Periods {
				p.proof(EvidenceResult, period.End)
			}
		}
	}
}

// proof notes a day once for each kind.
func (p *projection) proof(kind, day string) {
	if day == "" {
		return
	}
	e := Evidence{kind, day}
	if p.evidenceAt.find(e, len(p.Evidence), func(i int) Evidence { return p.Evidence[i] }) < 0 {
		p.Evidence = append(p.Evidence, e)
	}
}

func (p *projection) money(a iati.Activity) {
	for i, t := range a.Transactions {
		v := t.Value
		p.Transactions = append(p.Transactions, Transaction{N: i + 1, Type: t.Type, Day: t.Date, Currency: v.Currency, Cents: v.Cents, Original: v.Text,
			Usable: v.OK && v.Currency != "" && t.Date != "", Line: t.Line,
			Provider: another(a.Identifier, t.Provider.ActivityRef), Receiver: another(a.Identifier, t.Receiver.ActivityRef)})
	}
	for _, b := range a.Budgets {
		v := b.Value
		p.Budgets = append(p.Budgets, Budget{Type: b.Type, Status: b.Status, Starts: b.From, Ends: b.To, Currency: v.Currency, Cents: v.Cents, Original: v.Text,
			Usable: v.OK && v.Currency != "" && b.From != ""})
	}
}

// another gives the identifier that a transaction names, and nothing when it is that of its own
// activity.
func another(own, named string) string {
	named = strings.TrimSpace(named)
	if FoldIdentifier(own) == FoldIdentifier(named) {
		return ""
	}
	return named
}

func (p *projection) participants(a iati.Activity) {
	for _, o := range a.Participants {
		name, _ := o.Name.In(resolute.English)
		if name == "" {
			name = o.Ref
		}
		p.Participants = append(p.Participants, Participant{Role: o.Role, Type: o.Type, Ref: o.Ref, Name: name, names: o.Name})
	}
}

func (p *projection) places(a iati.Activity, b *Rulebook) {
	p.levelPlaces(0, a.Countries, a.Regions, b)
	for i, t := range a.Transactions {
		p.levelPlaces(i+1, t.Countries, t.Regions, b)
	}
}

func (p *projection) levelPlaces(txn int, countries, regions []iati.Place, b *Rulebook) {
	for _, c := range countries {
		code, ok := b.country(c.Code)
		if !ok {
			p.noCountry(c)
			continue
		}
		p.place(Place{Txn: txn, Kind: Country, Code: code, Share: Share(c.Share)})
	}
	for _, r := range regions {
		if r.Code != "" {
			p.place(Place{Txn: txn, Kind: Region, Code: r.Code, Vocabulary: r.Vocabulary, Share: Share(r.Share)})
		}
	}
}

// noCountry tells of a country code that does not exist, once for each code.
func (p *projection) noCountry(c iati.Place) {
	if p.noCountries[c.Code] {
		return
	}
	if p.noCountries == nil {
		p.noCountries = map[string]bool{}
	}
	p.noCountries[c.Code] = true
	const why = "no such country; kept in the document, not counted"
	p.findings = append(p.findings, codeFinding{resolute.Finding{Rule: FindingUnknownCode, Severity: resolute.SeverityWarning, Record: p.Identifier, Line: c.Line, Column: c.Column,
		Path: countryPath, Found: c.Code, Expected: "a two-letter country code of ISO 3166",
		Message: fmt.Sprintf("%s %q: %s", countryPath, c.Code, why)}, statedCountry(c.Code), why})
}

// statedCountry is a code of the list of countries.
func statedCountry(code string) statedCode { return statedCode{vocabulary: countryPath, code: code} }

const countryPath = "recipient-country"

// place adds a place once for each level; the shares of a place printed twice are added.
func (p *projection) place(place Place) {
	i := p.placeAt.find(place.apart(), len(p.Places), func(i int) Place { return p.Places[i].apart() })
	if i < 0 {
		p.Places = append(p.Places, place)
		return
	}
	p.Places[i].Share = added(p.Places[i].Share, place.Share)
}

// apart is what tells a place from the others of an activity.
func (p Place) apart() Place {
	p.Share = 0
	return p
}

// mostStated is 1000 percent, beyond which no printed percentage is believed; nor are several of one code
// together, which the finding about their sum tells of.
const mostStated = 10 * Whole

// added adds two stated shares, up to mostStated; one that is not stated leaves the other.
func added(a, b Share) Share {
	switch {
	case a == NoShare:
		return b
	case b == NoShare:
		return a
	}
	return min(a+b, mostStated)
}

// Types of related activities.
const (
	relatedParent = "1"
	relatedChild  = "2"
)

// relatedOf gives whom an activity names as its parents and its children.
func relatedOf(a iati.Activity) (parents, children []string) {
	for _, r := range a.Related {
		switch r.Type {
		case relatedParent:
			parents = append(parents, r.Ref)
		case relatedChild:
			children = append(children, r.Ref)
		}
	}
	return parents, children
}

func (p *projection) related(a iati.Activity) {
	p.parents, p.children = relatedOf(a)
	p.Lowest = len(p.children) == 0 // a guess, settled when the whole file is known
}

// targeted are the significances that say the marker is an objective (IATI PolicySignificance);
// 0 says it was looked at and is none.
var targeted = []string{"1", "2", "3", "4"}

// tags gathers what is stated, lets the rules derive, and takes kind, Sector and level out.
func (p *projection) tags(a iati.Activity, b *Rulebook) {
	s := b.stated(a)
	p.findings = append(p.findings, s.findings...)
	view := View{Stated: s.tags, Words: wordsOf(a)}
	for _, t := range s.tags {
		switch {
		case t.Txn != 0:
		case t.Scheme == framework.Kind && p.Kind == "":
			p.Kind = t.Code
		case t.Scheme == framework.Sector && p.Sector == "":
			p.Sector = t.Code
		case t.Scheme == framework.Level && p.Level == "":
			p.Level = t.Code
		}
	}
	if p.Level == "" {
		p.Level = b.scopes[a.Scope]
	}
	for _, m := range a.Markers {
		if m.Vocabulary == "1" && slices.Contains(targeted, m.Significance) {
			view.Markers = append(view.Markers, Marker{Code: m.Code, Significance: m.Significance, Line: m.Line})
		}
	}
	view.Kind, view.Level = p.Kind, p.Level
	derived, links := b.Derive(view)
	p.Tags = append(s.tags, derived...)
	p.Links = append(s.links, withoutStated(links, s.links)...)
	p.tokens = strings.Join(search.Index(texts(a)...), " ")
}

func withoutStated(derived, stated []Link) []Link {
	have := map[string]bool{}
	for _, l := range stated {
		have[l.Thread] = true
	}
	kept := derived[:0]
	for _, l := range derived {
		if !have[l.Thread] {
			kept = append(kept, l)
		}
	}
	return kept
}
