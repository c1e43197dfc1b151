package register

import (
	"strings"

	"resolute/internal/iati"
)

// amountText prints an amount as it came in.
func amountText(v iati.Value) string { return words(v.Text, v.Currency) }

func budgets(a iati.Activity) (list []entry) {
	for _, b := range a.Budgets {
		list = append(list, entry{words(b.From+".."+b.To, revised(b.Type)), []value{{"value", amountText(b.Value)}, {"status", b.Status}, {"value-date", b.Value.ValueDate}}})
	}
	return list
}

// revised names a budget that is not the original one.
func revised(kind string) string {
	if kind == "1" {
		return ""
	}
	return "type " + kind
}

func planned(a iati.Activity) (list []entry) {
	for _, d := range a.PlannedDisbursements {
		list = append(list, entry{words(d.From+".."+d.To, revised(d.Type)), append([]value{{"value", amountText(d.Value)}, {"value-date", d.Value.ValueDate}}, sides(d.Provider, d.Receiver)...)})
	}
	return list
}

func sides(provider, receiver iati.Party) []value {
	return []value{{"provider", partyText(provider.Name, provider.Ref)}, {"provider-type", provider.Type}, {"provider-activity", provider.ActivityRef},
		{"receiver", partyText(receiver.Name, receiver.Ref)}, {"receiver-type", receiver.Type}, {"receiver-activity", receiver.ActivityRef}}
}

// transactions are named by their reference, else by type and day.
func transactions(a iati.Activity) (list []entry) {
	for _, t := range a.Transactions {
		of := t.Ref
		if of == "" {
			of = words(wordFor(movement, t.Type), t.Date)
		}
		values := []value{{"type", wordFor(movement, t.Type)}, {"day", t.Date}, {"value", amountText(t.Value)}, {"value-date", t.Value.ValueDate}, {"description", allLanguages(t.Description)}}
		values = append(values, sides(t.Provider, t.Receiver)...)
		values = append(values, value{"sectors", joined(codesAt("", t.Sectors))}, value{"countries", joined(placesAt("", t.Countries))}, value{"regions", joined(placesAt("", t.Regions))},
			value{"channel", t.DisbursementChannel}, value{"flow-type", t.FlowType}, value{"finance-type", t.FinanceType}, value{"tied-status", t.TiedStatus}, value{"humanitarian", yes(t.Humanitarian)})
		var aid []string
		for _, k := range t.AidTypes {
			aid = append(aid, words(k.Vocabulary, k.Code))
		}
		list = append(list, entry{of, append(values, value{"aid-types", strings.Join(aid, ", ")})})
	}
	return list
}

// joined prints members of a list within a list.
func joined(list []entry) string {
	var parts []string
	for _, e := range list {
		text := e.of
		for _, v := range e.values {
			text = words(text, v.text)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// results are laid out by result, indicator and period.
func results(a iati.Activity) (list []entry) {
	for _, r := range a.Results {
		of := allLanguages(r.Title)
		list = append(list, entry{of, []value{{"type", r.Type}, {"description", allLanguages(r.Description)}, {"references", references(r.References)}}})
		for _, i := range r.Indicators {
			indicator := words(of, "·", allLanguages(i.Title))
			values := []value{{"measure", i.Measure}, {"ascending", yes(&i.Ascending)}, {"references", references(i.References)}}
			for _, b := range i.Baselines {
				values = append(values, value{"baseline", words(b.Year, b.Day, b.Value, allLanguages(b.Comment))})
			}
			list = append(list, entry{indicator, values})
			for _, p := range i.Periods {
				list = append(list, entry{words(indicator, "·", p.Start+".."+p.End), []value{{"target", measurements(p.Targets)}, {"actual", measurements(p.Actuals)}}})
			}
		}
	}
	return list
}

func references(refs []iati.Reference) string {
	var parts []string
	for _, r := range refs {
		parts = append(parts, words(r.Vocabulary, r.URI, r.Code))
	}
	return strings.Join(parts, ", ")
}

func measurements(list []iati.Measurement) string {
	var parts []string
	for _, m := range list {
		parts = append(parts, words(m.Value, allLanguages(m.Comment)))
	}
	return strings.Join(parts, ", ")
}
