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
	Refused      int            `json:"refused"`    // of them, for want of an identifier
	Repeated     int            `json:"repeated"`   // second copies of an identifier by the same publisher
	Elsewhere    int            `json:"elsewhere"`  // reports of an identifier by a second publisher
	Secondary    int            `json:"secondary"`  // by secondary reporters
	Level2       int            `json:"level_2"`    // children in a hierarchy
	Mirrored     int            `json:"mirrored"`   // transactions that both sides may tell of
	Named        int            `json:"named"`      // transactions that name an activity of these files at the other side
	Dangling     int            `json:"dangling"`   // that name one which nobody reports
	Unusable     int            `json:"unusable"`   // transactions without a number or a date
	Publishers   int            `json:"publishers"`
	Transactions map[string]int `json:"transactions"` // by type
	Places       Places         `json:"places"`       // of all activities as written, refused ones too
	Sums         []Sum          `json:"sums"`         // of all transactions as written
	Files        []File         `json:"files"`
	FilesRefused []string       `json:"files_refused"` // not sound as XML
	Rules        []Figures      `json:"rules"`
	Faults       []Fault        `json:"faults"`
}

// Figures is what a rule makes of the files, over all days.
type Figures struct {
	Rule       Rule     `json:"rule"`
	Activities int      `json:"activities"`
	Places     Places   `json:"places"` // of these activities
	Rows       []Figure `json:"rows"`
}

// Figure is one amount of a view (country, action-line, target; empty: the total) in hundredths; a row
// of an amount that is zero is left out.
type Figure struct {
	View     string `json:"view"`
	Row      string `json:"row"`
	Figure   string `json:"figure"`
	Currency string `json:"currency"`
	Cents    int64  `json:"cents"`
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
	Truth               // its counts and faults
	sums  map[Sum]int64 // by a sum without cents
	files []File
}

func newAccount() *account {
	return &account{Truth: Truth{Transactions: map[string]int{}, Places: newPlaces()}, sums: map[Sum]int64{}}
}

// take adds what was written into a file.
func (a *account) take(f *facts, v version, file File) {
	a.Activities++
	a.Refused += one(f.has("identifier-missing"))
	a.Repeated += one(v == again)
	a.Elsewhere += one(v == elsewhere)
	a.Secondary += one(f.secondary)
	a.Level2 += one(f.level == 2)
	a.Mirrored += f.mirrored
	a.Places.take(f)
	for i := range f.flows {
		x := &f.flows[i]
		a.Transactions[x.kind]++
		a.Named += one(x.names != none)
		a.Dangling += one(x.names == none && x.other != "")
		a.Unusable += one(x.broken != "")
		if x.broken != "empty-value" {
			a.sums[Sum{Publisher: f.pub.ref, Type: x.kind, Currency: x.currency}] += x.cents
		}
	}
	for _, w := range f.wrong {
		w.File, w.Place = file.Name, file.Activities
		a.Faults = append(a.Faults, w)
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// gather adds up the accounts, in the order of publishers.
func gather(o Options, accounts []*account) Truth {
	t := Truth{Note: "Fictional records, generated for tests; nothing in them is real.", Profile: o.Profile, Seed: o.Seed,
		Publishers: len(accounts), Transactions: map[string]int{}, Places: newPlaces(), Sums: []Sum{}, Files: []File{}, FilesRefused: []string{}, Faults: []Fault{}}
	for _, a := range accounts {
		for _, sum := range [...]struct{ to, of *int }{{&t.Activities, &a.Activities}, {&t.Refused, &a.Refused}, {&t.Repeated, &a.Repeated}, {&t.Elsewhere, &a.Elsewhere}, {&t.Secondary, &a.Secondary},
			{&t.Level2, &a.Level2}, {&t.Mirrored, &a.Mirrored}, {&t.Named, &a.Named}, {&t.Dangling, &a.Dangling}, {&t.Unusable, &a.Unusable}} {
			*sum.to += *sum.of
		}
		t.Places.add(a.Places)
		t.Faults = append(t.Faults, a.Faults...)
		for kind, n := range a.Transactions {
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

// rules adds up what the makers reckoned.
func (t *Truth) rules(makers []*maker) {
	cells := map[cell]int64{}
	for _, rule := range []Rule{once, asReported} {
		f := Figures{Rule: rule, Places: newPlaces(), Rows: []Figure{}}
		for _, m := range makers {
			f.Activities += m.counts[rule].activities
			f.Places.add(m.counts[rule].places)
		}
		t.Rules = append(t.Rules, f)
	}
	for _, m := range makers {
		for c, cents := range m.cells {
			cells[c] += cents
		}
	}
	for c, cents := range cells {
		for i := range t.Rules {
			if t.Rules[i].Rule == c.rule && cents != 0 {
				t.Rules[i].Rows = append(t.Rules[i].Rows, Figure{c.view, c.row, c.figure, c.money, cents})
			}
		}
	}
	for _, f := range t.Rules {
		slices.SortFunc(f.Rows, func(a, b Figure) int {
			return cmp.Or(cmp.Compare(a.View, b.View), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Figure, b.Figure), cmp.Compare(a.Currency, b.Currency))
		})
	}
}

// write puts the truth beside the files.
func (t Truth) write(dir string) error {
	text, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, TruthFile), append(text, '\n'), 0o644)
}
