package register

import (
	"slices"
	"strings"
	"unicode/utf16"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/sheet"
)

// asRow gives a document as tables say it: a row as it is stored, an activity that came as IATI as far as
// tables can say it.
func (d document) asRow() row {
	if d.form == formRow {
		return d.row
	}
	return rowOf(d.Activity)
}

func rowOf(a iati.Activity) row {
	r := row{Cells: map[string]string{}, Lines: map[string][]tableLine{}}
	r.set("id", a.Identifier)
	r.set("reporter", partyCell(a.Reporter.Name, a.Reporter.Ref))
	r.texts("title", a.Title)
	for _, d := range a.Descriptions {
		if d.Type == "1" {
			r.texts("description", d.Text)
			break
		}
	}
	r.set("status", wordFor(statuses, a.Status))
	for _, d := range a.Dates {
		if column := wordFor(dateWords, d.Type); r.Cells[column] == "" {
			r.set(column, d.Day)
		}
	}
	if day, _, ok := strings.Cut(a.LastUpdated, "T"); ok {
		r.set("updated", day)
	}
	var documents []string
	for _, d := range a.Documents {
		if d.URL != "" {
			documents = append(documents, words(d.URL, d.Day))
		}
	}
	r.set("documents", strings.Join(documents, "\n"))
	r.flows(a)
	r.hangings(a)
	return r
}

// partyCell writes an organisation in the first of its languages.
func partyCell(name resolute.Text, ref string) string {
	text, _ := name.In(resolute.English)
	if ref != "" {
		text = words(text, "<"+ref+">")
	}
	return text
}

func (r row) set(column, text string) {
	if text = cellText(text); text != "" {
		r.Cells[column] = text
	}
}

// longestCell is what a cell of a spreadsheet holds, in units of UTF-16.
const longestCell = 32_767

// cellText gives a text as a cell can hold and give it back. One that is too long, or that would be the
// mark that erases, is left out: an empty cell leaves what stands.
func cellText(text string) string {
	text = legible(text)
	if text == eraseMark || len(text) > longestCell && len(utf16.Encode([]rune(text))) > longestCell {
		return ""
	}
	return text
}

// lineBreaks are all those that cells hold; XML and spreadsheets know one.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// legible gives a text in the signs that every cell holds and gives back: what tables say is compared
// so, whether it was read in one or is written to one.
func legible(text string) string {
	if strings.ContainsFunc(text, illegible) {
		text = strings.Map(func(c rune) rune {
			if illegible(c) {
				return -1
			}
			return c
		}, lineBreaks.Replace(text))
	}
	return strings.TrimSpace(text)
}

// illegible tells signs of control, and those that are none, from others.
func illegible(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' || c == 0x7F || c >= 0xFFFD && c <= 0xFFFF
}

func (r row) texts(column string, t resolute.Text) {
	for lang, text := range t {
		key := column
		if lang != "" {
			key = sheet.Key(column + "_" + string(lang))
		}
		r.set(key, text)
	}
}

// line adds a line of a table: names and texts in turn. One without any text says nothing.
func (r row) line(table string, pairs ...string) {
	l := tableLine{Cells: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		if text := cellText(pairs[i+1]); text != "" {
			l.Cells[pairs[i]] = text
		}
	}
	if len(l.Cells) > 0 {
		r.Lines[table] = append(r.Lines[table], l)
	}
}

func (r row) flows(a iati.Activity) {
	for _, t := range a.Transactions {
		text, _ := t.Description.In(resolute.English)
		r.line(TableTransactions, "reference", t.Ref, "type", wordFor(movement, t.Type), "day", t.Date, "currency", t.Value.Currency, "value", t.Value.Text,
			"description", text, "provider", partyCell(t.Provider.Name, t.Provider.Ref), "receiver", partyCell(t.Receiver.Name, t.Receiver.Ref))
	}
	for _, b := range a.Budgets {
		r.line(TableBudgets, "from", b.From, "to", b.To, "currency", b.Value.Currency, "value", b.Value.Text,
			"budget_type", wordFor(budgetTypes, b.Type), "budget_status", wordFor(budgetStatuses, b.Status))
	}
}

func (r row) hangings(a iati.Activity) {
	for _, p := range a.Participants {
		r.line(TablePartners, "role", wordFor(roles, p.Role), "partner", partyCell(p.Name, p.Ref), "partner_type", p.Type)
	}
	for _, p := range a.Countries {
		r.line(TablePlaces, "place_kind", Country, "code", p.Code, "share", percentText(p.Share))
	}
	for _, p := range a.Regions {
		r.line(TablePlaces, "place_kind", Region, "code", p.Code, "vocabulary", p.Vocabulary, "share", percentText(p.Share))
	}
	for _, c := range a.Sectors {
		scheme, code := schemeCell(c)
		r.line(TableTags, "scheme", scheme, "code", code, "share", percentText(c.Share))
	}
	for _, c := range a.Tags {
		scheme, code := sdgTags[c.Vocabulary], c.Code
		if scheme == "" {
			scheme, code = schemeCell(iati.Code{Vocabulary: "tag " + c.Vocabulary, URI: c.URI, Code: c.Code})
		}
		r.line(TableTags, "scheme", scheme, "code", code)
	}
	for _, result := range a.Results {
		r.result(result)
	}
}

// schemeCell names the vocabulary of a code.
func schemeCell(c iati.Code) (scheme, code string) {
	if instrument, ok := strings.CutPrefix(c.URI, MandateAddress); ok {
		return ThreadScheme, instrument + "#" + c.Code
	}
	if scheme, ok := strings.CutPrefix(c.URI, ownAddress); ok {
		return scheme, c.Code
	}
	for word, vocabulary := range tagSchemes {
		if vocabulary == c.Vocabulary && c.URI == "" {
			return word, c.Code
		}
	}
	return words(c.Vocabulary, c.URI), c.Code
}

func (r row) result(result iati.Result) {
	title, _ := result.Title.In(resolute.English)
	kind := wordFor(resultTypes, result.Type)
	if len(result.Indicators) == 0 {
		r.line(TableResults, "result", title, "result_type", kind)
	}
	for _, i := range result.Indicators {
		indicator, _ := i.Title.In(resolute.English)
		year, baseline := "", ""
		if len(i.Baselines) > 0 {
			year, baseline = i.Baselines[0].Year, i.Baselines[0].Value
		}
		of := []string{"result", title, "result_type", kind, "indicator", indicator, "measure", wordFor(measures, i.Measure), "baseline_year", year, "baseline", baseline}
		if len(i.Periods) == 0 {
			r.line(TableResults, of...)
		}
		for _, p := range i.Periods {
			target, actual := "", ""
			if len(p.Targets) > 0 {
				target = p.Targets[0].Value
			}
			if len(p.Actuals) > 0 {
				actual = p.Actuals[0].Value
			}
			r.line(TableResults, append(slices.Clip(of), "from", p.Start, "to", p.End, "target", target, "actual", actual)...)
		}
	}
}
