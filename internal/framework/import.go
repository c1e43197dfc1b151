package framework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Framework keeps the imported schemes beside the built-in ones.
type Framework struct {
	DB  *db.DB
	Now func() time.Time
}

// Report is the account of one import with what was found.
type Report struct {
	ledger.Import
	Findings []resolute.Finding
}

// Load gives the built-in and the imported schemes that readers see as one catalogue.
func (f *Framework) Load(ctx context.Context) (*Catalogue, error) {
	var current []stored
	err := f.DB.View(ctx, func(q db.Queryer) (err error) {
		current, err = readCurrent(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	c, _ := join(current)
	return c, nil
}

// join makes one catalogue of the built-in editions and the given ones.
func join(current []stored) (*Catalogue, []Mapping) {
	if len(current) == 0 {
		return Builtin(), nil
	}
	editions, hashes := builtinEditions(), []string{builtinHash()}
	editions = editions[:len(editions):len(editions)]
	for _, s := range current {
		editions, hashes = append(editions, s.edition), append(hashes, s.hash)
	}
	return assemble(builtinAreas(), editions, hashes...)
}

// Import reads a framework file and makes its schemes the current ones; each replaces the
// imported version of the same key whole. The same content again changes nothing. The account
// is kept in either case: a file with a fault is refused whole and comes back with its findings
// and an Error, Invalid, or Conflict when it would replace a built-in scheme. An actor without
// the right gets Forbidden and no account.
func (f *Framework) Import(ctx context.Context, by resolute.Actor, file string, from io.Reader) (Report, error) {
	now := f.Now().UTC()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "framework", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return Report{}, err
	}
	data, account, err := receive(from, file)
	if err != nil {
		return Report{}, err
	}
	account.Owner, account.Actor, account.At = by.ID, by.ID, now.UnixMilli()
	var report Report
	err = f.DB.Write(ctx, func(tx *db.Tx) error {
		report = Report{Import: account} // anew: PostgreSQL may repeat the transaction
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		current, err := readCurrent(ctx, tx)
		if err != nil {
			return err
		}
		return store(ctx, tx, by, &report, data, current)
	})
	if err != nil {
		return Report{}, fmt.Errorf("import framework %s: %w", file, err)
	}
	return report, report.refusal()
}

// receive reads the whole file, one byte beyond the limit at most for the parser to see.
func receive(from io.Reader, file string) ([]byte, ledger.Import, error) {
	h := sha256.New()
	data, err := io.ReadAll(io.LimitReader(io.TeeReader(from, h), MaxFileBytes+1))
	if err != nil {
		return nil, ledger.Import{}, fmt.Errorf("read %s: %w", file, err)
	}
	rest, err := io.Copy(h, from)
	if err != nil {
		return nil, ledger.Import{}, fmt.Errorf("read %s: %w", file, err)
	}
	return data, ledger.Import{Kind: "framework", File: file, Source: file, SHA256: hex.EncodeToString(h.Sum(nil)), Bytes: int64(len(data)) + rest}, nil
}

// store writes account, change and what is new of the file, all in tx.
func store(ctx context.Context, tx *db.Tx, by resolute.Actor, report *Report, data []byte, current []stored) (err error) {
	known, _ := join(current)
	editions, findings := parseFile(report.File, data, known)
	report.Findings = findings
	if report.ID, err = ledger.Begin(ctx, tx, report.Import); err != nil {
		return err
	}
	report.State = ledger.Refused
	var fresh []stored
	if len(findings) == 0 {
		report.State = ledger.Done
		fresh = report.compare(editions, current)
		report.Findings = hanging(report.File, current, fresh)
	}
	for _, finding := range report.Findings {
		report.Total.Add(finding.Severity)
	}
	if report.Seq, err = audit.Record(ctx, tx, report.change(by, fresh)); err != nil {
		return err
	}
	for _, s := range fresh {
		if err := publish(ctx, tx, by, report.ID, report.Seq, s.edition, s.hash); err != nil {
			return fmt.Errorf("publish %s: %w", s.Scheme.Key, err)
		}
	}
	if err := ledger.AddFindings(ctx, tx, report.ID, 0, report.Findings); err != nil {
		return err
	}
	return ledger.Close(ctx, tx, report.Import)
}

// compare counts rows as new, changed, unchanged and absent, and gives the editions that differ.
func (r *Report) compare(editions []edition, current []stored) []stored {
	var fresh []stored
	for _, e := range editions {
		var old stored
		for _, s := range current {
			if s.Scheme.Key == e.Scheme.Key {
				old = s
			}
		}
		r.count(rowsOf(old.edition), rowsOf(e))
		if hash := hashOf(e); hash != old.hash {
			fresh = append(fresh, stored{edition: e, hash: hash})
		}
	}
	return fresh
}

func (r *Report) count(before, after map[string]string) {
	for key, row := range after {
		r.Read++
		switch old, there := before[key]; {
		case !there:
			r.New++
		case old != row:
			r.Changed++
		default:
			r.Unchanged++
		}
	}
	for key := range before {
		if _, there := after[key]; !there {
			r.Absent++
		}
	}
}

// rowsOf gives each row of an edition as canonical text, by what the row is about.
func rowsOf(e edition) map[string]string {
	rows := map[string]string{}
	if e.Scheme.Key == "" {
		return rows
	}
	s := e.Scheme
	s.Import = 0
	rows["scheme"] = canonical(s)
	for _, c := range e.Concepts {
		rows["concept "+fold(c.Code)] = canonical(c)
	}
	for _, m := range e.Mappings {
		rows["mapping "+m.FromScheme+" "+fold(m.From)+" "+m.ToScheme+" "+fold(m.To)] = canonical(m)
	}
	return rows
}

// canonical writes a value as JSON, whose maps are sorted; our rows hold nothing that it cannot write.
func canonical(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func hashOf(e edition) string {
	sum := sha256.Sum256([]byte(canonical(e)))
	return hex.EncodeToString(sum[:])
}

// hanging warns of mappings of other schemes that lose an end by the new editions.
func hanging(file string, current, fresh []stored) []resolute.Finding {
	after := append([]stored{}, fresh...)
	for _, old := range current {
		replaced := false
		for _, s := range fresh {
			replaced = replaced || s.Scheme.Key == old.Scheme.Key
		}
		if !replaced {
			after = append(after, old)
		}
	}
	_, lost := join(after)
	var findings []resolute.Finding
	for _, m := range lost {
		findings = append(findings, resolute.Finding{
			Rule: "framework-mapping-hanging", Severity: resolute.SeverityWarning, File: file, Record: m.FromScheme + " " + m.From,
			Found: m.ToScheme + " " + m.To, Expected: "both ends of a mapping",
			Message: fmt.Sprintf("the mapping from %s %s to %s %s is left out: one end is gone", m.FromScheme, m.From, m.ToScheme, m.To),
		})
	}
	return findings
}

// change is the entry of the log: counts, keys and hashes.
func (r *Report) change(by resolute.Actor, fresh []stored) audit.Change {
	schemes := map[string]any{}
	for _, s := range fresh {
		schemes[s.Scheme.Key] = s.hash
	}
	verb := "import"
	if r.State == ledger.Refused {
		verb = "refuse"
	}
	return audit.Change{At: r.At, Actor: by.ID, Verb: verb, Object: fmt.Sprintf("import/%d", r.ID), About: map[string]any{
		"kind": "framework", "sha256": r.SHA256, "new": r.New, "changed": r.Changed, "unchanged": r.Unchanged, "schemes": schemes,
	}}
}

// refusal is the Error of a refused file, nil when it is done.
func (r *Report) refusal() error {
	if r.State != ledger.Refused {
		return nil
	}
	first := r.Findings[0]
	code := resolute.Invalid
	for _, finding := range r.Findings {
		if finding.Rule == "framework-builtin" {
			first, code = finding, resolute.Conflict
		}
	}
	message := fmt.Sprintf("%s:%d:%d: %s; nothing of the file was taken", first.File, first.Line, first.Column, first.Message)
	return &resolute.Error{Code: code, Field: first.Path, Message: message}
}
