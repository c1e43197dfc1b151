package register

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/ledger"
	"resolute/internal/sheet"
)

// formRow marks a document that is a row of a table, as JSON.
const formRow = "row"

// Columns of the table of activities, beside title_LANG and description_LANG.
//
//	id             lasting identifier of the activity; required, unique in the table
//	reporter       who reports it: Name <REF>
//	title_en ...   title, one column a language (ar en es fr ru zh, or any other language tag)
//	kind           project, programme, training, event, publication, agreement, assistance ...
//	sector         Sector of ITU: R, T, D or GS
//	level          national, regional, interregional or global
//	status         pipeline, implementation, finalisation, closed, cancelled or suspended
//	planned_start, actual_start, planned_end, actual_end, updated      days, YYYY-MM-DD
//	countries      KE:60|UG:40      ISO two letters, with or without percentage
//	regions        298:100          DAC region codes, with or without percentage
//	partners       implementing: Name <REF>|funding: Name          roles: funding, accountable, extending, implementing
//	amounts        commitment 2024-03-01 USD 1250.50|disbursement 2024-06-30 USD 600
//	               types: incoming, commitment, disbursement, expenditure, incoming-commitment, pledge
//	budgets        2024-01-01..2024-12-31 USD 50000
//	action_lines   C2:60|C5         with or without percentage, as goals, targets and paragraphs
//	goals          9|4
//	targets        9.c|4.4
//	indicators     9.c.1
//	groups         youth|rural-remote
//	paragraphs     R8|F1.ii         short names of the paragraphs of Resolution 30
//	documents      https://... 2024-05-31      address, and the day of the document
//	description_en ...
//
// Entries of a cell are parted by "|" or a line break. Columns may stand in any order; cells may
// be empty. The table is CSV in UTF-8 with commas, semicolons or tabs.
var Columns = []string{"id", "reporter", "title_en", "title_fr", "kind", "sector", "level", "status", "planned_start", "actual_start", "planned_end", "actual_end", "updated",
	"countries", "regions", "partners", "amounts", "budgets", "action_lines", "goals", "targets", "indicators", "groups", "paragraphs", "documents", "description_en"}

// ImportTable reads a table of own work, or a workbook of several, see Tables, as ImportIATI reads a
// file of activities: same account, same keys and versions. Findings name the cell in Path ("C7",
// "Transactions!C7"). An empty cell leaves what stands, "-" erases it; rows that say what already stands,
// in whatever source, change nothing, and those that would change what was published as IATI are
// refused. What cannot be read as a table, or as one of these, is refused whole. A file without a
// table of activities is never the whole of its source.
func (r *Register) ImportTable(ctx context.Context, by resolute.Actor, src Source, in io.Reader, o ImportOptions) (done ledger.Import, err error) {
	if err := r.mayImport(by, src); err != nil {
		return ledger.Import{}, err
	}
	book, err := r.rulebook(ctx)
	if err != nil {
		return ledger.Import{}, err
	}
	rec, account := receive(in), r.account(by, KindActivities, src)
	rows, err := openRows(rec, in, src.File, o)
	var refused *iati.RefusedError
	if errors.As(err, &refused) {
		return r.refuse(ctx, by, account, rec, refused.Finding)
	}
	if err != nil {
		return ledger.Import{}, err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	account.Partial = account.Partial || rows.partial()
	i, err := r.start(ctx, by, account, rec, o.Progress)
	if err != nil {
		return ledger.Import{}, err
	}
	pack, err := newPacker()
	if err != nil {
		return ledger.Import{}, err
	}
	next := func() (func() chunk, error) {
		some, err := gatherRows(rows)
		if err != nil {
			return nil, err
		}
		return func() chunk { return book.readRows(ctx, r.DB, account.Source, some, pack) }, nil
	}
	return i.run(ctx, next, rows.told)
}

// gatherRows reads the next rows, as many as make a chunk.
func gatherRows(from rowSource) ([]tableRow, error) {
	var rows []tableRow
	for size := 0; len(rows) < chunkRecords && size < chunkBytes; {
		row, err := from.next()
		if err != nil && len(rows) > 0 && errors.Is(err, io.EOF) {
			break // told again by the next call
		}
		if err != nil {
			return nil, refusedTable(err)
		}
		rows = append(rows, row)
		size += row.size()
	}
	return rows, nil
}

// knownColumn tells whether a column means something here.
func knownColumn(name string) bool {
	return slices.Contains(Columns, name) || strings.HasPrefix(name, "title_") || strings.HasPrefix(name, "description_")
}

// refusedTable says in one form why a file is refused whole.
func refusedTable(err error) error {
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) {
		return &iati.RefusedError{Finding: refusal.Finding}
	}
	return err
}

// readRow turns one row into a record.
func (b *Rulebook) readRow(from tableRow, pack *packer) record {
	if from.fault != nil {
		return refusedRow(from, *from.fault, pack)
	}
	one := from.row
	read := one.read()
	a := read.a
	if a.Identifier == "" {
		f := from.from.Cell("id").Finding("", findingNoIdentifier, "an identifier")
		f.Message = "row without id: refused, its text is kept with the import"
		return refusedRow(from, f, pack)
	}
	text, err := json.Marshal(one) // keys of maps are written in order
	if err != nil {
		panic(err) // strings and numbers always have a form in JSON
	}
	r := rowRecord(from, a, b.project(a), one.hash())
	r.doc, r.size = pack.pack(text), len(text)
	r.tell(from, read)
	return r
}

// skimRow reads of a row that says what stands, whose hash it is, what an import has to know of it: not
// what rules derive, nor the document.
func (b *Rulebook) skimRow(from tableRow, hash []byte, pack *packer) record {
	read := from.row.read()
	r := rowRecord(from, read.a, b.outline(read.a), hash)
	r.projection.findings = append(r.projection.findings, b.stated(read.a).findings...)
	r.tell(from, read)
	r.whole = func() record { return b.readRow(from, pack) }
	return r
}

func rowRecord(from tableRow, a iati.Activity, p projection, hash []byte) record {
	return record{projection: p, identifierLine: from.row.Line, identifierPath: from.address("id"), hash: hash, form: formRow, transactions: len(a.Transactions)}
}

// tell says what is wrong with the cells of a row.
func (r *record) tell(from tableRow, read rowReader) {
	for _, f := range read.faults {
		severity := resolute.SeverityWarning
		if f.rule == findingRounded {
			severity = resolute.SeverityNote
			r.rounded++
		}
		r.findings = append(r.findings, resolute.Finding{Rule: f.rule, Severity: severity, Record: r.Identifier, Line: from.row.Line, Path: from.addressOf(f.cellPlace),
			Found: f.found, Expected: f.expected, Message: f.message})
	}
	for _, f := range r.projection.findings {
		cell := read.cellOf(f.about)
		if f.Rule == FindingUnknownScheme {
			cell.column, f.Found = "scheme", cell.scheme
		}
		f.Path = from.addressOf(cell.cellPlace)
		f.Message = fmt.Sprintf("%s %q: %s", cell.column, f.Found, f.why)
		r.findings = append(r.findings, f.Finding)
	}
}

// cellOf finds the first cell that states a code.
func (x rowReader) cellOf(code statedCode) codeCell {
	i := slices.IndexFunc(x.codes, func(c codeCell) bool { return c.code == code })
	if i < 0 {
		return codeCell{}
	}
	return x.codes[i]
}

// addressOf names a cell; empty when it does not stand in the file.
func (t tableRow) addressOf(c cellPlace) string {
	switch {
	case !c.ofLine:
		return t.address(c.column)
	case c.at == nil:
		return ""
	}
	return c.at(c.column)
}

// refusedRow keeps the text of a row that cannot be understood.
func refusedRow(from tableRow, f resolute.Finding, pack *packer) record {
	f.File = ""
	r := record{refused: f.Rule, doc: pack.pack([]byte(from.raw())), size: len(from.raw()), findings: []resolute.Finding{f}, identifierPath: from.address("id")}
	r.Line = from.row.Line
	return r
}

// hash is equal for two rows with equal cells, wherever they stand.
func (r row) hash() []byte {
	names := make([]string, 0, len(r.Cells))
	for name := range r.Cells {
		names = append(names, name)
	}
	sort.Strings(names)
	sum := sha256.New()
	for _, name := range names {
		fmt.Fprintf(sum, "%d:%s=%d:%s\n", len(name), name, len(r.Cells[name]), r.Cells[name])
	}
	for _, t := range Tables[1:] { // in any order
		texts := make([]string, len(r.Lines[t.Name]))
		for i, l := range r.Lines[t.Name] {
			texts[i] = l.text()
		}
		sort.Strings(texts)
		for _, text := range texts {
			fmt.Fprintf(sum, "%s %d:%s\n", t.Name, len(text), text)
		}
	}
	return sum.Sum(nil)
}
