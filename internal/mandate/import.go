package mandate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Mandate keeps the texts of resolutions. All fields must be set.
type Mandate struct {
	DB  *db.DB
	Now func() time.Time

	readings readings
	shelves  shelves
	graphs   graphs
}

// ImportKind is what accounts of this room are called.
const ImportKind = "resolution"

// Import reads the text of a resolution into provisions and stores it as a revision of its
// instrument, with what is wrong with the text as findings. The same text again is unchanged. A
// file that cannot be read, a text that is too long, of an unknown body or without provisions is
// refused whole, as is a file with tracked changes of which no side is named: its account says so,
// and the error has code Invalid. Forbidden without the right.
func (m *Mandate) Import(ctx context.Context, by resolute.Actor, file File) (ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "revision", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return ledger.Import{}, err
	}
	in := newIncoming(by, file, now)
	fault := in.read()
	account := in.account
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		account, err = in.attempt(ctx, tx)
		return err
	})
	if err == nil && fault != nil {
		err = &resolute.Error{Code: resolute.Invalid, Field: file.Name, Message: fault.Message}
	}
	return account, err
}

// attempt stores what was read in a transaction that may be tried again: what one try finds is
// nothing that the next one begins with.
func (in *incoming) attempt(ctx context.Context, tx *db.Tx) (ledger.Import, error) {
	once := *in
	once.findings = slices.Clone(in.findings)
	err := once.store(ctx, tx)
	return once.account, err
}

func newIncoming(by resolute.Actor, file File, now time.Time) *incoming {
	return &incoming{by: by, file: file, account: ledger.Import{Kind: ImportKind, File: file.Name, Source: file.Name, SHA256: hashOf(file.Data),
		Bytes: int64(len(file.Data)), Owner: by.ID, Actor: by.ID, At: now.UnixMilli(), State: ledger.Done}}
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// incoming is one text on its way into the store.
type incoming struct {
	by         resolute.Actor
	file       File
	text       string
	account    ledger.Import
	doc        *Document
	printed    *Document // without corrections; nil: there are none
	fromFile   int       // findings about the file, before those about its text
	instrument string
	mixed      bool
	twoTexts   bool
	findings   []resolute.Finding
	apart      int64 // the mixed text held that it is a side of; 0: none
}

// read parses the text and looks at it, or says why it is refused whole.
func (in *incoming) read() *resolute.Finding {
	fault := in.parse()
	if fault != nil {
		in.account.State, in.findings = ledger.Refused, []resolute.Finding{*fault}
	} else {
		in.fromFile = len(in.findings)
		in.findings = append(in.findings, Lint(in.doc)...)
	}
	for i := range in.findings {
		in.account.Total.Add(in.findings[i].Severity)
	}
	return fault
}

func (in *incoming) parse() *resolute.Finding {
	got, fault := in.file.Read()
	in.text, in.findings, in.twoTexts = got.Text, got.Findings, got.TwoTexts
	if fault != nil {
		return fault
	}
	in.doc = Parse(in.text)
	if in.doc.Number == "" {
		return refuse("number-unknown", "", "RESOLUTION 30 (Rev. ...), or 70/125. Title", "no number of a resolution was found: refused whole; the first lines should hold it")
	}
	if len(in.doc.Groups) == 0 {
		return refuse("no-provision", "", "a heading such as resolves", "no group of provisions was found: refused whole")
	}
	b, ok := readBracket(in.doc.Label)
	in.mixed = ok && b.mixed
	if in.instrument = in.doc.Key(); in.instrument == "" {
		return in.guessInstrument()
	}
	return nil
}

// guessInstrument takes a text that names no body for the built-in mandate when it bears its
// number, and says so.
func (in *incoming) guessInstrument() *resolute.Finding {
	own := partsOfKey(builtIn)
	if in.doc.Number != own.number {
		return refuse("body-unknown", in.doc.Number, "a line such as: The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),",
			"the text does not say which body adopted it, and a number alone means nothing: refused whole")
	}
	in.instrument, in.doc.Body = builtIn, own.body
	in.findings = append(in.findings, resolute.Finding{Rule: "body-not-named", Severity: resolute.SeverityNote, Line: 1, Column: 1, Found: own.number,
		Expected: "the body that adopted it", Message: "the text does not name the body that adopted it; taken for " + builtIn})
	return nil
}

// store writes account, findings, revision and change in one transaction.
func (in *incoming) store(ctx context.Context, tx *db.Tx) (err error) {
	if err = in.applyCorrections(ctx, tx); err != nil {
		return err
	}
	if err = in.fitDecisions(ctx, tx); err != nil {
		return err
	}
	a := &in.account
	if a.ID, err = ledger.Begin(ctx, tx, *a); err != nil {
		return err
	}
	if err = ledger.AddFindings(ctx, tx, a.ID, 0, in.findings); err != nil {
		return err
	}
	var revision int64
	if a.State == ledger.Done {
		if revision, err = in.storeRevision(ctx, tx); err != nil {
			return err
		}
	}
	a.Seq, err = audit.Record(ctx, tx, audit.Change{At: a.At, Actor: in.by.ID, Verb: "import", Object: fmt.Sprintf("import/%d", a.ID),
		About: map[string]any{"kind": a.Kind, "state": string(a.State), "sha256": a.SHA256, "instrument": in.instrument, "provisions": a.Read}})
	if err != nil {
		return err
	}
	if revision > 0 {
		if err := publishRevision(ctx, tx, revision, a.Seq); err != nil {
			return err
		}
	}
	return ledger.Close(ctx, tx, *a)
}

// storeRevision stores the text unless the newest of its edition says the same, in whatever format; it returns the new
// revision, 0 for none, and counts what differs from the edition's text before.
func (in *incoming) storeRevision(ctx context.Context, tx *db.Tx) (int64, error) {
	rows := wordings(in.doc, in.instrument, in.mixed)
	from := len(in.findings)
	if err := in.settle(ctx, tx, rows); err != nil {
		return 0, err
	}
	same, err := in.compare(ctx, tx, rows)
	if err != nil || same {
		return 0, err
	}
	cites := citationsIn(rows, in.doc.Body)
	id, err := insertRevision(ctx, tx, in, rows, cites)
	if err != nil {
		return 0, err
	}
	if err := in.holdAgainst(ctx, tx, rows, cites); err != nil {
		return 0, err
	}
	return id, ledger.AddFindings(ctx, tx, in.account.ID, from, in.findings[from:])
}

// settle gives the provisions their threads. Decisions that fit none of them any more are findings.
func (in *incoming) settle(ctx context.Context, q db.Queryer, rows []Wording) error {
	decisions, err := threadDecisions(ctx, q, in.instrument)
	if err != nil {
		return err
	}
	unfit, err := settleThreads(ctx, q, in.standing(), rows, decisions)
	for _, d := range unfit {
		in.findings = append(in.findings, unfitFinding(d))
		in.account.Total.Add(resolute.SeverityWarning)
	}
	return err
}

// linkSelf keeps the references within the text, and adds to the account which of them lead
// elsewhere than before.
func (in *incoming) linkSelf(ctx context.Context, tx *db.Tx, id int64, rows []Wording, links []selfLink) error {
	if len(links) == 0 {
		return nil
	}
	if err := insertSelfLinks(ctx, tx, id, links); err != nil {
		return err
	}
	before, err := linksBefore(ctx, tx, Revision{ID: id, Instrument: in.instrument, Label: in.doc.Label, Day: in.doc.Day})
	if err != nil {
		return err
	}
	for _, f := range withMarks(renumbered(rows, links, before), in.doc.Lines) {
		in.findings = append(in.findings, f)
		in.account.Total.Add(f.Severity)
	}
	return nil
}

// holdAgainst adds to the account which citations the texts held of other instruments show to be
// wrong.
func (in *incoming) holdAgainst(ctx context.Context, q db.Queryer, rows []Wording, cites [][]Citation) error {
	found, err := heldFindings(ctx, q, Revision{Instrument: in.instrument, Day: in.doc.Day}, in.doc.Day, rows, cites)
	for _, f := range withMarks(found, in.doc.Lines) {
		in.findings = append(in.findings, f)
		in.account.Total.Add(f.Severity)
	}
	return err
}

// compare counts what differs from the newest text of the edition, and tells whether nothing does.
func (in *incoming) compare(ctx context.Context, q db.Queryer, rows []Wording) (same bool, err error) {
	a := &in.account
	a.Read = len(rows)
	before, body, err := editionBefore(ctx, q, in.instrument, in.doc.Label)
	if err != nil {
		return false, err
	}
	if body == in.text || body != "" && Parse(body).essence() == cmp.Or(in.printed, in.doc).essence() {
		a.Unchanged = len(rows)
		return true, nil
	}
	in.count(rows, before)
	return false, nil
}

// count compares the provisions with those of the same edition's text before.
func (in *incoming) count(rows []Wording, before map[string]string) {
	a := &in.account
	for _, w := range rows {
		switch text, known := before[w.Thread]; {
		case !known:
			a.New++
		case text == w.Text:
			a.Unchanged++
		default:
			a.Changed++
		}
		delete(before, w.Thread)
	}
	a.Absent = len(before)
}
