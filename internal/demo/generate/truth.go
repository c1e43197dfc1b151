package generate

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// TruthFile is the name of the truth beside the files.
const TruthFile = "truth.json"

// Truth says what is in the files and what a register must find there.
type Truth struct {
	Note         string         `json:"note"`
	Profile      Profile        `json:"profile"`
	Seed         uint64         `json:"seed"`
	Activities   int            `json:"activities"` // elements in the files
	Publishers   int            `json:"publishers"`
	Transactions map[string]int `json:"transactions"` // by type
	Sums         []Sum          `json:"sums"`         // of all transactions as written
	Files        []File         `json:"files"`
}

// Sum is the money of one publisher, type and currency, in hundredths.
type Sum struct {
	Publisher string `json:"publisher"`
	Type      string `json:"type"`
	Currency  string `json:"currency"`
	Cents     int64  `json:"cents"`
}

// account is the truth about the files of one publisher.
type account struct {
	activities   int
	transactions map[string]int
	sums         map[Sum]int64 // by a sum without cents
	files        []File
}

func newAccount() *account {
	return &account{transactions: map[string]int{}, sums: map[Sum]int64{}}
}

// take adds what was written.
func (a *account) take(f *facts) {
	a.activities++
	for i := range f.flows {
		x := &f.flows[i]
		a.transactions[x.kind]++
		a.sums[Sum{Publisher: f.pub.ref, Type: x.kind, Currency: x.currency}] += x.cents
	}
}

// gather adds up the accounts, in the order of publishers.
func gather(o Options, accounts []*account) Truth {
	t := Truth{Note: "Fictional records, generated for tests; nothing in them is real.", Profile: o.Profile, Seed: o.Seed,
		Publishers: len(accounts), Transactions: map[string]int{}, Sums: []Sum{}, Files: []File{}}
	for _, a := range accounts {
		t.Activities += a.activities
		for kind, n := range a.transactions {
			t.Transactions[kind] += n
		}
		for s, cents := range a.sums {
			s.Cents = cents
			t.Sums = append(t.Sums, s)
		}
		t.Files = append(t.Files, a.files...)
	}
	slices.SortFunc(t.Sums, func(a, b Sum) int {
		return cmp.Or(cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Currency, b.Currency))
	})
	return t
}

// write puts the truth beside the files.
func (t Truth) write(dir string) error {
	text, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, TruthFile), append(text, '\n'), 0o644)
}
