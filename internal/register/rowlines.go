package register

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/iati"
)

// tableLine is one line of a table that hangs on an activity, by column.
type tableLine struct {
	Cells map[string]string          `json:"cells"`
	at    func(column string) string // address of a cell while the file is read; nil afterwards
}

// lines reads the tables that hang on the activity.
func (x *rowReader) lines() {
	for _, t := range []struct {
		name string
		read func(l tableLine)
	}{
		{TableTransactions, x.transaction}, {TableBudgets, x.budget}, {TablePartners, x.partner},
		{TablePlaces, x.whereabouts}, {TableResults, x.result}, {TableTags, x.tag},
	} {
		for _, l := range x.Lines[t.name] {
			x.line = &l
			t.read(l)
		}
	}
	x.line = nil
}

func (x *rowReader) transaction(l tableLine) {
	c := l.Cells
	t := iati.Transaction{Ref: c["reference"], Type: x.wordOf("type", c["type"], movement), Date: x.day("day", c["day"]), Value: x.value("value", c["currency"], c["value"]), Line: x.Line}
	t.Provider.Name, t.Provider.Ref = party(c["provider"])
	t.Receiver.Name, t.Receiver.Ref = party(c["receiver"])
	if c["description"] != "" {
		t.Description = resolute.Text{resolute.English: c["description"]}
	}
	x.a.Transactions = append(x.a.Transactions, t)
}

// words of budgets and places, and their codes.
var (
	budgetTypes    = map[string]string{"original": "1", "revised": "2"}
	budgetStatuses = map[string]string{"indicative": "1", "committed": "2"}
	resultTypes    = map[string]string{"output": "1", "outcome": "2", "impact": "3", "other": "9"}
	measures       = map[string]string{"unit": "1", "percentage": "2", "nominal": "3", "ordinal": "4", "qualitative": "5"}
)

func (x *rowReader) budget(l tableLine) {
	c := l.Cells
	b := iati.Budget{Type: "1", Status: "1", From: x.day("from", c["from"]), To: x.day("to", c["to"]), Value: x.value("value", c["currency"], c["value"]), Line: x.Line}
	if code := x.wordOf("budget_type", c["budget_type"], budgetTypes); code != "" {
		b.Type = code
	}
	if code := x.wordOf("budget_status", c["budget_status"], budgetStatuses); code != "" {
		b.Status = code
	}
	x.a.Budgets = append(x.a.Budgets, b)
}

func (x *rowReader) partner(l tableLine) {
	c := l.Cells
	p := iati.Participant{Role: x.wordOf("role", c["role"], roles), Type: c["partner_type"], Line: x.Line}
	p.Name, p.Ref = party(c["partner"])
	x.a.Participants = append(x.a.Participants, p)
}

func (x *rowReader) whereabouts(l tableLine) {
	c := l.Cells
	p := iati.Place{Code: c["code"], Share: x.percent("share", c["share"]), Line: x.Line}
	if strings.EqualFold(c["place_kind"], Region) {
		if p.Vocabulary = c["vocabulary"]; p.Vocabulary == "" {
			p.Vocabulary = "1" // DAC
		}
		x.a.Regions = append(x.a.Regions, p)
		return
	}
	if c["place_kind"] != "" && !strings.EqualFold(c["place_kind"], Country) {
		x.fault("bad-value", "place_kind", c["place_kind"], "country or region", fmt.Sprintf("%q is not country or region", c["place_kind"]))
	}
	x.country("code", p)
}

// percent reads a share of a whole: 60, 60% or 12.5.
func (x *rowReader) percent(column, text string) iati.Share {
	if text == "" {
		return iati.NotStated
	}
	n, _, ok := resolute.ParseCents(strings.TrimSpace(strings.TrimSuffix(text, "%")) + "e2")
	if !ok || n < 0 || n > 10*resolute.Cents(iati.Whole) {
		x.fault("bad-value", column, text, "a percentage, such as 60", fmt.Sprintf("%q is no percentage", text))
		return iati.NotStated
	}
	return iati.Share(n)
}

// result reads a line into the result and indicator of its name.
func (x *rowReader) result(l tableLine) {
	c := l.Cells
	i := slices.IndexFunc(x.a.Results, func(r iati.Result) bool { return r.Title[resolute.English] == c["result"] })
	if i < 0 {
		x.a.Results = append(x.a.Results, iati.Result{Type: "9", Title: resolute.Text{resolute.English: c["result"]}, Line: x.Line})
		i = len(x.a.Results) - 1
	}
	r := &x.a.Results[i]
	if code := x.wordOf("result_type", c["result_type"], resultTypes); code != "" {
		r.Type = code
	}
	if c["indicator"] == "" {
		return
	}
	j := slices.IndexFunc(r.Indicators, func(n iati.Indicator) bool { return n.Title[resolute.English] == c["indicator"] })
	if j < 0 {
		r.Indicators = append(r.Indicators, iati.Indicator{Measure: "1", Ascending: true, Title: resolute.Text{resolute.English: c["indicator"]}, Line: x.Line})
		j = len(r.Indicators) - 1
	}
	n := &r.Indicators[j]
	if code := x.wordOf("measure", c["measure"], measures); code != "" {
		n.Measure = code
	}
	if c["baseline"] != "" && len(n.Baselines) == 0 {
		n.Baselines = []iati.Baseline{{Year: c["baseline_year"], Value: c["baseline"]}}
	}
	if c["from"] == "" && c["to"] == "" && c["target"] == "" && c["actual"] == "" {
		return
	}
	p := iati.ResultPeriod{Start: x.day("from", c["from"]), End: x.day("to", c["to"]), Line: x.Line}
	if c["target"] != "" {
		p.Targets = []iati.Measurement{{Value: c["target"]}}
	}
	if c["actual"] != "" {
		p.Actuals = []iati.Measurement{{Value: c["actual"]}}
	}
	n.Periods = append(n.Periods, p)
}

// tagSchemes are the words of vocabularies in the table of tags, and the vocabularies of IATI's
// sectors that they are; other schemes are ours, by their names.
var tagSchemes = map[string]string{"dac5": "1", "dac3": "2", framework.Goal: "7", framework.Target: "8", framework.Indicator: "9"}

// schemeAliases are names of schemes that people write, beside the schemes' own.
var schemeAliases = map[string]string{"action-line": framework.ActionLine}

func (x *rowReader) tag(l tableLine) {
	c := l.Cells
	code := iati.Code{Code: c["code"], Share: x.percent("share", c["share"])}
	scheme := strings.ToLower(c["scheme"])
	if own, known := schemeAliases[scheme]; known {
		scheme = own
	}
	switch {
	case tagSchemes[scheme] != "":
		code.Vocabulary = tagSchemes[scheme]
	case scheme == "" || scheme == ThreadScheme:
		code.Vocabulary = "99"
		code.URI, code.Code = paragraphAddress(code.Code)
	case strings.Contains(scheme, "/"):
		code.Vocabulary, code.URI = "99", c["scheme"]
	default:
		code.Vocabulary, code.URI = "99", ownAddress+scheme
	}
	x.sector("code", code)
}
