package framework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
	"time"

	"resolute/internal/db"
)

// Rate says how many units of a currency one unit of the base buys on a day, and until which day
// it may be used where no later one is known.
type Rate struct {
	Base     string `json:"base"`
	Currency string `json:"currency"`
	Day      string `json:"day"`
	Last     string `json:"last"`
	Units    string `json:"rate"` // decimal, as it was written
	Source   string `json:"source"`

	digits uint64 // of the rate, without its point
	places int    // how many of them stand behind the point
}

// Rates are all exchange rates that readers see. They are immutable and safe for concurrent readers;
// the zero value has none.
type Rates struct {
	version string
	bases   []string
	quotes  map[[2]string][]Rate // by base and currency, in the order of days
}

// Version tells the states of the rates apart; empty before the first import of rates.
func (r *Rates) Version() string {
	if r == nil {
		return ""
	}
	return r.version
}

// Currencies lists the currencies that have a rate or are the base of one, in order.
func (r *Rates) Currencies() []string {
	if r == nil {
		return nil
	}
	seen := map[string]bool{}
	for pair := range r.quotes {
		seen[pair[0]], seen[pair[1]] = true, true
	}
	list := make([]string, 0, len(seen))
	for currency := range seen {
		list = append(list, currency)
	}
	sort.Strings(list)
	return list
}

// on gives the rate of a currency for a day: that of the day, else of the nearest earlier one that
// may still be used.
func (r *Rates) on(base, currency, day string) (Rate, bool) {
	list := r.quotes[[2]string{base, currency}]
	at := sort.Search(len(list), func(i int) bool { return list[i].Day > day }) - 1
	if at < 0 || list[at].Last < day {
		return Rate{}, false
	}
	return list[at], true
}

// Between finds by which rates money of one currency becomes that of another on a day: one, or two
// of the same base. Those of the nearest day are taken, of two the earlier one's; of equally near ones those
// of the first base in the order: the wanted currency, the given one, the others by code. It reports false
// when there is no rate; money of the wanted currency needs none.
func (r *Rates) Between(from, to, day string) (Factor, bool) {
	if from == to {
		return Factor{num: 1, den: 1}, true
	}
	if r == nil || day == "" {
		return Factor{}, false
	}
	nearest, in, out := "", one, one
	for _, base := range slices.Concat([]string{to, from}, r.bases) {
		a, known := r.of(base, from, day)
		b, also := r.of(base, to, day)
		if at := min(cmp.Or(a.Day, b.Day), cmp.Or(b.Day, a.Day)); known && also && at > nearest {
			nearest, in, out = at, a, b
		}
	}
	if nearest == "" {
		return Factor{}, false
	}
	return newFactor(in, out), true
}

// of is on, also for the base itself.
func (r *Rates) of(base, currency, day string) (Rate, bool) {
	if base == currency {
		return one, true
	}
	return r.on(base, currency, day)
}

// one is the rate of a base to itself.
var one = Rate{digits: 1}

// Rates reads the exchange rates that readers see.
func (f *Framework) Rates(ctx context.Context) (*Rates, error) {
	r := &Rates{}
	err := f.DB.View(ctx, func(q db.Queryer) (err error) {
		if r, err = readRates(ctx, q); err != nil {
			return err
		}
		r.version, err = ratesVersion(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read exchange rates: %w", err)
	}
	return r, nil
}

// RatesVersion gives the version of the rates that readers see, without reading them.
func (f *Framework) RatesVersion(ctx context.Context) (string, error) { return ratesVersion(ctx, f.DB) }

// ratesVersion is the newest change that brought rates or took them back.
func ratesVersion(ctx context.Context, q db.Queryer) (string, error) {
	var count, newest int64
	err := q.QueryRow(ctx, `SELECT COUNT(*), COALESCE(MAX(CASE WHEN undo_seq > seq THEN undo_seq ELSE seq END), 0) FROM import
		WHERE kind = 'rates' AND state IN ('done', 'undone')`).Scan(&count, &newest)
	if err != nil {
		return "", fmt.Errorf("look for exchange rates: %w", err)
	}
	if count == 0 {
		return "", nil
	}
	return fmt.Sprint(newest), nil
}

func readRates(ctx context.Context, q db.Queryer) (*Rates, error) {
	r := &Rates{quotes: map[[2]string][]Rate{}}
	rows, err := q.Query(ctx, `SELECT r.base, r.currency, r.day, r.rate, r.valid_days, r.source FROM rate r JOIN import i ON i.id = r.import
		WHERE i.state = 'done' ORDER BY r.base, r.currency, r.day, r.import, r.n`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var x Rate
		var valid int
		if err := rows.Scan(&x.Base, &x.Currency, &x.Day, &x.Units, &valid, &x.Source); err != nil {
			return nil, err
		}
		x.Last = daysAfter(x.Day, valid)
		x.digits, x.places, _ = digitsOf(x.Units) // it was checked when it came in
		r.add(x)
	}
	slices.Sort(r.bases)
	r.bases = slices.Compact(r.bases)
	return r, rows.Err()
}

// add takes a rate behind those before it; one of the same day takes the place of the earlier.
func (r *Rates) add(x Rate) {
	pair := [2]string{x.Base, x.Currency}
	list := r.quotes[pair]
	if n := len(list); n > 0 && list[n-1].Day == x.Day {
		list[n-1] = x
		return
	}
	r.bases = append(r.bases, x.Base)
	r.quotes[pair] = append(list, x)
}

// daysAfter counts days on from a day that is valid.
func daysAfter(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}
