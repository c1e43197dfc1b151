package register

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/iati"
)

// documentChecks read stored documents again.
func (r *Register) documentChecks(every bool) []db.Check {
	return []db.Check{{
		Name: "projection-derived", Severity: resolute.SeverityError,
		Why: "the document is the truth; what queries read of it must be what is derived from it now",
		Do:  "tags, links and counterparts: resolute tag derive; anything else: undo the import and import the file again",
		Find: func(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
			return r.compareDocuments(ctx, q, every, limit)
		},
	}, {
		Name: FindingLinkedUnknown, Severity: resolute.SeverityNote,
		Why:  "an activity that is named and nowhere here cannot be followed: neither its hierarchy nor where money came from or went",
		Do:   "import the file that holds it, or tell the reporting organisation; what older programs took in is looked at once its file comes in again",
		Find: linkedNowhere,
	}, {
		Name: FindingUnknownScheme, Severity: resolute.SeverityWarning,
		Why: "a tag of own work whose scheme nobody knows, perhaps for a misspelt word, counts nowhere",
		Do:  "put the word right in the table and import it again, or import the framework and run resolute tag derive",
		Find: func(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
			return r.unknownSchemes(ctx, q, every, limit)
		},
	}}
}

// eachBatch hands on the current activities with their documents: every one, or a stretch of at
// most rederiveBatch that moves on with the data version.
func eachBatch(ctx context.Context, q db.Queryer, every bool, do func([]stored) error) error {
	after, err := "", error(nil)
	if !every {
		if after, err = stretch(ctx, q); err != nil {
			return err
		}
	}
	for {
		batch, err := readForRules(ctx, q, after)
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := do(batch); err != nil || !every {
			return err
		}
		after = batch[len(batch)-1].Key
	}
}

// stretch gives the key behind which this data version's stretch of documents begins.
func stretch(ctx context.Context, q db.Queryer) (string, error) {
	head, err := audit.Newest(ctx, q)
	if err != nil {
		return "", err
	}
	var n int64
	if err := q.QueryRow(ctx, `SELECT COUNT(*) FROM current`).Scan(&n); err != nil || n <= rederiveBatch {
		return "", err
	}
	stretches := (n + rederiveBatch - 1) / rederiveBatch
	at := head.Seq % stretches * rederiveBatch
	if at == 0 {
		return "", nil
	}
	var key string
	err = q.QueryRow(ctx, `SELECT key FROM current ORDER BY key LIMIT 1 OFFSET $1`, at-1).Scan(&key)
	return key, err
}

func (r *Register) compareDocuments(ctx context.Context, q db.Queryer, every bool, limit int) (db.Found, error) {
	var found db.Found
	book, err := r.rulebook(ctx)
	if err != nil {
		return found, err
	}
	all, err := directory.All(ctx, q)
	if err != nil {
		return found, err
	}
	ids := make(map[string]int64, len(all))
	for _, o := range all {
		ids[o.Key] = o.ID
	}
	organisation := func(p Participant) int64 { return ids[directory.Party{Ref: p.Ref, Name: p.Name}.Key()] }
	err = eachBatch(ctx, q, every, func(batch []stored) error {
		held, err := readRows(ctx, q, batch)
		if err != nil {
			return err
		}
		for _, s := range batch {
			if detail := book.differs(s, held, organisation); detail != "" {
				found.Add(limit, s.Key, detail)
			}
		}
		return nil
	})
	return found, err
}

// unknownSchemes lists own work that states codes of schemes that do not exist.
func (r *Register) unknownSchemes(ctx context.Context, q db.Queryer, every bool, limit int) (db.Found, error) {
	var found db.Found
	book, err := r.rulebook(ctx)
	if err != nil {
		return found, err
	}
	err = eachBatch(ctx, q, every, func(batch []stored) error {
		for _, s := range batch {
			if s.form != formRow {
				continue
			}
			a, _, err := openDocument(s.form, s.packed, s.root, s.Line)
			if err != nil {
				continue // told by the check of its projections
			}
			for _, f := range book.stated(a).findings {
				if f.Rule == FindingUnknownScheme {
					found.Add(limit, s.Key, f.Found+", not "+f.Expected)
				}
			}
		}
		return nil
	})
	return found, err
}

// differs says in what the rows of an activity are not those that its document gives; empty
// when they are.
func (b *Rulebook) differs(s stored, held map[string]map[int64][]string, organisation func(Participant) int64) string {
	want, err := b.derive(s)
	if err != nil {
		return "the document cannot be read: " + err.Error()
	}
	want.Version = s.Version
	var tables []string
	for _, t := range comparedTables {
		var rows []string
		for _, row := range t.rows(want, organisation) {
			rows = append(rows, rowText(row))
		}
		slices.Sort(rows)
		if !slices.Equal(rows, held[t.table][s.Version]) {
			tables = append(tables, t.table)
		}
	}
	if len(tables) == 0 {
		return ""
	}
	return "not as the document gives it: " + strings.Join(tables, ", ")
}

// comparedTables are all projections: the activity's own row, its words and the tables below.
var comparedTables = slices.Concat([]projectedTable{
	{"activity", []string{"version", "reporter", "reporter_name", "secondary", "iati_id", "hash", "kind", "sector", "level", "status", "hierarchy", "lang", "updated",
		"planned_start", "actual_start", "planned_end", "actual_end", "title", "title_lang"}, ownRow},
	{"words", []string{"version", "tokens"}, func(v staged, _ func(Participant) int64) [][]any { return [][]any{{v.Version, v.tokens}} }},
}, projected, derived)

// ownRow leaves out what the document does not tell: key, source, occurrence, place in the
// family and state.
func ownRow(v staged, _ func(Participant) int64) [][]any {
	return [][]any{{v.Version, v.Reporter, v.ReporterName, flag(v.Secondary), v.Identifier, v.hash, v.Kind, v.Sector, v.Level, v.Status, int64(v.Hierarchy), v.Lang, v.Updated,
		v.PlannedStart, v.ActualStart, v.PlannedEnd, v.ActualEnd, v.TitleShown, v.TitleLang}}
}

// derive reads a stored document as an import would.
func (b *Rulebook) derive(s stored) (staged, error) {
	raw, err := unpack(s.packed)
	if err != nil {
		return staged{}, fmt.Errorf("unpack: %w", err)
	}
	if s.form == formRow {
		var one row
		if err := json.Unmarshal(raw, &one); err != nil {
			return staged{}, err
		}
		a := one.activity()
		p := b.project(a)
		return staged{Activity: p.Activity, hash: one.hash(), tokens: p.tokens}, nil
	}
	root, err := iati.ParseRoot(s.root)
	if err != nil {
		return staged{}, err
	}
	el := &iati.Element{Name: "iati-activity", Raw: raw, Line: s.Line}
	a, _ := iati.Decode(root, el)
	sum := root.Canonical(el)
	p := b.project(a)
	return staged{Activity: p.Activity, hash: sum[:], tokens: p.tokens}, nil
}

// readRows reads all projections of a batch: by table and version, each row as one line, sorted.
func readRows(ctx context.Context, q db.Queryer, batch []stored) (map[string]map[int64][]string, error) {
	versions := make([]int64, len(batch))
	for i, s := range batch {
		versions[i] = s.Version
	}
	held := map[string]map[int64][]string{}
	for _, t := range comparedTables {
		rows := map[int64][]string{}
		err := inChunks(versions, func(chunk string) error {
			return each(ctx, q, `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.table+` WHERE version IN (`+chunk+`)`, func(r *sql.Rows) error {
				row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
				for i := range row {
					into[i] = &row[i]
				}
				if err := r.Scan(into...); err != nil {
					return err
				}
				version, _ := row[0].(int64)
				rows[version] = append(rows[version], rowText(row))
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
		for _, lines := range rows {
			slices.Sort(lines)
		}
		held[t.table] = rows
	}
	return held, nil
}

// rowText writes a row as text in which equal rows are equal.
func rowText(row []any) string {
	var b bytes.Buffer
	for _, v := range row {
		if raw, ok := v.([]byte); ok {
			v = string(raw)
		}
		fmt.Fprintf(&b, "%q ", fmt.Sprint(v))
	}
	return b.String()
}
