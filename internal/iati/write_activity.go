package iati

import (
	"strconv"

	"resolute"
)

// activity writes one activity, its children in the order of the schema.
func (w *Writer) activity(a Activity) {
	w.begin(1, "iati-activity", activityAttrs(a, w.lang)...)
	if a.Lang != "" {
		w.lang = a.Lang
	}
	w.identity(a)
	for _, p := range a.Participants {
		w.narrated(2, "participating-org", p.Name, pair{"ref", p.Ref}, pair{"role", p.Role}, pair{"type", p.Type}, pair{"activity-id", p.ActivityRef})
	}
	for _, o := range a.OtherIdentifiers {
		w.otherIdentifier(o)
	}
	w.code(2, "activity-status", a.Status)
	for _, d := range a.Dates {
		w.narrated(2, "activity-date", d.Narrative, pair{"type", d.Type}, pair{"iso-date", d.Day})
	}
	w.code(2, "activity-scope", a.Scope)
	w.places(2, a.Countries, a.Regions)
	for _, l := range a.Locations {
		w.location(l)
	}
	w.classes(a)
	w.defaults(a)
	w.flows(a)
	for _, d := range a.Documents {
		w.document(d)
	}
	for _, r := range a.Related {
		w.empty(2, "related-activity", pair{"ref", r.Ref}, pair{"type", r.Type})
	}
	for _, r := range a.Results {
		w.result(r)
	}
	w.end(1, "iati-activity")
}

// activityAttrs gives the attributes of the start tag; inherited is the root's language.
func activityAttrs(a Activity, inherited resolute.Lang) []pair {
	attrs := []pair{{"last-updated-datetime", a.LastUpdated}}
	if a.Lang != inherited {
		attrs = append(attrs, pair{"xml:lang", string(a.Lang)})
	}
	attrs = append(attrs, pair{"default-currency", a.DefaultCurrency}, pair{"humanitarian", flag(a.Humanitarian)})
	if a.Hierarchy > 1 {
		attrs = append(attrs, pair{"hierarchy", strconv.Itoa(a.Hierarchy)})
	}
	return append(attrs, pair{"budget-not-provided", a.BudgetNotProvided})
}

// identity writes what an activity is called and who reports it.
func (w *Writer) identity(a Activity) {
	w.raw("    <iati-identifier>")
	w.escaped(a.Identifier, textEscapes)
	w.raw("</iati-identifier>\n")
	secondary := ""
	if a.Reporter.Secondary {
		secondary = "1"
	}
	w.narrated(2, "reporting-org", a.Reporter.Name, pair{"ref", a.Reporter.Ref}, pair{"type", a.Reporter.Type}, pair{"secondary-reporter", secondary})
	w.narrated(2, "title", a.Title)
	for _, d := range a.Descriptions {
		w.narrated(2, "description", d.Text, pair{"type", d.Type})
	}
}

func (w *Writer) otherIdentifier(o OtherIdentifier) {
	attrs := []pair{{"ref", o.Ref}, {"type", o.Type}}
	if o.OwnerRef == "" && len(o.OwnerName) == 0 {
		w.empty(2, "other-identifier", attrs...)
		return
	}
	w.begin(2, "other-identifier", attrs...)
	w.narrated(3, "owner-org", o.OwnerName, pair{"ref", o.OwnerRef})
	w.end(2, "other-identifier")
}

// places writes countries, then regions.
func (w *Writer) places(indent int, countries, regions []Place) {
	for _, p := range countries {
		w.narrated(indent, "recipient-country", p.Name, pair{"code", p.Code}, pair{"percentage", percentage(p.Share)})
	}
	for _, p := range regions {
		w.narrated(indent, "recipient-region", p.Name, pair{"code", p.Code}, pair{"vocabulary", p.Vocabulary},
			pair{"vocabulary-uri", p.URI}, pair{"percentage", percentage(p.Share)})
	}
}

// classes writes sectors, tags and markers.
func (w *Writer) classes(a Activity) {
	for _, c := range a.Sectors {
		w.coded(2, "sector", c)
	}
	for _, c := range a.Tags {
		w.coded(2, "tag", c)
	}
	for _, m := range a.Markers {
		w.narrated(2, "policy-marker", m.Name, pair{"vocabulary", m.Vocabulary}, pair{"vocabulary-uri", m.URI},
			pair{"code", m.Code}, pair{"significance", m.Significance})
	}
}

func (w *Writer) coded(indent int, name string, c Code) {
	w.narrated(indent, name, c.Name, pair{"vocabulary", c.Vocabulary}, pair{"vocabulary-uri", c.URI},
		pair{"code", c.Code}, pair{"percentage", percentage(c.Share)})
}

// defaults writes what holds for every transaction that does not say otherwise.
func (w *Writer) defaults(a Activity) {
	w.code(2, "collaboration-type", a.CollaborationType)
	w.code(2, "default-flow-type", a.DefaultFlowType)
	w.code(2, "default-finance-type", a.DefaultFinanceType)
	for _, t := range a.DefaultAidTypes {
		w.empty(2, "default-aid-type", pair{"vocabulary", t.Vocabulary}, pair{"code", t.Code})
	}
	w.code(2, "default-tied-status", a.DefaultTiedStatus)
}

// flag writes a boolean that may not be stated.
func flag(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "1"
	}
	return "0"
}

// percentage writes a share as decimal percent; empty when not stated.
func percentage(s Share) string {
	if s == NotStated {
		return ""
	}
	return (percent(s) * 100_000).String()
}
