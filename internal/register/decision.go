package register

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/mandate"
)

// Verdict is what a person decided.
type Verdict string

// The verdicts. SetTag adds a tag of basis set; Withdraw takes back the decisions of the same
// reach.
const (
	SetTag   Verdict = "set"
	Confirm  Verdict = "confirm"
	Refuse   Verdict = "refuse"
	Withdraw Verdict = "withdraw"
)

// ThreadScheme stands for the concept scheme where a decision is about a mandate link.
const ThreadScheme = "thread"

// Reach is what a decision is about: one activity by its key, or all that one rule gave,
// narrowed by reporting organisation and country. An empty Scheme or Code is any.
type Reach struct {
	Key      string `json:"key,omitempty"`
	Scheme   string `json:"scheme,omitempty"` // ThreadScheme for a mandate link
	Code     string `json:"code,omitempty"`   // or the key of a thread
	Rule     string `json:"rule,omitempty"`
	Reporter string `json:"reporter,omitempty"` // as ReporterOf gives it
	Country  string `json:"country,omitempty"`  // ISO, two capital letters
}

// Decision is what a person decided about tags or mandate links, and why. It hangs on keys and
// filters, so that it holds through every re-import and every new version of the rules.
type Decision struct {
	ID      int64   `json:"id"`
	Verdict Verdict `json:"verdict"`
	Reach
	Share  Share  `json:"share"` // of a set tag
	Reason string `json:"reason"`
	Actor  string `json:"actor"`
	At     int64  `json:"at"` // Unix milliseconds
	Seq    int64  `json:"seq"`

	Revision int64 `json:"revision,omitempty"` // of the text in force, when it is about a paragraph; 0: no text was held
}

// Decide records a decision; ID, Actor, At and Seq of d are given by the register. It returns
// Forbidden for an actor without the right, Invalid for a decision without reason or with an
// unclear reach, and NotFound for an activity, concept, thread, rule or country that does not exist
// and for a withdrawal where no decision of the same reach holds.
func (r *Register) Decide(ctx context.Context, by resolute.Actor, d Decision) (Decision, error) {
	now, owner := r.Now(), d.Reporter
	if d.Key != "" {
		var err error
		if owner, err = ownerOf(ctx, r.DB, d.Key); err != nil {
			return Decision{}, err
		}
	}
	if err := by.Can(resolute.Decide, resolute.Object{Kind: "tag", ID: d.Key, Owner: owner}, now.Format(time.DateOnly)); err != nil {
		return Decision{}, err
	}
	if err := d.check(); err != nil {
		return Decision{}, err
	}
	book, err := r.rulebook(ctx)
	if err != nil {
		return Decision{}, err
	}
	if err := book.resolve(&d); err != nil {
		return Decision{}, err
	}
	d.Actor, d.At = by.ID, now.UnixMilli()
	err = r.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if d.Revision = 0; d.Scheme == ThreadScheme && d.Code != "" {
			if d.Revision, err = (mandate.Standing{}).Of(ctx, tx, d.Code); err != nil {
				return err
			}
		}
		d.ID, d.Seq, err = decide(ctx, tx, d)
		return err
	})
	if err != nil {
		return Decision{}, err
	}
	return d, nil
}

// check holds the rules that need no other record.
func (d *Decision) check() error {
	d.Reason = strings.TrimSpace(d.Reason)
	switch {
	case d.Reason == "":
		return invalid("reason", "a decision needs a reason")
	case d.Verdict != SetTag && d.Verdict != Confirm && d.Verdict != Refuse && d.Verdict != Withdraw:
		return invalid("verdict", fmt.Sprintf("unknown verdict %q: want set, confirm, refuse or withdraw", d.Verdict))
	case d.Key == "" && d.Rule == "":
		return invalid("key", "a decision is about one activity (key) or about what a rule gave (rule)")
	case d.Key != "" && (d.Scheme == "" || d.Code == ""):
		return invalid("code", "a decision about one activity names scheme and code")
	case d.Key != "" && (d.Reporter != "" || d.Country != "" || d.Rule != ""):
		return invalid("rule", "a decision about one activity takes no rule, reporter or country")
	case d.Verdict == SetTag && d.Key == "":
		return invalid("key", "only one activity at a time can be given a tag")
	case d.Code != "" && d.Scheme == "":
		return invalid("scheme", "a code needs its scheme")
	}
	if d.Verdict != SetTag {
		d.Share = NoShare
	}
	if d.Share < NoShare || d.Share > Whole {
		return invalid("share", "a share lies between 0 and 100 percent")
	}
	d.Country = strings.ToUpper(d.Country)
	return nil
}

func invalid(field, message string) error {
	return &resolute.Error{Code: resolute.Invalid, Field: field, Message: message}
}

// hashed stands for a reporting organisation in the log, which is free of names; empty for any.
func hashed(reporter string) string {
	if reporter == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(reporter))
	return hex.EncodeToString(sum[:])
}

func decide(ctx context.Context, tx *db.Tx, d Decision) (id, seq int64, err error) {
	if err := tx.Serialize(ctx); err != nil {
		return 0, 0, err
	}
	object := "rule/" + d.Rule
	if d.Key != "" {
		object = "activity/" + d.Key
		if _, err := ownerOf(ctx, tx, d.Key); err != nil { // it may have gone since it was asked
			return 0, 0, err
		}
	}
	if d.Verdict == Withdraw {
		if err := holds(ctx, tx, d.Reach); err != nil {
			return 0, 0, err
		}
	}
	seq, err = audit.Record(ctx, tx, audit.Change{At: d.At, Actor: d.Actor, Verb: "decide", Object: object, About: map[string]any{
		"verdict": string(d.Verdict), "scheme": d.Scheme, "code": d.Code, "country": d.Country, "reporter": hashed(d.Reporter), "share": int64(d.Share)}})
	if err != nil {
		return 0, 0, err
	}
	err = tx.QueryRow(ctx, `INSERT INTO decision (owner, state, verdict, key, scheme, code, rule, reporter, country, share, reason, actor, at, seq, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		d.Actor, string(resolute.Approved), string(d.Verdict), d.Key, d.Scheme, d.Code, d.Rule, d.Reporter, d.Country, int64(d.Share), d.Reason, d.Actor, d.At, seq, d.Revision).Scan(&id)
	if err != nil {
		return 0, 0, fmt.Errorf("store decision: %w", err)
	}
	return id, seq, nil
}

// holds tells of a reach that there is a decision of it to take back; NotFound when there is none.
func holds(ctx context.Context, tx *db.Tx, r Reach) error {
	var latest Verdict
	err := tx.QueryRow(ctx, `SELECT verdict FROM decision WHERE key = $1 AND scheme = $2 AND code = $3 AND rule = $4 AND reporter = $5 AND country = $6 ORDER BY id DESC LIMIT 1`,
		r.Key, r.Scheme, r.Code, r.Rule, r.Reporter, r.Country).Scan(&latest)
	if errors.Is(err, sql.ErrNoRows) || err == nil && latest == Withdraw {
		return &resolute.Error{Code: resolute.NotFound, Field: "verdict", Message: "no decision about exactly this is in force, so there is nothing to take back: resolute tag decisions lists them"}
	}
	if err != nil {
		return fmt.Errorf("look for the decision that is withdrawn: %w", err)
	}
	return nil
}

// ownerOf gives the organisation that owns the activity readers see under a key.
func ownerOf(ctx context.Context, q db.Queryer, key string) (string, error) {
	var owner string
	err := q.QueryRow(ctx, `SELECT a.owner FROM current c JOIN activity a ON a.version = c.version WHERE c.key = $1`, key).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return "", &resolute.Error{Code: resolute.NotFound, Field: "key", Message: fmt.Sprintf("no activity has the key %q", key)}
	}
	if err != nil {
		return "", fmt.Errorf("look for activity %s: %w", key, err)
	}
	return owner, nil
}

// Decisions lists all decisions, oldest first.
func (r *Register) Decisions(ctx context.Context) ([]Decision, error) { return Decisions(ctx, r.DB) }

// Decisions lists all decisions that q sees, oldest first.
func Decisions(ctx context.Context, q db.Queryer) ([]Decision, error) {
	rows, err := q.Query(ctx, `SELECT id, verdict, key, scheme, code, rule, reporter, country, share, reason, actor, at, seq, revision FROM decision ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Decision
	for rows.Next() {
		var d Decision
		if err := rows.Scan(&d.ID, &d.Verdict, &d.Key, &d.Scheme, &d.Code, &d.Rule, &d.Reporter, &d.Country, &d.Share, &d.Reason, &d.Actor, &d.At, &d.Seq, &d.Revision); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
