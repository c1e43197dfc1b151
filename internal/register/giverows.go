package register

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/sheet"
)

// GivenRow is one activity as the tables of own work say it: the cells of its row, and the lines of the
// other tables by their names.
type GivenRow struct {
	Key   string
	Cells map[string]string
	Lines map[string][]map[string]string
}

// GivenRowsState is the state of the register that rows are given of.
type GivenRowsState struct {
	Seq   int64
	Text  []string // the columns title_LANG and description_LANG that any title fills, as languages
	Keyed bool     // some identifier stands several times: the tables have ColumnKey
}

// Columns gives the columns of a table of what is given.
func (s GivenRowsState) Columns(t Table) []string {
	columns := t.ColumnsWith(s.Text)
	if s.Keyed {
		columns = slices.Insert(slices.Clone(columns), 1, ColumnKey)
	}
	return columns
}

// GiveRows hands activities to take as rows, as Give does: those of g, in its order, all of one state,
// which begin is told first. Of identifiers that stand several times they say the key. Imported again
// they change nothing.
func (r *Register) GiveRows(ctx context.Context, g Giving, begin func(GivenRowsState) error, take func(GivenRow) error) error {
	return r.DB.View(ctx, func(q db.Queryer) error {
		head, err := audit.Newest(ctx, q)
		if err != nil {
			return err
		}
		langs, err := titleLanguages(ctx, q)
		if err != nil {
			return err
		}
		keyed, err := anySeveral(ctx, q)
		if err != nil {
			return err
		}
		if err := begin(GivenRowsState{head.Seq, langs, keyed}); err != nil {
			return err
		}
		chunks := (&giver{q: q, giving: g}).listed
		if g.Listed == nil {
			versions, err := versionsInOrder(ctx, q, g)
			if err != nil {
				return err
			}
			chunks = chunked(versions)
		}
		for versions, err := range chunks(ctx) {
			if err == nil {
				err = giveRows(ctx, q, versions, keyed, take)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// titleLanguages lists the languages in which anything is called, the commonest first of those that
// a sheet has room for.
func titleLanguages(ctx context.Context, q db.Queryer) (langs []string, err error) {
	err = each(ctx, q, `SELECT t.lang, COUNT(*) FROM title t JOIN current c ON c.version = t.version WHERE c.absent = 0
		GROUP BY t.lang ORDER BY COUNT(*) DESC, t.lang LIMIT 12`, func(rows *sql.Rows) error {
		var lang string
		var n int64
		err := rows.Scan(&lang, &n)
		langs = append(langs, lang)
		return err
	})
	slices.Sort(langs)
	return langs, err
}

// standingSeveral begins the question for identifiers that stand several times.
const standingSeveral = `SELECT a.iati_id FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version WHERE c.absent = 0`

// anySeveral tells whether any identifier stands several times.
func anySeveral(ctx context.Context, q db.Queryer) (several bool, err error) {
	err = each(ctx, q, standingSeveral+` GROUP BY a.iati_id HAVING COUNT(*) > 1 LIMIT 1`, func(*sql.Rows) error {
		several = true
		return nil
	})
	return several, err
}

// severalOf gives those identifiers of versions that stand several times.
func severalOf(ctx context.Context, q db.Queryer, versions []int64) (map[string]bool, error) {
	several := map[string]bool{}
	err := each(ctx, q, standingSeveral+` AND a.iati_id IN (SELECT iati_id FROM activity WHERE version IN (`+numbers(versions)+`))
		GROUP BY a.iati_id HAVING COUNT(*) > 1`, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		several[id] = true
		return err
	})
	return several, err
}

// named is how an activity is called.
type named struct{ key, identifier string }

func giveRows(ctx context.Context, q db.Queryer, versions []int64, keyed bool, take func(GivenRow) error) error {
	if len(versions) == 0 {
		return nil
	}
	names := map[int64]named{}
	err := each(ctx, q, `SELECT version, key, iati_id FROM activity WHERE version IN (`+numbers(versions)+`)`, func(rows *sql.Rows) error {
		var version int64
		var n named
		err := rows.Scan(&version, &n.key, &n.identifier)
		names[version] = n
		return err
	})
	if err != nil {
		return err
	}
	var several map[string]bool
	if keyed {
		if several, err = severalOf(ctx, q, versions); err != nil {
			return err
		}
	}
	documents, err := documentsOf(ctx, q, versions)
	if err != nil {
		return err
	}
	for _, version := range versions {
		d, ok := documents[version]
		if !ok {
			return errors.New("a version has no document: resolute check")
		}
		n := names[version]
		if err := take(given(n.key, several[n.identifier], d.asRow())); err != nil {
			return err
		}
	}
	return nil
}

// given writes a row for tables, with its key when that is to be said. Texts that a cell cannot hold, and
// give back, are left out.
func given(key string, said bool, r row) GivenRow {
	g := GivenRow{Key: key, Cells: map[string]string{}, Lines: map[string][]map[string]string{}}
	for column, text := range r.Cells {
		g.Cells[column] = cellText(text)
	}
	column := ""
	if said {
		column = key
	}
	g.Cells[ColumnKey] = column // a column of that name that a file once had means nothing
	for table, lines := range r.Lines {
		for _, l := range lines {
			cells := map[string]string{"activity": r.Cells["id"], ColumnKey: column}
			for column, text := range l.Cells {
				cells[column] = cellText(text)
			}
			g.Lines[table] = append(g.Lines[table], cells)
		}
	}
	return g
}

// ColumnsWith gives the columns of a table; that of activities has titles and descriptions in the
// languages.
func (t Table) ColumnsWith(langs []string) []string {
	if t.Name != TableActivities {
		return t.Columns
	}
	var columns []string
	for _, column := range t.Columns {
		switch {
		case column == "title_en":
			columns = append(columns, textColumns("title", langs)...)
		case column == "description_en":
			columns = append(columns, textColumns("description", langs)...)
		case !strings.HasPrefix(column, "title_"):
			columns = append(columns, column)
		}
	}
	return columns
}

func textColumns(column string, langs []string) (columns []string) {
	for _, lang := range langs {
		if lang == "" {
			columns = append(columns, column)
		} else {
			columns = append(columns, sheet.Key(column+"_"+lang))
		}
	}
	return columns
}
