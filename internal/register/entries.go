package register

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/iati"
)

// entriesOf lays an activity out as fields, always the same ones in the same order.
func entriesOf(a iati.Activity) []entries {
	return []entries{
		{"reporter", alone(partyText(a.Reporter.Name, a.Reporter.Ref))}, {"reporter.type", alone(a.Reporter.Type)}, {"reporter.secondary", alone(yes(&a.Reporter.Secondary))},
		{"title", inLanguages("", a.Title)}, {"description", descriptions(a)},
		{"status", alone(wordFor(statuses, a.Status))}, {"date", dates(a)}, {"updated", alone(a.LastUpdated)}, {"scope", alone(a.Scope)},
		{"hierarchy", alone(strconv.Itoa(a.Hierarchy))}, {"language", alone(string(a.Lang))}, {"currency", alone(a.DefaultCurrency)}, {"humanitarian", alone(yes(a.Humanitarian))}, {"budget-not-provided", alone(a.BudgetNotProvided)},
		{"partner", partners(a)}, {"other-identifier", otherIdentifiers(a)},
		{"country", placesAt("", a.Countries)}, {"region", placesAt("", a.Regions)}, {"location", locations(a)},
		{"sector", codesAt("", a.Sectors)}, {"tag", codesAt("", a.Tags)}, {"marker", markers(a)},
		{"default", defaults(a)}, {"budget", budgets(a)}, {"planned-disbursement", planned(a)}, {"transaction", transactions(a)},
		{"document", documents(a)}, {"related", related(a)}, {"result", results(a)},
	}
}

// alone is a value of which there is one.
func alone(text string) []entry {
	if text == "" {
		return nil
	}
	return []entry{{"", []value{{"", text}}}}
}

func yes(b *bool) string {
	if b == nil {
		return ""
	}
	return strconv.FormatBool(*b)
}

// wordFor is the word of a code in tables; the code itself when there is none.
func wordFor(words map[string]string, code string) string {
	for word, c := range words {
		if c == code {
			return word
		}
	}
	return code
}

// words join what is not empty with blanks.
func words(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}

func partyText(name resolute.Text, ref string) string {
	text := allLanguages(name)
	if ref != "" {
		text = words(text, "<"+ref+">")
	}
	return text
}

// allLanguages prints a text in every language it has, the first without its name.
func allLanguages(t resolute.Text) string {
	var langs []string
	for lang := range t {
		langs = append(langs, string(lang))
	}
	sort.Strings(langs)
	var parts []string
	for _, lang := range langs {
		if text := t[resolute.Lang(lang)]; len(langs) == 1 {
			parts = append(parts, text)
		} else {
			parts = append(parts, lang+": "+text)
		}
	}
	return strings.Join(parts, " · ")
}

func inLanguages(of string, t resolute.Text) (list []entry) {
	for lang, text := range t {
		list = append(list, entry{words(of, string(lang)), []value{{"", text}}})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].of < list[j].of })
	return list
}

func descriptions(a iati.Activity) (list []entry) {
	for _, d := range a.Descriptions {
		of := d.Type
		if of == "1" {
			of = ""
		}
		list = append(list, inLanguages(of, d.Text)...)
	}
	return list
}

var dateWords = map[string]string{"planned_start": "1", "actual_start": "2", "planned_end": "3", "actual_end": "4"}

func dates(a iati.Activity) (list []entry) {
	for _, d := range a.Dates {
		list = append(list, entry{wordFor(dateWords, d.Type), []value{{"", d.Day}, {"narrative", allLanguages(d.Narrative)}}})
	}
	return list
}

func partners(a iati.Activity) (list []entry) {
	for _, p := range a.Participants {
		of := p.Ref
		if of == "" {
			of = allLanguages(p.Name)
		}
		list = append(list, entry{words(wordFor(roles, p.Role), of), []value{{"name", allLanguages(p.Name)}, {"type", p.Type}, {"activity", p.ActivityRef}}})
	}
	return list
}

func otherIdentifiers(a iati.Activity) (list []entry) {
	for _, o := range a.OtherIdentifiers {
		list = append(list, entry{words(o.Type, o.Ref), []value{{"owner", partyText(o.OwnerName, o.OwnerRef)}}})
	}
	return list
}

// percentText prints a share as a percentage; nothing when none was stated.
func percentText(s iati.Share) string {
	if s == iati.NotStated {
		return ""
	}
	whole, rest := s/10_000, s%10_000
	if rest == 0 {
		return strconv.Itoa(int(whole))
	}
	return strings.TrimRight(fmt.Sprintf("%d.%04d", whole, rest), "0")
}

func placesAt(of string, places []iati.Place) (list []entry) {
	for _, p := range places {
		code := p.Code
		if p.Vocabulary != "" && p.Vocabulary != "1" {
			code = words(p.Vocabulary, p.URI, p.Code)
		}
		list = append(list, entry{words(of, code), []value{{"share", percentText(p.Share)}, {"name", allLanguages(p.Name)}}})
	}
	return list
}

func locations(a iati.Activity) (list []entry) {
	for _, l := range a.Locations {
		of := l.Ref
		if of == "" {
			of = allLanguages(l.Name)
		}
		var gazetteers, administrative []string
		for _, g := range l.Gazetteers {
			gazetteers = append(gazetteers, words(g.Vocabulary, g.Code))
		}
		for _, d := range l.Administrative {
			administrative = append(administrative, words(d.Vocabulary, d.Level, d.Code))
		}
		system := l.Point.SRSName
		if system == iati.WGS84 {
			system = ""
		}
		list = append(list, entry{of, []value{{"name", allLanguages(l.Name)}, {"reach", l.Reach},
			{"gazetteer", strings.Join(gazetteers, " · ")}, {"description", allLanguages(l.Description)}, {"activity", allLanguages(l.ActivityDescription)},
			{"administrative", strings.Join(administrative, " · ")}, {"point", words(l.Point.Pos, system)},
			{"exactness", l.Exactness}, {"class", l.Class}, {"feature", l.Feature}}})
	}
	return list
}

func codesAt(of string, codes []iati.Code) (list []entry) {
	for _, c := range codes {
		list = append(list, entry{words(of, c.Vocabulary, strings.TrimPrefix(c.URI, ownAddress), c.Code), []value{{"share", percentText(c.Share)}, {"name", allLanguages(c.Name)}}})
	}
	return list
}

func markers(a iati.Activity) (list []entry) {
	for _, m := range a.Markers {
		list = append(list, entry{words(m.Vocabulary, m.URI, m.Code), []value{{"significance", m.Significance}, {"name", allLanguages(m.Name)}}})
	}
	return list
}

func defaults(a iati.Activity) (list []entry) {
	for _, d := range []value{{"collaboration-type", a.CollaborationType}, {"flow-type", a.DefaultFlowType}, {"finance-type", a.DefaultFinanceType}, {"tied-status", a.DefaultTiedStatus}} {
		if d.text != "" {
			list = append(list, entry{d.name, []value{{"", d.text}}})
		}
	}
	for _, t := range a.DefaultAidTypes {
		list = append(list, entry{words("aid-type", t.Vocabulary, t.Code), nil})
	}
	return list
}

func related(a iati.Activity) (list []entry) {
	for _, r := range a.Related {
		list = append(list, entry{words(r.Type, r.Ref), nil})
	}
	return list
}

func documents(a iati.Activity) (list []entry) {
	for _, d := range a.Documents {
		list = append(list, entry{d.URL, []value{{"title", allLanguages(d.Title)}, {"day", d.Day}, {"format", d.Format}, {"category", strings.Join(d.Categories, " ")}, {"language", strings.Join(d.Languages, " ")}}})
	}
	return list
}
