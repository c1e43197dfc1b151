package register_test

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// kinOf lists who names whom.
func kinOf(t *testing.T, d *db.DB) string {
	t.Helper()
	rows, err := d.Query(context.Background(), `SELECT named, version, relation FROM kin ORDER BY version, relation, named`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var b strings.Builder
	for rows.Next() {
		var named sql.RawBytes
		var version, relation int
		if err := rows.Scan(&named, &version, &relation); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, hex.EncodeToString(named), version, relation)
	}
	return b.String()
}

// A database of a program that did not keep who names whom has it from its documents, of versions before
// too; then a part of a source is told from what stands beside it.
func TestAnOlderDatabaseGetsItsRelativesFromItsDocuments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r, part := open(d), src
		part.Partial = true
		load(t, r, src, iatiFile(member("P", "", 1, "", "C C P"), member("D", "", 2, "P", ""), activity{id: "O"}))
		load(t, r, src, iatiFile(member("P", "new", 1, "", "C"), member("D", "", 2, "", ""), activity{id: "O"}))
		want := kinOf(t, d)
		if n := count(t, d, `SELECT COUNT(*) FROM kin`); n != 3 {
			t.Fatalf("%d rows say who names whom, want 3:\n%s", n, want)
		}
		execute(t, d, `DROP TABLE kin`)
		execute(t, d, `DROP TABLE unrelated`)
		execute(t, d, `DELETE FROM migration WHERE number = 50`)
		if n, err := d.Migrate(ctx); err != nil || n != 1 {
			t.Fatalf("%d steps were run, %v", n, err)
		}
		if n, err := r.Unread(ctx); err != nil || n != 5 {
			t.Errorf("%d documents are to be read, %v, want all 5", n, err)
		}
		if err := r.ReadUnread(ctx); err != nil {
			t.Fatal(err)
		}
		if n, err := r.Unread(ctx); err != nil || n != 0 || kinOf(t, d) != want {
			t.Errorf("%d documents are still to be read, %v; who names whom:\n%s\nwant\n%s", n, err, kinOf(t, d), want)
		}
		load(t, r, part, iatiFile(member("C", "", 2, "", "")))
		if got := notLowest(t, d); got != "P" {
			t.Errorf("%q are not lowest, want P", got)
		}
	})
}
