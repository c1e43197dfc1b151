package register

import (
	"slices"

	"resolute"
)

// projected lists the tables of projections that are written once with their version, and how
// an activity becomes their rows. Tags and mandate links are written by writeTags alone: rules
// derive them anew.
var projected = []projectedTable{
	{"title", titleColumns, titleRows},
	{"txn", txnColumns, txnRows},
	{"counterpart", counterpartColumns, counterpartRows},
	{"budget", budgetColumns, budgetRows},
	{"participant", participantColumns, participantRows},
	{"place", placeColumns, placeRows},
	{"location", locationColumns, locationRows},
	{"evidence", evidenceColumns, evidenceRows},
}

// derived are the tables that rules write.
var derived = []projectedTable{
	{"tag", tagColumns, tagRows},
	{"mandate_link", linkColumns, linkRows},
}

// projectedTable is one table of projections; organisation gives the id of a participant.
type projectedTable struct {
	table   string
	columns []string // version first, then what tells the rows of one version apart
	rows    func(v staged, organisation func(Participant) int64) [][]any
}

var (
	titleColumns       = []string{"version", "lang", "text"}
	txnColumns         = []string{"version", "n", "type", "day", "currency", "cents", "original", "usable", "line"}
	counterpartColumns = []string{"version", "n", "provider", "receiver"}
	budgetColumns      = []string{"version", "n", "type", "status", "starts", "ends", "currency", "cents", "original", "usable"}
	participantColumns = []string{"version", "n", "organisation", "role", "type", "name"}
	placeColumns       = []string{"version", "n", "txn", "kind", "code", "vocabulary", "share"}
	evidenceColumns    = []string{"version", "n", "kind", "day"}
	tagColumns         = []string{"version", "n", "txn", "scheme", "code", "share", "basis", "rule", "reason", "line"}
	linkColumns        = []string{"version", "n", "thread", "share", "basis", "rule", "reason", "line"}
)

func titleRows(v staged, _ func(Participant) int64) (rows [][]any) {
	langs := make([]string, 0, len(v.Title))
	for lang := range v.Title {
		langs = append(langs, string(lang))
	}
	slices.Sort(langs)
	for _, lang := range langs {
		rows = append(rows, []any{v.Version, lang, v.Title[resolute.Lang(lang)]})
	}
	return rows
}

func txnRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for _, t := range v.Transactions {
		rows = append(rows, []any{v.Version, int64(t.N), t.Type, t.Day, t.Currency, int64(t.Cents), t.Original, flag(t.Usable), int64(t.Line)})
	}
	return rows
}

func counterpartRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for _, c := range v.counterparts() {
		rows = append(rows, []any{v.Version, int64(c.n), c.provider, c.receiver})
	}
	return rows
}

func budgetRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for i, b := range v.Budgets {
		rows = append(rows, []any{v.Version, int64(i + 1), b.Type, b.Status, b.Starts, b.Ends, b.Currency, int64(b.Cents), b.Original, flag(b.Usable)})
	}
	return rows
}

// participantRows leaves out who has neither reference nor name: they are in the document only.
func participantRows(v staged, organisation func(Participant) int64) (rows [][]any) {
	for i, p := range v.Participants {
		if n := organisation(p); n != 0 {
			rows = append(rows, []any{v.Version, int64(i + 1), n, p.Role, p.Type, p.Name})
		}
	}
	return rows
}

func placeRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for i, p := range v.Places {
		rows = append(rows, []any{v.Version, int64(i + 1), int64(p.Txn), p.Kind, p.Code, p.Vocabulary, int64(p.Share)})
	}
	return rows
}

func evidenceRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for i, e := range v.Evidence {
		rows = append(rows, []any{v.Version, int64(i + 1), e.Kind, e.Day})
	}
	return rows
}

func tagRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for i, t := range v.Tags {
		rows = append(rows, []any{v.Version, int64(i + 1), int64(t.Txn), t.Scheme, t.Code, int64(t.Share), string(t.Basis), t.Rule, t.Reason, int64(t.Line)})
	}
	return rows
}

func linkRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for i, l := range v.Links {
		rows = append(rows, []any{v.Version, int64(i + 1), l.Thread, int64(l.Share), string(l.Basis), l.Rule, l.Reason, int64(l.Line)})
	}
	return rows
}
