package mandate_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

const small = `RESOLUTION 30 (Rev. Fiction, 2001)
A title in words of our own
The Conference of the example,
recalling
a) a first thing;
b) a second thing,
resolves to invite the Sector
1 to go on;
2 to begin:
i) here;
ii) and there,
requests the Secretary-General
to bring this to the next conference.
`

func open(d *db.DB) *mandate.Mandate {
	return &mandate.Mandate{DB: d, Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}
}

func TestATextIsStoredAsProvisionsWithLastingNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := open(d)
		account, err := m.Import(ctx, resolute.Operator(), "r.txt", []byte(small))
		if err != nil || account.Read != 7 || account.New != 7 || account.State != ledger.Done {
			t.Fatalf("account %+v, %v", account, err)
		}
		list, err := m.Wordings(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var threads []string
		for _, w := range list {
			threads = append(threads, strings.TrimPrefix(w.Thread, mandate.Resolution30+"#"))
		}
		if got := strings.Join(threads, " "); got != "recalling_a recalling_b resolves_1 resolves_2 resolves_2_i resolves_2_ii requests_p1" {
			t.Errorf("threads %s", got)
		}
		if list[0].Label != "Rev. Fiction, 2001" || list[6].Text != "to bring this to the next conference." {
			t.Errorf("label %q, last text %q", list[0].Label, list[6].Text)
		}
		again, err := m.Import(ctx, resolute.Operator(), "r.txt", []byte(small))
		if err != nil || again.Unchanged != 7 || again.New != 0 {
			t.Errorf("the same text again: %+v, %v", again.Counts, err)
		}
	})
}

func TestWhatIsNoResolution30IsRefusedWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := open(d)
		for name, text := range map[string]string{"empty": "", "another resolution": strings.Replace(small, "30", "31", 1), "no UTF-8": "RESOLUTION 30\xff", "no provision": "RESOLUTION 30\n"} {
			account, err := m.Import(ctx, resolute.Operator(), "r.txt", []byte(text))
			if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || account.Total.Error != 1 || account.Read != 0 {
				t.Errorf("%s: %+v, %v", name, account, err)
			}
		}
		if list, err := m.Wordings(ctx); err != nil || len(list) != 0 {
			t.Errorf("refused texts left %d provisions, %v", len(list), err)
		}
		if _, err := m.Import(ctx, resolute.Actor{}, "r.txt", []byte(small)); resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("without the right: %v", err)
		}
	})
}
