package coverage

import (
	"encoding/csv"
	"io"
	"strconv"

	"resolute"
)

// AccountJSON is an account as others read it.
type AccountJSON struct {
	Period      resolute.Period `json:"period"`
	DataVersion int64           `json:"data_version"`
	Rule        Rule            `json:"rule"`
	Total       RowJSON         `json:"total"`
	Conversion  *Conversion     `json:"conversion,omitempty"`
	LeftOut     []LeftOutJSON   `json:"left_out"`
	Unknown     int             `json:"transactions_that_name_unknown_activities"`
}

// LeftOutJSON is what is left out for one reason.
type LeftOutJSON struct {
	Reason              string           `json:"reason"`
	Activities          int              `json:"activities"`
	Transactions        int              `json:"transactions"`
	Commitments         Money            `json:"commitments"`
	Spent               Money            `json:"spent"`
	Incoming            Money            `json:"incoming"`
	IncomingCommitments Money            `json:"incoming_commitments"`
	Records             []LeftRecordJSON `json:"records"`
}

// LeftRecordJSON is one activity, or one transaction of it.
type LeftRecordJSON struct {
	Key         string `json:"key"`
	Identifier  string `json:"iati_identifier"`
	Title       string `json:"title"`
	Transaction int    `json:"transaction,omitempty"`
	Figure      string `json:"figure,omitempty"`
	Day         string `json:"day,omitempty"`
	Amount      Money  `json:"amount,omitempty"`
	Other       string `json:"other_iati_identifier,omitempty"`
	OtherKey    string `json:"other_key,omitempty"`
}

// JSON gives the account with titles in a language, or their declared fallback.
func (a Account) JSON(lang resolute.Lang) AccountJSON {
	out := AccountJSON{Period: a.Period, DataVersion: a.Version, Rule: a.Rule, Total: a.Total.JSON(lang), Conversion: a.Conversion,
		LeftOut: make([]LeftOutJSON, len(a.Left)), Unknown: a.Unknown}
	for i, l := range a.Left {
		x := LeftOutJSON{l.Reason, l.Activities, l.Transactions, l.Money.Commitments, l.Money.Spent, l.Money.Incoming, l.Money.IncomingCommitments, make([]LeftRecordJSON, len(l.Records))}
		for k, r := range l.Records {
			title, _ := r.Title.In(lang)
			x.Records[k] = LeftRecordJSON{r.Key, r.Identifier, title, r.Transaction, r.Figure, r.Day, r.Amount, r.Other, r.OtherKey}
		}
		out.LeftOut[i] = x
	}
	return out
}

// WriteCSV writes one line for each record that is left out.
func (a Account) WriteCSV(w io.Writer, lang resolute.Lang) error {
	rows := [][]string{{"reason", "key", "iati_identifier", "title", "transaction", "figure", "day", "currency", "amount", "other_iati_identifier", "other_key", "rule"}}
	for _, l := range a.Left {
		for _, r := range l.Records {
			title, _ := r.Title.In(lang)
			currency, amount, number := "", "", ""
			if r.Transaction > 0 {
				number = strconv.Itoa(r.Transaction)
			}
			for c, cents := range r.Amount {
				currency, amount = c, cents.String()
			}
			rows = append(rows, []string{l.Reason, r.Key, guard(r.Identifier), guard(title), number, r.Figure, r.Day, currency, amount, guard(r.Other), r.OtherKey, a.Rule.ID})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
