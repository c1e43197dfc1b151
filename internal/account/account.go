package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// Accounts is the door of the room. Both fields must be set.
type Accounts struct {
	DB  *db.DB
	Now func() time.Time
}

// How long a link waits for its one use, how long a session may rest, and how long it may last.
const (
	LinkTime    = time.Hour
	IdleTime    = 8 * time.Hour
	SessionTime = 7 * 24 * time.Hour
)

// seenEvery is how often the last use of a session is written down.
const seenEvery = 5 * time.Minute

// longestName is how long the name of a person may be, in code points.
const longestName = 100

// Invite makes a secret that signs the named person in once, within LinkTime. A person who is not
// known yet is entered, with one grant of the operator's role over the whole. Forbidden without
// the right; Invalid for an empty, long or unprintable name.
func (a *Accounts) Invite(ctx context.Context, by resolute.Actor, name string) (secret string, err error) {
	now := a.Now()
	if err := by.Can(resolute.Admit, resolute.Object{Kind: "person"}, now.Format(time.DateOnly)); err != nil {
		return "", err
	}
	if name, err = checkName(name); err != nil {
		return "", err
	}
	secret = newSecret()
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := admit(ctx, tx, by, name, now)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO sign_in (hash, person, made, expires, used) VALUES ($1, $2, $3, $4, 0)`,
			hashOf(secret), person, now.UnixMilli(), now.Add(LinkTime).UnixMilli())
		if err != nil {
			return fmt.Errorf("keep sign-in link: %w", err)
		}
		return record(ctx, tx, now, by.ID, "invite", person)
	})
	return secret, err
}

func checkName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	n := utf8.RuneCountInString(name)
	if n == 0 || n > longestName || !utf8.ValidString(name) || strings.ContainsFunc(name, unprintable) {
		return "", &resolute.Error{Code: resolute.Invalid, Field: "name", Message: fmt.Sprintf("want the name of a person, 1 to %d characters", longestName)}
	}
	return name, nil
}

// admit gives the number of a person, entered with the operator's grant when new.
func admit(ctx context.Context, tx *db.Tx, by resolute.Actor, name string, now time.Time) (person int64, err error) {
	err = tx.QueryRow(ctx, `SELECT id FROM person WHERE name = $1`, name).Scan(&person)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return person, err
	}
	if err := tx.QueryRow(ctx, `INSERT INTO person (name, since) VALUES ($1, $2) RETURNING id`, name, now.UnixMilli()).Scan(&person); err != nil {
		return 0, fmt.Errorf("enter person: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO person_grant (person, role, scope, from_day, until_day, granted_by, reason) VALUES ($1, $2, '*', $3, '', $4, $5)`,
		person, string(resolute.OperatorRole), now.Format(time.DateOnly), by.ID, "named when the server was started")
	return person, err
}

// Session is one person signed in. Secret goes into the cookie and nowhere else; it is set only
// by SignIn.
type Session struct {
	Actor  resolute.Actor
	Secret string
	Form   string // goes into every form of the session and is asked for with every act
}

// SignIn takes the secret of a link, once, and begins a session. NotFound for a secret that is
// unknown, used or too old: which of these is told to nobody.
func (a *Accounts) SignIn(ctx context.Context, link string) (Session, error) {
	now, secret := a.Now(), newSecret()
	var person int64
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		err := tx.QueryRow(ctx, `UPDATE sign_in SET used = $1 WHERE hash = $2 AND used = 0 AND expires >= $1 RETURNING person`, now.UnixMilli(), hashOf(link)).Scan(&person)
		if errors.Is(err, sql.ErrNoRows) {
			return &resolute.Error{Code: resolute.NotFound, Field: "link"}
		}
		if err != nil {
			return fmt.Errorf("use sign-in link: %w", err)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO session (hash, person, made, seen, ended) VALUES ($1, $2, $3, $3, 0)`, hashOf(secret), person, now.UnixMilli()); err != nil {
			return fmt.Errorf("begin session: %w", err)
		}
		return record(ctx, tx, now, personID(person), "sign-in", person)
	})
	if err != nil {
		return Session{}, err
	}
	s, err := a.Session(ctx, secret)
	s.Secret = secret
	return s, err
}

// Opens tells whether a link would sign somebody in now. It uses nothing up.
func (a *Accounts) Opens(ctx context.Context, link string) (bool, error) {
	var n int
	err := a.DB.QueryRow(ctx, `SELECT COUNT(*) FROM sign_in WHERE hash = $1 AND used = 0 AND expires >= $2`, hashOf(link), a.Now().UnixMilli()).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look at sign-in link: %w", err)
	}
	return n > 0, nil
}

// Session gives the person of a cookie's secret with the grants that hold today, and notes that
// the session is used. NotFound when there is none, or when it rested or lasted too long.
func (a *Accounts) Session(ctx context.Context, secret string) (Session, error) {
	now := a.Now()
	var person, seen int64
	var name string
	err := a.DB.QueryRow(ctx, `SELECT p.id, p.name, s.seen FROM session s JOIN person p ON p.id = s.person
		WHERE s.hash = $1 AND s.ended = 0 AND s.seen >= $2 AND s.made >= $3`,
		hashOf(secret), now.Add(-IdleTime).UnixMilli(), now.Add(-SessionTime).UnixMilli()).Scan(&person, &name, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, &resolute.Error{Code: resolute.NotFound, Field: "session"}
	}
	if err != nil {
		return Session{}, fmt.Errorf("read session: %w", err)
	}
	grants, err := a.grants(ctx, person)
	if err != nil {
		return Session{}, err
	}
	if now.UnixMilli()-seen >= seenEvery.Milliseconds() {
		if err := a.touch(ctx, secret, now); err != nil {
			return Session{}, err
		}
	}
	return Session{Actor: resolute.Actor{ID: personID(person), Name: name, Grants: grants}, Form: formOf(secret)}, nil
}

// touch notes the last use of a session. It leaves no change in the log: nothing of the content
// is touched, and each request would.
func (a *Accounts) touch(ctx context.Context, secret string, now time.Time) error {
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE session SET seen = $1 WHERE hash = $2 AND seen < $1`, now.UnixMilli(), hashOf(secret))
		return err
	})
}

func (a *Accounts) grants(ctx context.Context, person int64) ([]resolute.Grant, error) {
	rows, err := a.DB.Query(ctx, `SELECT role, scope, from_day, until_day FROM person_grant WHERE person = $1 ORDER BY from_day, role, scope`, person)
	if err != nil {
		return nil, fmt.Errorf("read grants: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []resolute.Grant
	for rows.Next() {
		var g resolute.Grant
		if err := rows.Scan(&g.Role, &g.Scope, &g.From, &g.Until); err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, rows.Err()
}

// SignOut ends the session of a secret; an unknown one is none the worse.
func (a *Accounts) SignOut(ctx context.Context, secret string) error {
	now := a.Now()
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		var person int64
		err := tx.QueryRow(ctx, `UPDATE session SET ended = $1 WHERE hash = $2 AND ended = 0 RETURNING person`, now.UnixMilli(), hashOf(secret)).Scan(&person)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		return record(ctx, tx, now, personID(person), "sign-out", person)
	})
}

// Names gives the names of people by the ids under which the log and decisions hold them.
func (a *Accounts) Names(ctx context.Context) (map[string]string, error) {
	rows, err := a.DB.Query(ctx, `SELECT id, name FROM person ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	defer func() { _ = rows.Close() }()
	names := map[string]string{}
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		names[personID(id)] = name
	}
	return names, rows.Err()
}

func record(ctx context.Context, tx *db.Tx, now time.Time, actor, verb string, person int64) error {
	_, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: actor, Verb: verb, Object: personID(person)})
	return err
}

// personID is how a person is called where no name may stand.
func personID(person int64) string { return fmt.Sprintf("person/%d", person) }

// newSecret is 256 random bits, in letters that an address may hold.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// formOf derives what the forms of a session carry: it proves that a form was made for this
// session and tells nothing about its secret.
func formOf(secret string) string {
	sum := sha256.Sum256([]byte("form|" + secret))
	return base64.RawURLEncoding.EncodeToString(sum[:24])
}

func unprintable(r rune) bool { return r == utf8.RuneError || r < ' ' || r == 0x7f }
