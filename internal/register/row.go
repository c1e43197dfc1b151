package register

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/iati"
	"resolute/internal/mandate"
)

// row is one line of the table of activities, by column.
type row struct {
	N     int                    `json:"row"`
	Line  int                    `json:"line"`
	Cells map[string]string      `json:"cells"`
	Lines map[string][]tableLine `json:"lines,omitempty"` // of the tables that hang on it
}

// readRow reads a row as it is stored.
func readRow(raw []byte) (row, error) {
	var r row
	err := json.Unmarshal(raw, &r)
	return r, err
}

// cellFault is what is wrong with one cell.
type cellFault struct {
	rule, found, expected, message string
	cellPlace
}

// cellPlace is where a cell stands.
type cellPlace struct {
	column string
	ofLine bool                       // of a table that hangs on the row
	at     func(column string) string // addresses of that line; nil: the line does not stand in the file
}

// codeCell is a cell that states a code.
type codeCell struct {
	code   statedCode
	scheme string // as its line names it
	cellPlace
}

// list gives the entries of a cell.
func (r row) list(column string) []string {
	var entries []string
	for _, e := range strings.FieldsFunc(r.Cells[column], func(c rune) bool { return c == '|' || c == '\n' }) {
		if e = strings.TrimSpace(e); e != "" {
			entries = append(entries, e)
		}
	}
	return entries
}

// rowReader turns one row into an activity of IATI's shape and notes what it could not read.
type rowReader struct {
	row
	a      iati.Activity
	faults []cellFault
	codes  []codeCell
	line   *tableLine // that is being read; nil: the row itself
}

// activity reads the row as an activity.
func (r row) activity() iati.Activity { return r.read().a }

// read reads the row. It never fails: what cannot be read is told and left out. Codes are
// taken as they stand; whether they exist is asked where every activity is asked.
func (r row) read() rowReader {
	x := rowReader{row: r, a: iati.Activity{Line: r.Line, IdentifierLine: r.Line, Identifier: r.Cells["id"], Lang: resolute.English, Hierarchy: 1}}
	x.reporter()
	x.a.Title = x.text("title")
	if text := x.text("description"); len(text) > 0 {
		x.a.Descriptions = []iati.Description{{Type: "1", Text: text}}
	}
	x.a.Status = x.word("status", statuses)
	x.dates()
	x.places()
	x.partners()
	x.amounts()
	x.budgets()
	x.concepts()
	x.documents()
	x.lines()
	if x.a.Identifier != "" && len(x.a.Title) == 0 {
		x.fault("title-missing", "title_en", "", "a title in at least one language", "no title in any language")
	}
	if x.a.Identifier != "" && !slices.ContainsFunc(x.a.Dates, func(d iati.Date) bool { return d.Day != "" }) {
		x.fault("activity-undated", "actual_start", "", "a start or end", "no usable date")
	}
	return x
}

func (x *rowReader) place(column string) cellPlace {
	p := cellPlace{column: column, ofLine: x.line != nil}
	if p.ofLine {
		p.at = x.line.at
	}
	return p
}

func (x *rowReader) fault(rule, column, found, expected, message string) {
	x.faults = append(x.faults, cellFault{rule, found, expected, message, x.place(column)})
}

// sector states a code in the form of IATI's sectors, which may carry a share.
func (x *rowReader) sector(column string, c iati.Code) {
	c.Line = x.Line
	x.a.Sectors = append(x.a.Sectors, c)
	cell := codeCell{code: statedCode{c.Vocabulary, c.URI, c.Code}, cellPlace: x.place(column)}
	if x.line != nil {
		cell.scheme = x.line.Cells["scheme"]
	}
	x.codes = append(x.codes, cell)
}

// country states a country.
func (x *rowReader) country(column string, c iati.Place) {
	c.Line = x.Line
	x.a.Countries = append(x.a.Countries, c)
	x.codes = append(x.codes, codeCell{code: statedCountry(c.Code), cellPlace: x.place(column)})
}

// reference finds "<REF>" at the end of a name.
var reference = regexp.MustCompile(`^(.*?)\s*<([^<>]*)>$`)

// party reads "Name <REF>", "Name" or "<REF>".
func party(text string) (resolute.Text, string) {
	name, ref := text, ""
	if m := reference.FindStringSubmatch(text); m != nil {
		name, ref = m[1], strings.TrimSpace(m[2])
	}
	if name = strings.TrimSpace(name); name == "" {
		return nil, ref
	}
	return resolute.Text{resolute.English: name}, ref
}

func (x *rowReader) reporter() {
	x.a.Reporter.Name, x.a.Reporter.Ref = party(x.Cells["reporter"])
	x.a.Reporter.Line = x.Line
	if x.a.Reporter.Ref == "" && len(x.a.Reporter.Name) == 0 {
		x.fault("reporter-missing", "reporter", "", "Name <REF>", "nobody reports this activity: it counts under no organisation")
	}
	x.a.LastUpdated = dayOf(x.Cells["updated"])
	if resolute.ValidDay(x.a.LastUpdated) {
		x.a.LastUpdated += "T00:00:00Z"
	} else if x.a.LastUpdated != "" {
		x.fault("date-invalid", "updated", x.a.LastUpdated, "YYYY-MM-DD", "no such day")
	}
}

// text gathers the columns of one text: title_en, title_fr ...; without a language it is English.
func (x *rowReader) text(column string) resolute.Text {
	t := resolute.Text{}
	if s := x.Cells[column]; s != "" {
		t[resolute.English] = s
	}
	for name, s := range x.Cells {
		if lang, ok := strings.CutPrefix(name, column+"_"); ok && s != "" {
			t[resolute.Lang(lang)] = s
		}
	}
	return t
}

// words of cells and their IATI codes; a code is taken as well.
var (
	statuses = map[string]string{"pipeline": "1", "implementation": "2", "finalisation": "3", "closed": "4", "cancelled": "5", "suspended": "6"}
	roles    = map[string]string{"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
	movement = map[string]string{"incoming": "1", "commitment": "2", "disbursement": "3", "expenditure": "4", "incoming-commitment": "11", "pledge": "12", "incoming-pledge": "13"}
)

// word reads a word of a table, or its code; an empty cell is empty.
func (x *rowReader) word(column string, table map[string]string) string {
	return x.wordOf(column, x.Cells[column], table)
}

func (x *rowReader) wordOf(column, found string, table map[string]string) string {
	found = strings.ToLower(found)
	if found == "" {
		return ""
	}
	var words []string
	for word, code := range table {
		if found == word || found == code {
			return code
		}
		words = append(words, word)
	}
	slices.Sort(words)
	x.fault(FindingUnknownCode, column, found, strings.Join(words, ", "), fmt.Sprintf("%q is not one of %s", found, strings.Join(words, ", ")))
	return ""
}

func (x *rowReader) dates() {
	for i, column := range []string{"planned_start", "actual_start", "planned_end", "actual_end"} {
		if day := x.day(column, x.Cells[column]); day != "" {
			x.a.Dates = append(x.a.Dates, iati.Date{Type: fmt.Sprint(i + 1), Day: day, Line: x.Line})
		}
	}
}

// timed is a day with a time, as date cells of workbooks often hold one that they do not show.
var timed = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$`)

// dayOf drops the time behind a day.
func dayOf(text string) string {
	if m := timed.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}

func (x *rowReader) day(column, found string) string {
	if day := dayOf(found); day == "" || resolute.ValidDay(day) {
		return day
	}
	x.fault("date-invalid", column, found, "YYYY-MM-DD", fmt.Sprintf("%q is no day", found))
	return ""
}

// share reads "CODE" or "CODE:60": a code and a percentage with at most four decimals.
func (x *rowReader) share(column, entry string) (string, iati.Share) {
	key := entry[:strings.Index(entry, "#")+1] // of an instrument, which holds colons; empty for other codes
	code, printed, ok := strings.Cut(entry[len(key):], ":")
	code = strings.TrimSpace(key + code)
	if !ok {
		return code, iati.NotStated
	}
	// Hundredths of a hundred times the percentage are millionths of the whole.
	n, _, ok := resolute.ParseCents(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(printed), "%")) + "e2")
	if !ok || n < 0 || n > 10*resolute.Cents(iati.Whole) {
		x.fault("bad-value", column, entry, "CODE:PERCENT, such as KE:60", fmt.Sprintf("%q holds no percentage", entry))
		return code, iati.NotStated
	}
	return code, iati.Share(n)
}

// places reads countries and regions, which together make a whole.
func (x *rowReader) places() {
	var shares []iati.Share
	for _, entry := range x.list("countries") {
		code, share := x.share("countries", entry)
		shares = append(shares, share)
		x.country("countries", iati.Place{Code: code, Share: share})
	}
	for _, entry := range x.list("regions") {
		code, share := x.share("regions", entry)
		shares = append(shares, share)
		if strings.Trim(code, "0123456789") != "" {
			x.fault("bad-value", "regions", code, "the number of a DAC region, such as 298", fmt.Sprintf("%q is no DAC region code", code))
		}
		x.a.Regions = append(x.a.Regions, iati.Place{Code: code, Vocabulary: "1", Share: share, Line: x.Line})
	}
	x.judge("countries", shares)
}

// judge warns of stated shares that do not make a whole.
func (x *rowReader) judge(column string, shares []iati.Share) {
	sum, stated := int64(0), 0
	for _, s := range shares {
		if s != iati.NotStated {
			sum, stated = sum+int64(s), stated+1
		}
	}
	if stated > 0 && (sum != int64(iati.Whole) || stated < len(shares)) {
		percent := strings.TrimSuffix(resolute.Cents(sum/100).String(), ".00")
		x.fault("percentage-sum", column, percent, "100", fmt.Sprintf("percentages add up to %s, over %d of %d entries", percent, stated, len(shares)))
	}
}

func (x *rowReader) partners() {
	for _, entry := range x.list("partners") {
		role, rest, ok := strings.Cut(entry, ":")
		if !ok {
			x.fault("bad-value", "partners", entry, "ROLE: Name <REF>", fmt.Sprintf("%q names no role", entry))
			continue
		}
		name, ref := party(strings.TrimSpace(rest))
		code := x.wordOf("partners", strings.TrimSpace(role), roles)
		x.a.Participants = append(x.a.Participants, iati.Participant{Ref: ref, Role: code, Name: name, Line: x.Line})
	}
}

// codeColumns are the columns of concepts and the schemes they name: those of the Sustainable
// Development Goals by their IATI vocabulary, the others under the addresses of our schemes.
var codeColumns = []struct{ column, scheme, vocabulary string }{
	{"kind", framework.Kind, "99"}, {"sector", framework.Sector, "99"}, {"level", framework.Level, "99"}, {"action_lines", framework.ActionLine, "99"},
	{"goals", framework.Goal, "7"}, {"targets", framework.Target, "8"}, {"indicators", framework.Indicator, "9"}, {"groups", framework.InclusionGroup, "99"},
	{"paragraphs", ThreadScheme, "99"},
}

// ownAddress is where our schemes are named; the catalogue knows them by it.
const ownAddress = "https://resolute.example/scheme/"

// concepts states the concepts of the row itself.
func (x *rowReader) concepts() {
	for _, c := range codeColumns {
		var shares []iati.Share
		for _, entry := range x.list(c.column) {
			code, share := x.share(c.column, entry)
			shares = append(shares, share)
			uri := ""
			switch {
			case c.scheme == ThreadScheme:
				uri, code = paragraphAddress(code)
			case c.vocabulary == "99":
				uri = ownAddress + c.scheme
			}
			x.sector(c.column, iati.Code{Vocabulary: c.vocabulary, URI: uri, Code: code, Share: share})
		}
		x.judge(c.column, shares)
	}
}

// paragraphAddress gives the vocabulary of a paragraph and its code there. An alias is one of the
// built-in mandate; others bear the whole key: itu:pp/res/140#resolves_2.
func paragraphAddress(name string) (uri, code string) {
	if instrument, path, whole := strings.Cut(name, "#"); whole {
		return MandateAddress + instrument, path
	}
	return MandateAddress + mandate.BuiltIn(), name
}

func (x *rowReader) documents() {
	for _, entry := range x.list("documents") {
		url, day, _ := strings.Cut(entry, " ")
		if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
			x.fault("bad-value", "documents", url, "an address that begins with https://", fmt.Sprintf("%q is no address of a document", url))
		}
		x.a.Documents = append(x.a.Documents, iati.Document{URL: url, Day: x.day("documents", strings.TrimSpace(day)), Line: x.Line})
	}
}
