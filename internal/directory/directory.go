// Package directory keeps organisations: any party that reports, funds, answers for or carries
// out an activity. An organisation is known by its reference, else by its name; nothing is
// matched by name across references without a person.
package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"resolute"
	"resolute/internal/db"
)

// Directory reads the organisations of one database, and keeps what people decided about them. Now
// must be set for verbs.
type Directory struct {
	DB  *db.DB
	Now func() time.Time
}

const columns = `id, key, ref, name, type, owner, state, import`

// Organisation is one party as it was first reported.
type Organisation struct {
	ID     int64          `json:"id"`
	Key    string         `json:"key"` // see Key
	Ref    string         `json:"ref"`
	Name   string         `json:"name"`
	Type   string         `json:"type"` // IATI OrganisationType, empty when unknown
	Owner  string         `json:"-"`
	State  resolute.State `json:"-"`
	Import int64          `json:"import"` // the import that first named it
}

// Party is an organisation as a record prints it.
type Party struct {
	Ref, Name, Type string
	Names           resolute.Text // in the languages that are known
}

// Key is the identity of a party: "ref:" and the reference in upper case, else "name:" and the
// name without case and double blanks. It is empty when the party has neither.
func (p Party) Key() string {
	if ref := Fold(p.Ref); ref != "" {
		return "ref:" + strings.ToUpper(ref)
	}
	if name := Fold(p.Name); name != "" {
		return "name:" + name
	}
	return ""
}

// Fold writes a name or reference in one form: compatibility characters composed (NFKC), no
// case, single blanks.
func Fold(s string) string {
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
}

// Organisation reads one organisation; an unknown id is an Error with code NotFound.
func (d Directory) Organisation(ctx context.Context, id int64) (Organisation, error) {
	o, err := scan(d.DB.QueryRow(ctx, `SELECT `+columns+` FROM organisation WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Organisation{}, &resolute.Error{Code: resolute.NotFound, Field: "organisation", Message: fmt.Sprintf("no organisation has the number %d", id)}
	}
	if err != nil {
		return Organisation{}, fmt.Errorf("read organisation %d: %w", id, err)
	}
	return o, nil
}

// Organisations lists every organisation by id. Some may take part in nothing: they were named
// by an import that was refused or undone. Names that are split off no more are none.
func (d Directory) Organisations(ctx context.Context) ([]Organisation, error) {
	all, err := All(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	u, err := ReadUnions(ctx, d.DB, Newest)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(o Organisation) bool { return u.dormant(o.Key) }), nil
}

// All lists every organisation that q sees by id.
func All(ctx context.Context, q db.Queryer) ([]Organisation, error) {
	var list []Organisation
	err := each(ctx, q, `SELECT `+columns+` FROM organisation ORDER BY id`, nil, func(o Organisation) { list = append(list, o) })
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	return list, nil
}

func scan(row interface{ Scan(...any) error }) (Organisation, error) {
	var o Organisation
	err := row.Scan(&o.ID, &o.Key, &o.Ref, &o.Name, &o.Type, &o.Owner, &o.State, &o.Import)
	return o, err
}
