package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/form"
	"resolute/internal/register"
	"resolute/internal/sheet"
)

// previewer reads a file as its import does and stores nothing.
type previewer func(ctx context.Context, by resolute.Actor, src register.Source, in io.Reader, o register.PreviewOptions) (register.Preview, error)

// shownChanges is how many changes JSON prints without --all; the other formats print every one as
// it is found.
const shownChanges = 1000

// importOrPreview takes files in, or with --dry-run says what that would do.
func (a *app) importOrPreview(ctx context.Context, f importFlags, args, endings []string, choose func(*house) importer, look func(*house) previewer) error {
	f.memory = a.saveMemory()
	if !f.dry {
		return a.importFiles(ctx, f, args, endings, choose)
	}
	inputs, err := listInputs(args, endings, f)
	if err != nil {
		return err
	}
	h, gone, err := a.openToLook(ctx)
	if err != nil {
		return err
	}
	defer gone()
	return closing(h, a.previewFiles(ctx, f, inputs, look(h)))
}

// openToLook opens the database, or an empty one that is removed afterwards where there is none yet.
func (a *app) openToLook(ctx context.Context) (*house, func(), error) {
	if a.mustExist() == nil {
		h, err := a.openHouse(ctx)
		return h, func() {}, err
	}
	dir, err := os.MkdirTemp("", "resolute-preview-")
	if err != nil {
		return nil, nil, err
	}
	gone := func() { _ = os.RemoveAll(dir) } // what stays is in the folder of temporary files
	d, err := db.Open(ctx, dir+"/empty.db")
	if err == nil {
		_, err = d.Migrate(ctx)
	}
	if err != nil {
		gone()
		return nil, nil, err
	}
	return newHouse(d), gone, nil
}

// printedPreview is one file as printed.
type printedPreview struct {
	printedImport
	Changes     []register.Change `json:"changes"`
	MoreChanges int               `json:"more_changes"` // that are not among them
}

func (a *app) previewFiles(ctx context.Context, f importFlags, inputs []input, look previewer) error {
	p, err := a.newPreviewPrinter(f.all)
	if err != nil {
		return err
	}
	progress := a.newProgress()
	var accounts []printedImport
	var failed error
	for _, in := range inputs {
		in.progress = progress
		one, err := a.previewOne(ctx, f, in, look, p)
		progress.end()
		if one.File != "" {
			accounts = append(accounts, one)
		}
		if err != nil && resolute.CodeOf(err) != resolute.Invalid {
			return errors.Join(failed, err)
		}
		failed = errors.Join(failed, err)
	}
	if err := p.end(); err != nil {
		return err
	}
	return importExit(accounts, failed)
}

func (a *app) previewOne(ctx context.Context, f importFlags, in input, look previewer, p *previewPrinter) (printedImport, error) {
	file, size, err := in.open()
	if err != nil {
		return printedImport{}, err
	}
	src := in.registerSource()
	in.progress.begin(src.File, size)
	f.memory.begin(in.path, size)
	p.begin(src.File)
	o := register.PreviewOptions{Lang: a.language(), ImportOptions: register.ImportOptions{Progress: in.progress.update, Words: form.Words(), HeldBytes: heldBytes}, Findings: shownFindings, Change: p.change}
	if f.all {
		o.Findings = math.MaxInt32
	}
	done, err := look(ctx, resolute.Operator(), src, file, o)
	err = closing(file, err)
	if done.Account.File == "" {
		return printedImport{}, err
	}
	one := printedImport{Import: done.Account, Findings: done.Findings}
	for i := range one.Findings {
		one.Findings[i].File = one.File
	}
	return one, errors.Join(err, p.account(one))
}

// previewPrinter prints changes as they come, and accounts behind them.
type previewPrinter struct {
	app    *app
	format string
	all    bool
	file   string
	files  []printedPreview // of JSON
	table  *sheet.Writer    // of CSV
}

func (a *app) newPreviewPrinter(all bool) (*previewPrinter, error) {
	p := &previewPrinter{app: a, format: a.formatOr("json"), all: all}
	if p.format != "csv" {
		return p, nil
	}
	var columns []sheet.Column
	for _, name := range []string{"file", "deed", "iati_identifier", "reporter", "title", "title_lang", "line", "path", "field", "of", "before", "after", "rule", "message"} {
		columns = append(columns, sheet.Column{Name: name})
	}
	var err error
	p.table, err = sheet.NewWriter(a.Out, columns...)
	return p, err
}

func (p *previewPrinter) begin(file string) {
	p.file = file
	p.files = append(p.files, printedPreview{Changes: []register.Change{}})
}

// change prints one change; JSON keeps the first.
func (p *previewPrinter) change(c register.Change) error {
	switch p.format {
	case "jsonl":
		return p.line(map[string]any{"file": p.file, "change": c})
	case "csv":
		return p.rows(c)
	case "text":
		return p.text(c)
	}
	last := &p.files[len(p.files)-1]
	if len(last.Changes) < shownChanges || p.all {
		last.Changes = append(last.Changes, c)
	} else {
		last.MoreChanges++
	}
	return nil
}

func (p *previewPrinter) line(v any) error {
	e := json.NewEncoder(p.app.Out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (p *previewPrinter) rows(c register.Change) error {
	fields := c.Fields
	if len(fields) == 0 {
		fields = []register.FieldChange{{}}
	}
	line := ""
	if c.Line > 0 {
		line = fmt.Sprint(c.Line)
	}
	for _, f := range fields {
		if err := p.table.Write(p.file, c.Deed, c.Identifier, c.Reporter, c.Title, string(c.TitleLang), line, c.Path, f.Field, f.Of, f.Before, f.After, c.Rule, c.Message); err != nil {
			return err
		}
	}
	return nil
}

// text prints what is not unchanged.
func (p *previewPrinter) text(c register.Change) error {
	if c.Deed == register.DeedUnchanged {
		return nil
	}
	place := p.file
	if c.Line > 0 {
		place += fmt.Sprintf(":%d", c.Line)
	}
	what := c.Title
	if c.Message != "" {
		what = c.Message
	}
	deed := c.Deed
	if c.Identifier != "" { // what was refused may have none
		deed += " " + c.Identifier
	}
	if err := printText(p.app.Out, "%s: %s: %s\n", place, deed, what); err != nil {
		return err
	}
	for _, f := range c.Fields {
		name := f.Field
		if f.Of != "" {
			name += " [" + f.Of + "]"
		}
		if err := printText(p.app.Out, "    %s: %q -> %q\n", name, f.Before, f.After); err != nil {
			return err
		}
	}
	return nil
}

// account prints what stands at the end of a file.
func (p *previewPrinter) account(one printedImport) error {
	if one.Findings == nil {
		one.Findings = []resolute.Finding{}
	}
	switch p.format {
	case "jsonl":
		return p.line(map[string]any{"file": p.file, "import": one})
	case "text":
		return p.app.printPreviewed(one)
	case "json":
		p.files[len(p.files)-1].printedImport = one
	}
	return nil
}

func (a *app) printPreviewed(one printedImport) error {
	for _, f := range one.Findings {
		if err := printFinding(a.Out, f); err != nil {
			return err
		}
	}
	state := "would be taken"
	if one.State != "done" {
		state = "would be refused"
	}
	return printText(a.Out, "%s: %s, read %d, new %d, changed %d, unchanged %d, refused %d, absent %d; findings: %s, %s, %s; nothing was stored\n",
		one.File, state, one.Read, one.New, one.Changed, one.Unchanged, one.Counts.Refused, one.Absent,
		counted(one.Total.Error, "error"), counted(one.Total.Warning, "warning"), counted(one.Total.Note, "note"))
}

// end prints what is held back.
func (p *previewPrinter) end() error {
	switch p.format {
	case "csv":
		return p.table.Flush()
	case "json":
		if p.files == nil {
			p.files = []printedPreview{}
		}
		return printJSON(p.app.Out, map[string]any{"imports": p.files})
	}
	return nil
}
