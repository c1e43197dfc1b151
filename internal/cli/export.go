package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

func (a *app) exportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export",
		Short: "Give back what was taken in, in the formats of others",
	}
	c.AddCommand(a.exportResolutionCommand(), a.exportIATICommand(), a.exportActivitiesCommand(), a.exportLocationsCommand(), a.exportStatsCommand())
	return c
}

// textExport is what of a text is wanted, and how.
type textExport struct {
	instrument, edition, to, out string
	redline                      string // edition, perhaps with its key, that changes are tracked from; empty: none
	lang                         resolute.Lang
}

func (a *app) exportResolutionCommand() *cobra.Command {
	var e textExport
	c := &cobra.Command{
		Use:   "resolution KEY",
		Short: "The text of a resolution as DOCX, HTML, Akoma Ntoso, plain text or a table",
		Long: `The text in force, or one edition of it: a year, a month or a day behind @, as citation ids have it. Akoma Ntoso 3.0 (AKN4UN)
carries the key of each paragraph's thread as wId; taken in again it changes nothing. DOCX is set as resolutions are printed; with
--redline it bears the changes from another edition as tracked changes: all rejected it is that edition, all accepted this one; as HTML they are struck and underlined. HTML needs no other file. CSV has a
row for each provision. The words
around the text are in its language unless --lang says otherwise.`,
		Example: "  resolute export resolution itu:wtdc/res/30 > res30.xml\n  resolute export resolution itu:wtdc/res/30@2017 --to text --out res30.txt\n  resolute export resolution itu:wtdc/res/30@2022 --to docx --redline 2017 --out changes.docx",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			e.instrument, e.edition, _ = strings.Cut(args[0], "@")
			if err := e.understand(c); err != nil {
				return err
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			return closing(h, a.exportResolution(c.Context(), h, e))
		},
	}
	c.Flags().StringVar(&e.to, "to", "akn", strings.Join(textFormats, ", "))
	c.Flags().StringVar(&e.redline, "redline", "", "edition that changes are tracked from, with its key when that is another: 2014, un:a/res/74/197@2019")
	complete(c, "to", textFormats)
	c.Flags().StringVar(&e.out, "out", "-", "file to write; - is standard output")
	return c
}

// textFormats are the formats of a text.
var textFormats = []string{"akn", "csv", "docx", "html", "text"}

// redlineFormats are the formats of the changes from one text to another.
var redlineFormats = []string{"docx", "html"}

// understand reads what flags say together.
func (e *textExport) understand(c *cobra.Command) error {
	if !slices.Contains(textFormats, e.to) {
		return usage("--to %q: want %s", e.to, strings.Join(textFormats, ", "))
	}
	if e.redline != "" && !slices.Contains(redlineFormats, e.to) {
		return usage("--redline: want --to %s", strings.Join(redlineFormats, " or "))
	}
	e.lang = wordsIn(c)
	return nil
}

// wordsIn is the language that was asked for, for the words around a text; empty is that of the text.
func wordsIn(c *cobra.Command) resolute.Lang {
	if flag := c.Flags().Lookup("lang"); flag != nil && flag.Changed {
		return resolute.Lang(flag.Value.String())
	}
	return ""
}

func (a *app) exportResolution(ctx context.Context, h *house, e textExport) error {
	reading, err := h.reading(ctx, e)
	if err != nil {
		return err
	}
	write, err := h.writer(ctx, e, reading)
	if err != nil {
		return err
	}
	return a.writeTo(e.out, write)
}

// writeTo writes a file, or to standard output.
func (a *app) writeTo(out string, write func(io.Writer) error) error {
	if out == "-" {
		return write(a.Out)
	}
	return writeWhole(out, write)
}

// writer gives what writes a text in the format that is wanted.
func (h *house) writer(ctx context.Context, e textExport, reading *mandate.Reading) (func(io.Writer) error, error) {
	if e.redline != "" {
		old, err := h.reading(ctx, e.older())
		return redlineTo(e.to, old, reading, e.lang), err
	}
	switch e.to {
	case "docx":
		return func(w io.Writer) error { return resolution.DOCX(w, reading, e.lang) }, nil
	case "html":
		return func(w io.Writer) error { return resolution.HTML(w, reading, e.lang) }, nil
	case "csv":
		return func(w io.Writer) error { return resolution.CSV(w, reading) }, nil
	case "text":
		return func(w io.Writer) error {
			_, err := io.WriteString(w, reading.Body)
			return err
		}, nil
	}
	account, err := ledger.Get(ctx, h.db, reading.Import)
	return func(w io.Writer) error { return reading.Akoma(w, time.UnixMilli(account.At)) }, err
}

// redlineTo gives what writes the changes between two texts in a format of redlineFormats.
func redlineTo(to string, old, new *mandate.Reading, lang resolute.Lang) func(io.Writer) error {
	if to == "html" {
		return func(w io.Writer) error { return resolution.RedlineHTML(w, old, new, lang) }
	}
	return func(w io.Writer) error { return resolution.Redline(w, old, new, resolution.Author{}, lang) }
}

// older is the edition that changes are tracked from.
func (e textExport) older() textExport {
	key, edition, found := strings.Cut(e.redline, "@")
	if !found && key != "" && !strings.Contains(key, ":") {
		return textExport{instrument: e.instrument, edition: key}
	}
	return textExport{instrument: key, edition: edition}
}

// redlineFile is where the changes between two files go.
type redlineFile struct{ to, out string }

// compareTo writes the changes between two files as a document.
func (a *app) compareTo(c *cobra.Command, f redlineFile, paths []string) error {
	if !slices.Contains(redlineFormats, f.to) {
		return usage("--to %q: want %s", f.to, strings.Join(redlineFormats, " or "))
	}
	texts, err := a.twoBodies(paths)
	if err != nil {
		return err
	}
	return a.writeTo(f.out, redlineTo(f.to, mandate.Unheld(texts[0]), mandate.Unheld(texts[1]), wordsIn(c)))
}

// edition finds the held text of an edition, or says that there is none.
func (h *house) edition(ctx context.Context, instrument, edition string) (mandate.Revision, error) {
	r, found, err := h.mandate.Edition(ctx, instrument, edition)
	if err == nil && !found {
		err = fmt.Errorf("no text of %s@%s is held: see resolute import list", instrument, edition)
	}
	return r, err
}

// reading gives the text that is wanted, or says that none is held.
func (h *house) reading(ctx context.Context, e textExport) (*mandate.Reading, error) {
	var revision int64
	if e.edition != "" {
		r, err := h.edition(ctx, e.instrument, e.edition)
		if err != nil {
			return nil, err
		}
		revision = r.ID
	}
	reading, err := h.mandate.Read(ctx, e.instrument, revision)
	if err == nil && reading == nil {
		err = fmt.Errorf("no text of %s is held: resolute import resolution FILE", e.instrument)
	}
	return reading, err
}
