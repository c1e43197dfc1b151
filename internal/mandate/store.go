package mandate

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Mandate keeps the texts of resolutions. All fields must be set.
type Mandate struct {
	DB  *db.DB
	Now func() time.Time
}

// largestText is how long the text of a resolution may be, in bytes.
const largestText = 4 << 20

// Revision is one text of an instrument as readers see it.
type Revision struct {
	ID                       int64
	Instrument, Label, Title string
	Import                   int64
}

// Mixed reports whether the text carries two revisions at once: two years in its label, as when
// tracked changes were saved as plain text.
func (r Revision) Mixed() bool {
	b, ok := readBracket(r.Label)
	return ok && b.mixed
}

// Wording is one provision of a revision.
type Wording struct {
	Revision
	Thread, Parent, Heading string
	Operative               bool
	Mark                    string
	Line                    int
	Text                    string
}

// Import reads the text of Resolution 30 into provisions and stores it as a revision. The same
// text again is unchanged. A text that is no UTF-8, too long or without provisions is refused
// whole: its account says so, and the error has code Invalid. Forbidden without the right.
func (m *Mandate) Import(ctx context.Context, by resolute.Actor, file string, text []byte) (ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "revision", ID: Resolution30}, now.Format(time.DateOnly)); err != nil {
		return ledger.Import{}, err
	}
	sum := sha256.Sum256(text)
	account := ledger.Import{Kind: "resolution", File: file, Source: file, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(text)),
		Owner: by.ID, Actor: by.ID, At: now.UnixMilli(), State: ledger.Done}
	doc, fault := read(text)
	var findings []resolute.Finding
	if fault != nil {
		fault.File, account.State, findings = file, ledger.Refused, []resolute.Finding{*fault}
		account.Total.Add(fault.Severity)
	}
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if account.ID, err = ledger.Begin(ctx, tx, account); err != nil {
			return err
		}
		if err = ledger.AddFindings(ctx, tx, account.ID, 0, findings); err != nil {
			return err
		}
		if fault == nil {
			if err = storeRevision(ctx, tx, by, &account, doc, string(text)); err != nil {
				return err
			}
		}
		account.Seq, err = audit.Record(ctx, tx, audit.Change{At: account.At, Actor: by.ID, Verb: "import", Object: fmt.Sprintf("import/%d", account.ID),
			About: map[string]any{"kind": account.Kind, "state": string(account.State), "sha256": account.SHA256, "provisions": account.Read}})
		if err != nil {
			return err
		}
		return ledger.Close(ctx, tx, account)
	})
	if err == nil && fault != nil {
		err = &resolute.Error{Code: resolute.Invalid, Field: file, Message: fault.Message}
	}
	return account, err
}

// read parses a text, or says why it is refused whole.
func read(text []byte) (*Document, *resolute.Finding) {
	refuse := func(rule, found, expected, message string) *resolute.Finding {
		return &resolute.Finding{Rule: rule, Severity: resolute.SeverityError, Found: found, Expected: expected, Message: message}
	}
	if len(text) > largestText {
		return nil, refuse("limit-text", fmt.Sprint(len(text)), fmt.Sprint(largestText), "the text is longer than 4 MiB: refused whole")
	}
	if !utf8.Valid(text) {
		return nil, refuse("encoding", "", "UTF-8", "the text is not UTF-8: refused whole; save it as UTF-8")
	}
	doc := Parse(string(text))
	if doc.Number != "30" {
		return nil, refuse("instrument-unknown", doc.Number, "30", "no heading RESOLUTION 30 was found: this version takes in the texts of Resolution 30 only")
	}
	if len(doc.Groups) == 0 {
		return nil, refuse("no-provision", "", "a heading such as resolves", "no group of provisions was found: refused whole")
	}
	return doc, nil
}

func storeRevision(ctx context.Context, tx *db.Tx, by resolute.Actor, account *ledger.Import, doc *Document, text string) error {
	rows := wordings(doc)
	account.Read = len(rows)
	var before string
	err := tx.QueryRow(ctx, `SELECT sha256 FROM revision WHERE instrument = $1 ORDER BY id DESC LIMIT 1`, Resolution30).Scan(&before)
	switch {
	case err == nil && before == account.SHA256:
		account.Unchanged = len(rows)
		return nil
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("read revision: %w", err)
	}
	account.New = len(rows)
	var id int64
	err = tx.QueryRow(ctx, `INSERT INTO revision (instrument, label, title, owner, state, import, sha256, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		Resolution30, doc.Label, doc.Title, by.ID, string(resolute.Approved), account.ID, account.SHA256, text).Scan(&id)
	if err != nil {
		return fmt.Errorf("store revision: %w", err)
	}
	values := make([][]any, len(rows))
	for i, w := range rows {
		operative := int64(0)
		if w.Operative {
			operative = 1
		}
		values[i] = []any{id, int64(i + 1), w.Thread, w.Parent, w.Heading, operative, w.Mark, int64(w.Line), w.Text}
	}
	return tx.Bulk(ctx, "provision", []string{"revision", "n", "thread", "parent", "heading", "operative", "mark", "line", "text"}, values)
}

// wordings lists the provisions of a document in the order of the text.
func wordings(doc *Document) []Wording {
	var list []Wording
	for _, g := range doc.Groups {
		var walk func(items []Provision, parent string)
		walk = func(items []Provision, parent string) {
			for _, p := range items {
				thread := Resolution30 + "#" + p.Path
				list = append(list, Wording{Thread: thread, Parent: parent, Heading: g.Heading, Operative: g.Operative, Mark: p.Mark, Line: p.Line, Text: p.Text})
				walk(p.Items, thread)
			}
		}
		walk(g.Items, "")
	}
	return list
}

// Wordings lists the provisions of the newest revision of Resolution 30; none before a text is
// imported.
func (m *Mandate) Wordings(ctx context.Context) ([]Wording, error) {
	rows, err := m.DB.Query(ctx, `SELECT r.id, r.instrument, r.label, r.title, r.import, p.thread, p.parent, p.heading, p.operative, p.mark, p.line, p.text
		FROM provision p JOIN revision r ON r.id = p.revision
		WHERE r.id = (SELECT max(id) FROM revision WHERE instrument = $1 AND state IN ('approved', 'locked')) ORDER BY p.n`, Resolution30)
	if err != nil {
		return nil, fmt.Errorf("read provisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Wording
	for rows.Next() {
		var w Wording
		var operative int64
		if err := rows.Scan(&w.ID, &w.Instrument, &w.Label, &w.Title, &w.Import, &w.Thread, &w.Parent, &w.Heading, &operative, &w.Mark, &w.Line, &w.Text); err != nil {
			return nil, err
		}
		w.Operative = operative == 1
		list = append(list, w)
	}
	return list, rows.Err()
}
