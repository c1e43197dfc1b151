package register_test

import (
	"context"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

const flows = `<transaction><transaction-type code="3"/><transaction-date iso-date="2022-05-05"/><value value-date="2022-05-05">10</value>` +
	`<provider-org provider-activity-id="A"/><receiver-org receiver-activity-id=" ZZ-TEST-2-B "/></transaction>` +
	`<transaction><transaction-type code="4"/><transaction-date iso-date="2022-05-05"/><value value-date="2022-05-05">20</value>` +
	`<provider-org provider-activity-id=" a "/></transaction>`

func TestATransactionKeepsTheOtherActivitiesThatItNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A", extra: flows}))
		named := func(when string) {
			t.Helper()
			p, err := r.Activity(ctx, key(t, d, "A"))
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Transactions) != 2 || p.Transactions[0].Receiver != "ZZ-TEST-2-B" || p.Transactions[0].Provider != "" || p.Transactions[1].Provider != "" {
				t.Errorf("%s: %+v, want only that the first goes to ZZ-TEST-2-B", when, p.Transactions)
			}
		}
		named("imported")
		err := d.Write(ctx, func(tx *db.Tx) error { // as in a store that is older than the table
			_, err := tx.Exec(ctx, `DELETE FROM counterpart`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := r.Rederive(ctx, operator); err != nil || n != 1 {
			t.Errorf("derived again: %d, %v; want one activity", n, err)
		}
		named("derived again")
	})
}
