package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
)

func (a *app) importListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the imports, newest first",
		Example: "  resolute import list\n  resolute import list --format csv > imports.csv",
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := ledger.List(c.Context(), h.db, 0, 1000)
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "text", "imports", list, importColumns)
		},
	}
}

// importColumns are those of an account, in lists and for each file that was taken in.
var importColumns = []column[ledger.Import]{
	{"id", "NUMBER", func(i ledger.Import) any { return i.ID }},
	{"state", "STATE", func(i ledger.Import) any { return i.State }},
	{"kind", "KIND", func(i ledger.Import) any { return i.Kind }},
	{"file", "", func(i ledger.Import) any { return i.File }},
	{"sha256", "", func(i ledger.Import) any { return i.SHA256 }},
	{"read", "READ", func(i ledger.Import) any { return i.Read }},
	{"new", "NEW", func(i ledger.Import) any { return i.New }},
	{"changed", "CHANGED", func(i ledger.Import) any { return i.Changed }},
	{"unchanged", "UNCHANGED", func(i ledger.Import) any { return i.Unchanged }},
	{"refused", "REFUSED", func(i ledger.Import) any { return i.Counts.Refused }},
	{"absent", "", func(i ledger.Import) any { return i.Absent }},
	{"transactions", "", func(i ledger.Import) any { return i.Transactions }},
	{"rounded", "", func(i ledger.Import) any { return i.Rounded }},
	{"errors", "ERRORS", func(i ledger.Import) any { return i.Total.Error }},
	{"warnings", "WARNINGS", func(i ledger.Import) any { return i.Total.Warning }},
	{"notes", "", func(i ledger.Import) any { return i.Total.Note }},
	{"at", "", func(i ledger.Import) any { return time.UnixMilli(i.At).UTC().Format(time.RFC3339) }},
	{"source", "SOURCE", func(i ledger.Import) any { return i.Source }},
}

// findingColumns are those of one finding.
var findingColumns = []column[resolute.Finding]{
	{"rule", "RULE", func(f resolute.Finding) any { return f.Rule }},
	{"severity", "SEVERITY", func(f resolute.Finding) any { return f.Severity }},
	{"file", "FILE", func(f resolute.Finding) any { return f.File }},
	{"record", "RECORD", func(f resolute.Finding) any { return f.Record }},
	{"line", "LINE", func(f resolute.Finding) any { return f.Line }},
	{"column", "", func(f resolute.Finding) any { return f.Column }},
	{"path", "PATH", func(f resolute.Finding) any { return f.Path }},
	{"found", "", func(f resolute.Finding) any { return f.Found }},
	{"expected", "", func(f resolute.Finding) any { return f.Expected }},
	{"message", "MESSAGE", func(f resolute.Finding) any { return f.Message }},
}

func (a *app) importShowCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use: "show NUMBER", Short: "One import with its findings", Args: cobra.ExactArgs(1),
		Long:    "As the import itself printed it. With --format csv one row for each finding.",
		Example: "  resolute import show 12 --format text\n  resolute import show 12 --all --format csv > findings.csv",
		RunE: func(c *cobra.Command, args []string) error {
			id, err := number(args[0])
			if err != nil {
				return err
			}
			return a.importShow(c.Context(), id, f.all)
		},
	}
	f.bind(c)
	return c
}

func number(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		return 0, usage("%q is no number of an import: see resolute import list", text)
	}
	return id, nil
}

func (a *app) importShow(ctx context.Context, id int64, all bool) error {
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	accounts := make([]printedImport, 1)
	if accounts[0].Import, err = ledger.Get(ctx, h.db, id); err == nil {
		err = findingsOf(ctx, h, accounts, all)
	}
	if err := closing(h, err); err != nil {
		return err
	}
	if a.format == "csv" {
		return printCSV(a.Out, accounts[0].Findings, findingColumns)
	}
	return a.printAccounts(accounts)
}

func (a *app) importUndoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo NUMBER", Short: "Take an import back: the state before it returns", Args: cobra.ExactArgs(1),
		Long:    "Only the newest import of a source can be undone. Its account stays, marked as undone.",
		Example: "  resolute import undo 12",
		RunE: func(c *cobra.Command, args []string) error {
			id, err := number(args[0])
			if err != nil {
				return err
			}
			return a.importUndo(c.Context(), id)
		},
	}
}

func (a *app) importUndo(ctx context.Context, id int64) error {
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	done, err := ledger.Get(ctx, h.db, id)
	if err != nil {
		return closing(h, err)
	}
	switch done.Kind {
	case "framework":
		err = h.frameworks.Undo(ctx, resolute.Operator(), id)
	case "stats":
		_, err = h.measure.Undo(ctx, resolute.Operator(), id)
	case "indicators":
		_, err = h.measure.UndoIndicators(ctx, resolute.Operator(), id)
	case "rates":
		err = h.frameworks.UndoRates(ctx, resolute.Operator(), id)
	case "resolution":
		_, err = h.mandate.Undo(ctx, resolute.Operator(), id)
	default:
		_, err = h.register.Undo(ctx, resolute.Operator(), id)
	}
	if err == nil {
		done, err = ledger.Get(ctx, h.db, id)
	}
	if err := closing(h, err); err != nil {
		return err
	}
	return a.printAccounts([]printedImport{{Import: done}})
}
