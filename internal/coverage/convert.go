package coverage

import (
	"context"
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
	known map[moment]rated
	used  map[string]days // by source
	plain map[currency]int
	large int
}

// moment is a currency on a day.
type moment struct {
	currency currency
	day      day
}

// rated is what is known of a moment.
type rated struct {
	factor framework.Factor
	known  bool
}

func (s *snapshot) converter(f Filter) *converter {
	if f.Currency == "" {
		return nil
	}
	return newConverter(s.rates, unique.Make(f.Currency))
}

func newConverter(rates *framework.Rates, to currency) *converter {
	return &converter{rates: rates, to: to, known: map[moment]rated{}, used: map[string]days{}, plain: map[currency]int{}}
}

// again gives a converter of the same kind that has converted nothing.
func (c *converter) again() *converter {
	if c == nil {
		return nil
	}
	return newConverter(c.rates, c.to)
}

// convert gives a flow in the wanted currency, rounded half to even once; its parts are split from
// that, so that they add up.
func (c *converter) convert(w flow) flow {
	if c == nil || w.currency == c.to || w.figure == noFigure {
		return w
	}
	at := moment{w.currency, w.day}
	found, seen := c.known[at]
	if !seen {
		found.factor, found.known = c.rates.Between(w.currency.Value(), c.to.Value(), w.day.String())
		c.known[at] = found
		if found.known {
			c.note(found.factor.In)
			c.note(found.factor.Out)
		}
	}
	if !found.known {
		c.plain[w.currency]++
		return w
	}
	cents, fits := found.factor.Convert(w.cents)
	if !fits {
		c.large++
		return w
	}
	w.cents, w.currency = cents, c.to
	return w
}

// note keeps that a rate was used.
func (c *converter) note(r framework.Rate) {
	if r.Source == "" {
		return
	}
	on := dayOf(r.Day)
	span, seen := c.used[r.Source]
	if !seen {
		span = days{on, on}
	}
	c.used[r.Source] = days{min(span.from, on), max(span.to, on)}
}

func (c *converter) join(other *converter) {
	if c == nil {
		return
	}
	for source, span := range other.used {
		for _, on := range []day{span.from, span.to} {
			c.note(framework.Rate{Source: source, Day: on.String()})
		}
	}
	for currency, n := range other.plain {
		c.plain[currency] += n
	}
	c.large += other.large
}

// conversion writes out what was done; nil when nothing was asked for.
func (c *converter) conversion() *Conversion {
	if c == nil {
		return nil
	}
	out := &Conversion{Currency: c.to.Value(), Held: c.rates.Has(c.to.Value()), Rates: []RateUse{}, In: []string{}, Large: c.large}
	for source, span := range c.used {
		out.Rates = append(out.Rates, RateUse{source, span.from.String(), span.to.String()})
	}
	slices.SortFunc(out.Rates, func(a, b RateUse) int { return strings.Compare(a.Source, b.Source) })
	for currency, n := range c.plain {
		out.Without += n
		out.In = append(out.In, currency.Value())
	}
	slices.Sort(out.In)
	return out
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
