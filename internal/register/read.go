package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/directory"
)

const activityColumns = `a.version, a.key, a.import, a.owner, a.state, a.reporter, a.reporter_name, a.secondary, a.iati_id, a.source, a.occurrence, a.line,
	a.kind, a.sector, a.level, a.status, a.hierarchy, a.lowest, a.lang, a.updated, a.planned_start, a.actual_start, a.planned_end, a.actual_end, a.title, a.title_lang`

func scanActivity(row interface{ Scan(...any) error }, a *Activity, more ...any) error {
	var secondary, lowest int64
	into := append([]any{&a.Version, &a.Key, &a.Import, &a.Owner, &a.State, &a.Reporter, &a.ReporterName, &secondary, &a.Identifier, &a.Source, &a.Occurrence, &a.Line,
		&a.Kind, &a.Sector, &a.Level, &a.Status, &a.Hierarchy, &lowest, &a.Lang, &a.Updated, &a.PlannedStart, &a.ActualStart, &a.PlannedEnd, &a.ActualEnd,
		&a.TitleShown, &a.TitleLang}, more...)
	if err := row.Scan(into...); err != nil {
		return err
	}
	a.Secondary, a.Lowest = secondary == 1, lowest == 1
	return nil
}

// readProjections fills what hangs on the version of a.
func readProjections(ctx context.Context, q db.Queryer, matrix Matrix, a *Activity) error {
	return errors.Join(readTitle(ctx, q, a), readTags(ctx, q, matrix, a), readLinks(ctx, q, a), readMoney(ctx, q, a), readPeople(ctx, q, a), readPlaces(ctx, q, a), readLocations(ctx, q, a))
}

// each runs a query and calls scan for each row.
func each(ctx context.Context, q db.Queryer, query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("read activities: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read activities: %w", err)
		}
	}
	return rows.Err()
}

func readTitle(ctx context.Context, q db.Queryer, a *Activity) error {
	a.Title = resolute.Text{}
	return each(ctx, q, `SELECT lang, text FROM title WHERE version = $1 ORDER BY lang`, func(rows *sql.Rows) error {
		var lang, text string
		err := rows.Scan(&lang, &text)
		a.Title[resolute.Lang(lang)] = text
		return err
	}, a.Version)
}

func readTags(ctx context.Context, q db.Queryer, matrix Matrix, a *Activity) error {
	err := each(ctx, q, `SELECT txn, scheme, code, share, basis, rule, reason, line FROM tag WHERE version = $1 ORDER BY n`, func(rows *sql.Rows) error {
		var t Tag
		err := rows.Scan(&t.Txn, &t.Scheme, &t.Code, &t.Share, &t.Basis, &t.Rule, &t.Reason, &t.Line)
		a.Tags = append(a.Tags, t)
		return err
	}, a.Version)
	a.Tags = append(a.Tags, matrix.Derive(a.Tags)...)
	return err
}

func readLinks(ctx context.Context, q db.Queryer, a *Activity) error {
	return each(ctx, q, `SELECT thread, share, basis, rule, reason, line, revision FROM mandate_link WHERE version = $1 ORDER BY n`, func(rows *sql.Rows) error {
		var l Link
		err := rows.Scan(&l.Thread, &l.Share, &l.Basis, &l.Rule, &l.Reason, &l.Line, &l.Revision)
		a.Links = append(a.Links, l)
		return err
	}, a.Version)
}

func readMoney(ctx context.Context, q db.Queryer, a *Activity) error {
	err := each(ctx, q, `SELECT t.n, t.type, t.day, t.currency, t.cents, t.original, t.usable, t.line, COALESCE(c.provider, ''), COALESCE(c.receiver, '')
		FROM txn t LEFT JOIN counterpart c ON c.version = t.version AND c.n = t.n WHERE t.version = $1 ORDER BY t.n`, func(rows *sql.Rows) error {
		var t Transaction
		var usable int64
		err := rows.Scan(&t.N, &t.Type, &t.Day, &t.Currency, &t.Cents, &t.Original, &usable, &t.Line, &t.Provider, &t.Receiver)
		t.Usable = usable == 1
		a.Transactions = append(a.Transactions, t)
		return err
	}, a.Version)
	if err != nil {
		return err
	}
	return each(ctx, q, `SELECT type, status, starts, ends, currency, cents, original, usable FROM budget WHERE version = $1 ORDER BY n`, func(rows *sql.Rows) error {
		var b Budget
		var usable int64
		err := rows.Scan(&b.Type, &b.Status, &b.Starts, &b.Ends, &b.Currency, &b.Cents, &b.Original, &usable)
		b.Usable = usable == 1
		a.Budgets = append(a.Budgets, b)
		return err
	}, a.Version)
}

func readPeople(ctx context.Context, q db.Queryer, a *Activity) error {
	parts, err := directory.ReadParts(ctx, q, directory.Newest)
	if err != nil {
		return err
	}
	return each(ctx, q, `SELECT p.organisation, p.role, p.type, o.ref, p.name FROM participant p JOIN organisation o ON o.id = p.organisation
		WHERE p.version = $1 ORDER BY p.n`, func(rows *sql.Rows) error {
		var p Participant
		err := rows.Scan(&p.Organisation, &p.Role, &p.Type, &p.Ref, &p.Name)
		p.Organisation = parts.Of(p.Organisation, p.Name)
		a.Participants = append(a.Participants, p)
		return err
	}, a.Version)
}

func readPlaces(ctx context.Context, q db.Queryer, a *Activity) error {
	err := each(ctx, q, `SELECT txn, kind, code, vocabulary, share FROM place WHERE version = $1 ORDER BY n`, func(rows *sql.Rows) error {
		var p Place
		err := rows.Scan(&p.Txn, &p.Kind, &p.Code, &p.Vocabulary, &p.Share)
		a.Places = append(a.Places, p)
		return err
	}, a.Version)
	if err != nil {
		return err
	}
	return each(ctx, q, `SELECT kind, day FROM evidence WHERE version = $1 ORDER BY n`, func(rows *sql.Rows) error {
		var e Evidence
		err := rows.Scan(&e.Kind, &e.Day)
		a.Evidence = append(a.Evidence, e)
		return err
	}, a.Version)
}

// countries lists the countries of an activity on every level, as filters of decisions ask.
func (a *Activity) countries() []string {
	var list []string
	for _, p := range a.Places {
		if p.Kind == Country {
			list = append(list, p.Code)
		}
	}
	return list
}
