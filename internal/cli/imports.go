package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
)

func (a *app) importListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the imports, newest first",
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := a.openHouse(c.Context())
			if err != nil {
				return err
			}
			list, err := ledger.List(c.Context(), h.db, 0, 1000)
			if err := closing(h, err); err != nil {
				return err
			}
			return a.printImports(list)
		},
	}
}

func (a *app) printImports(list []ledger.Import) error {
	if list == nil {
		list = []ledger.Import{}
	}
	if a.formatOr("text") != "text" {
		return printList(a, "imports", list)
	}
	return printTable(a.Out, func(line func(...any)) {
		line("NUMBER", "STATE", "KIND", "READ", "NEW", "CHANGED", "UNCHANGED", "REFUSED", "ERRORS", "WARNINGS", "SOURCE")
		for _, i := range list {
			line(i.ID, i.State, i.Kind, i.Read, i.New, i.Changed, i.Unchanged, i.Counts.Refused, i.Total.Error, i.Total.Warning, i.Source)
		}
	})
}

func (a *app) importShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER", Short: "One import with its findings", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := number(args[0])
			if err != nil {
				return err
			}
			return a.importShow(c.Context(), id)
		},
	}
}

func number(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		return 0, usage("%q is no number of an import: see resolute import list", text)
	}
	return id, nil
}

func (a *app) importShow(ctx context.Context, id int64) error {
	h, err := a.openHouse(ctx)
	if err != nil {
		return err
	}
	done, err := ledger.Get(ctx, h.db, id)
	if err != nil {
		return closing(h, err)
	}
	findings, err := ledger.Findings(ctx, h.db, id, 0, shownFindings)
	if err := closing(h, err); err != nil {
		return err
	}
	return a.printAccounts([]account{{done, findings}})
}

func (a *app) importUndoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo NUMBER", Short: "Take an import back: the state before it returns", Args: cobra.ExactArgs(1),
		Long: "Only the newest import of a source can be undone. Its account stays, marked as undone.",
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
	h, err := a.openHouse(ctx)
	if err != nil {
		return err
	}
	done, err := ledger.Get(ctx, h.db, id)
	if err != nil {
		return closing(h, err)
	}
	if done.Kind == "framework" {
		err = h.frameworks.Undo(ctx, resolute.Operator(), id)
	} else {
		_, err = h.register.Undo(ctx, resolute.Operator(), id)
	}
	if err == nil {
		done, err = ledger.Get(ctx, h.db, id)
	}
	if err := closing(h, err); err != nil {
		return err
	}
	return a.printAccounts([]account{{Import: done}})
}
