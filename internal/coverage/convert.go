package coverage

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unique"

	"resolute"
	"resolute/internal/framework"
)

// Conversion says how figures were turned into one currency. What has no rate for its day stays in
// its own currency, beside the sums of the wanted one.
type Conversion struct {
	Currency string    `json:"currency"`
	Held     bool      `json:"rates_held"`          // any rate of the currency is held at all
	Rates    []RateUse `json:"rates"`               // that were used
	Without  int       `json:"without_rate"`        // transactions and budgets that have no rate
	In       []string  `json:"without_rate_in"`     // currencies of those
	Large    int       `json:"too_large,omitempty"` // amounts that do not fit when converted; they stay as they are
}

// RateUse is one source of rates, and the days of the first and the last of its rates that were used.
type RateUse struct {
	Source string `json:"source"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// knowsCurrency tells whether figures can be asked for in a currency: one that a standard names, one that
// rates are held of, or none.
func (s *snapshot) knowsCurrency(code string) bool {
	return code == "" || framework.IsCurrency(code) || s.rates.Has(code)
}

// Currencies lists the currencies that there are exchange rates for.
func (c *Coverage) Currencies(ctx context.Context) ([]string, error) {
	s, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	return s.rates.Currencies(), nil
}

// converter turns flows into one currency. It is for one goroutine; the nil one leaves them as they are.
type converter struct {
	rates *framework.Rates
	to    currency
	known map[moment]*rated
}

// moment is a currency on a day.
type moment struct {
	currency currency
	day      day
}

// rated is what is known of a moment, and how many of its amounts count.
type rated struct {
	moment
	factor                framework.Factor
	known                 bool
	turned, plain, larger int // by what became of them; larger: too large when converted
}

// counts notes that an amount counts as it was turned. What needs no rate is of no moment, and nil.
func (r *rated) counts(w flow) {
	switch {
	case r == nil:
	case !r.known:
		r.plain++
	case w.currency == r.currency:
		r.larger++
	default:
		r.turned++
	}
}

func (s *snapshot) converter(f Filter) *converter {
	if f.Currency == "" {
		return nil
	}
	return newConverter(s.rates, unique.Make(f.Currency))
}

func newConverter(rates *framework.Rates, to currency) *converter {
	return &converter{rates: rates, to: to, known: map[moment]*rated{}}
}

// again gives a converter of the same kind that has converted nothing.
func (c *converter) again() *converter {
	if c == nil {
		return nil
	}
	return newConverter(c.rates, c.to)
}

// convert gives a flow that counts in the wanted currency.
func (c *converter) convert(w flow) flow {
	turned, by := c.turn(w)
	by.counts(turned)
	return turned
}

// turn gives a flow in the wanted currency, rounded half to even once; its parts are split from that, so
// that they add up. What it was turned by is told of only when it counts.
func (c *converter) turn(w flow) (turned flow, by *rated) {
	if c == nil || w.currency == c.to || w.figure == noFigure {
		return w, nil
	}
	by = c.of(moment{w.currency, w.day})
	if !by.known {
		return w, by
	}
	if cents, fits := by.factor.Convert(w.cents); fits {
		w.cents, w.currency = cents, c.to
	}
	return w, by
}

func (c *converter) of(at moment) *rated {
	r := c.known[at]
	if r == nil {
		r = &rated{moment: at}
		r.factor, r.known = c.rates.Between(at.currency.Value(), c.to.Value(), at.day.String())
		c.known[at] = r
	}
	return r
}

func (c *converter) join(other *converter) {
	if c == nil {
		return
	}
	for at, r := range other.known {
		to := c.known[at]
		if to == nil {
			c.known[at] = r
			continue
		}
		to.turned, to.plain, to.larger = to.turned+r.turned, to.plain+r.plain, to.larger+r.larger
	}
}

// conversion writes out what was done; nil when nothing was asked for.
func (c *converter) conversion() *Conversion {
	if c == nil {
		return nil
	}
	out := &Conversion{Currency: c.to.Value(), Held: c.rates.Has(c.to.Value()), Rates: []RateUse{}, In: []string{}}
	used := map[string]RateUse{}
	for _, r := range c.known {
		out.Large += r.larger
		if out.Without += r.plain; r.plain > 0 {
			out.In = append(out.In, r.currency.Value())
		}
		if r.turned > 0 {
			use(used, r.factor.In)
			use(used, r.factor.Out)
		}
	}
	out.Rates = slices.AppendSeq(out.Rates, maps.Values(used))
	slices.SortFunc(out.Rates, func(a, b RateUse) int { return strings.Compare(a.Source, b.Source) })
	slices.Sort(out.In)
	out.In = slices.Compact(out.In)
	return out
}

// use adds a rate that was used; the base of rates has none.
func use(used map[string]RateUse, r framework.Rate) {
	if r.Source == "" {
		return
	}
	u, met := used[r.Source]
	if !met {
		u = RateUse{r.Source, r.Day, r.Day}
	}
	used[r.Source] = RateUse{r.Source, min(u.From, r.Day), max(u.To, r.Day)}
}

// money gives a row the money of another; all else stays, and is judged by what was reported.
func (r Row) money(of Row) Row {
	r.Commitments, r.Spent, r.Incoming, r.IncomingCommitments, r.Budgets = of.Commitments, of.Spent, of.Incoming, of.IncomingCommitments, of.Budgets
	r.Open.Commitments, r.Open.Spent = of.Open.Commitments, of.Open.Spent
	return r
}

// conversionOf says how all money of a filter and period is converted; nil when no currency is asked for.
func (s *snapshot) conversionOf(f Filter, p resolute.Period) *Conversion {
	if f.Currency == "" {
		return nil
	}
	return s.table(Query{By: ByProvision, Filter: f, Period: p}).Conversion
}
