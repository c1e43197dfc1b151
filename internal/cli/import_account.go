package cli

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"resolute"
	"resolute/internal/ledger"
)

// shownFindings is how many findings an account prints without --all.
const shownFindings = 1000

// printedImport is one import as printed.
type printedImport struct {
	ledger.Import
	Findings []resolute.Finding `json:"findings"`
}

// findingsOf reads the findings of each account, the first 1,000 or all.
func findingsOf(ctx context.Context, h *house, accounts []printedImport, all bool) (err error) {
	limit := shownFindings
	if all {
		limit = math.MaxInt32
	}
	for i := range accounts {
		if accounts[i].Findings, err = ledger.Findings(ctx, h.db, accounts[i].ID, 0, limit); err != nil {
			return err
		}
		for j := range accounts[i].Findings {
			accounts[i].Findings[j].File = accounts[i].File
		}
	}
	return nil
}

// summaryOf says in one line what came in, and what to do next.
func summaryOf(accounts []printedImport, files int) string {
	var sum printedImport
	worst := int64(0)
	for _, a := range accounts {
		sum.Read, sum.New, sum.Changed, sum.Unchanged = sum.Read+a.Read, sum.New+a.New, sum.Changed+a.Changed, sum.Unchanged+a.Unchanged
		sum.Counts.Refused, sum.Absent = sum.Counts.Refused+a.Counts.Refused, sum.Absent+a.Absent
		sum.Total.Error, sum.Total.Warning = sum.Total.Error+a.Total.Error, sum.Total.Warning+a.Total.Warning
		if worst == 0 && a.Total.Error > 0 {
			worst = a.ID
		}
	}
	next := " Next: resolute coverage --by provision --format text"
	if len(accounts) > 0 && accounts[0].Kind == "stats" {
		next = " Next: resolute measure list"
	}
	switch {
	case worst != 0:
		next = fmt.Sprintf(" Next: resolute import show %d --format text", worst)
	case taken(accounts) == 0:
		next = ""
	}
	what := strconv.Itoa(taken(accounts))
	if len(accounts) > files {
		what = counted(taken(accounts), "text")
	}
	return fmt.Sprintf("%s of %s taken: %s read, %s new, %s changed, %s unchanged, %s refused, %s absent; %s, %s.%s", what, counted(files, "file"),
		grouped(sum.Read), grouped(sum.New), grouped(sum.Changed), grouped(sum.Unchanged), grouped(sum.Counts.Refused), grouped(sum.Absent),
		counted(sum.Total.Error, "error"), counted(sum.Total.Warning, "warning"), next)
}

func taken(accounts []printedImport) (n int) {
	for _, a := range accounts {
		if a.State == ledger.Done {
			n++
		}
	}
	return n
}

// importExit chooses the exit code: 1 when a file could not be read or was refused whole, 3
// when a record was refused or a finding is an error.
func importExit(accounts []printedImport, failed error) error {
	if failed != nil {
		return &exitError{code: exitFailed, err: failed}
	}
	for _, acc := range accounts {
		if acc.Counts.Refused > 0 || acc.Total.Error > 0 {
			return &exitError{code: exitRefused}
		}
	}
	return nil
}

func (a *app) printAccounts(accounts []printedImport) error {
	if accounts == nil {
		accounts = []printedImport{}
	}
	for i := range accounts {
		if accounts[i].Findings == nil {
			accounts[i].Findings = []resolute.Finding{}
		}
	}
	switch a.formatOr("json") {
	case "json":
		return printJSON(a.Out, map[string]any{"imports": shapes(accounts)})
	case "jsonl":
		return printLines(a.Out, shapes(accounts))
	case "csv":
		list := make([]ledger.Import, len(accounts))
		for i, one := range accounts {
			list[i] = one.Import
		}
		return printCSV(a.Out, list, importColumns)
	}
	return a.printAccountsText(accounts)
}

// statsImport is the account of an import of statistics: it counts observations where others count
// transactions.
type statsImport struct {
	printedImport
	Transactions *int `json:"transactions,omitempty"` // hides that of the account
	Observations int  `json:"observations"`
}

func shapes(accounts []printedImport) []any {
	list := make([]any, len(accounts))
	for i, one := range accounts {
		if list[i] = one; one.Kind == "stats" {
			list[i] = statsImport{printedImport: one, Observations: one.Transactions}
		}
	}
	return list
}

func (a *app) printAccountsText(accounts []printedImport) error {
	for _, acc := range accounts {
		for _, f := range acc.Findings {
			if err := printFinding(a.Out, f); err != nil {
				return err
			}
		}
		err := printText(a.Out, "%s: %s, read %d, new %d, changed %d, unchanged %d, refused %d, absent %d; findings: %s, %s, %s (import %d)\n",
			acc.File, acc.State, acc.Read, acc.New, acc.Changed, acc.Unchanged, acc.Counts.Refused, acc.Absent,
			counted(acc.Total.Error, "error"), counted(acc.Total.Warning, "warning"), counted(acc.Total.Note, "note"), acc.ID)
		if err != nil {
			return err
		}
	}
	return nil
}
