package mandate

import (
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Both asks for the two texts of a file with tracked changes.
const Both Side = "both"

// ImportBoth takes both texts of a file with tracked changes in as revisions, in one transaction:
// the one before, then the one after, aligned with it. It gives the accounts before, after; of a
// file without tracked changes the one account of Import. When one text would be refused, or both
// name the same edition of an instrument, neither is taken: both accounts say why, and the error
// has code Invalid. Forbidden without the right.
func (m *Mandate) ImportBoth(ctx context.Context, by resolute.Actor, file File) ([]ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "revision", Owner: by.ID}, now.Format(time.DateOnly)); err != nil {
		return nil, err
	}
	if !file.twoTexts() {
		file.Side = ""
		one, err := m.Import(ctx, by, file)
		return []ledger.Import{one}, err
	}
	pair, fault := bothOf(by, file, now)
	var accounts []ledger.Import
	err := m.DB.Write(ctx, func(tx *db.Tx) error {
		accounts = nil
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		for _, in := range pair {
			account, err := in.attempt(ctx, tx)
			if err != nil {
				return err
			}
			accounts = append(accounts, account)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if fault != nil {
		err = &resolute.Error{Code: resolute.Invalid, Field: file.Name, Message: fault.Message}
	}
	return accounts, err
}

// PreviewBoth reads a file as ImportBoth does and stores nothing; each text is held against what
// is stored, not against the other.
func (m *Mandate) PreviewBoth(ctx context.Context, file File) ([]Preview, error) {
	if !file.twoTexts() {
		file.Side = ""
		one, err := m.Preview(ctx, file)
		return []Preview{one}, err
	}
	pair, _ := bothOf(resolute.Actor{}, file, m.Now())
	var both []Preview
	for _, in := range pair {
		p, err := m.preview(ctx, in)
		if err != nil {
			return nil, err
		}
		both = append(both, p)
	}
	return both, nil
}

// twoTexts tells whether the file can be read and bears tracked changes.
func (f File) twoTexts() bool {
	f.Side = After
	got, fault := f.Read()
	return fault == nil && got.TwoTexts
}

// bothOf reads the two texts of a file, and refuses both when one has a fault.
func bothOf(by resolute.Actor, file File, now time.Time) (pair [2]*incoming, fault *resolute.Finding) {
	name := file.Name
	for i, side := range []Side{Before, After} {
		file.Name, file.Side = fmt.Sprintf("%s (%s)", name, side), side
		pair[i] = newIncoming(by, file, now)
	}
	before, after := pair[0], pair[1]
	first, second := before.read(), after.read()
	switch {
	case first != nil && second != nil:
		return pair, first
	case first != nil:
		after.refuse(otherSide(Before, first))
		return pair, first
	case second != nil:
		before.refuse(otherSide(After, second))
		return pair, second
	case before.instrument == after.instrument && before.doc.Label == after.doc.Label:
		fault = oneEdition(before)
		before.refuse(fault)
		after.refuse(fault)
	}
	return pair, fault
}

func otherSide(side Side, fault *resolute.Finding) *resolute.Finding {
	return refuse("other-side", fault.Rule, "", fmt.Sprintf("the text %s is refused (%s), so neither is taken: import this one alone with --side", side, fault.Rule))
}

// oneEdition says that the tracked changes leave the head alone. Which conference the changes are
// meant for is not in the file, and is not guessed: one text would replace the other.
func oneEdition(in *incoming) *resolute.Finding {
	edition := in.instrument
	if in.doc.Label != "" {
		edition += " (" + in.doc.Label + ")"
	}
	return refuse("one-edition", edition, "a head that names another edition after the changes",
		"the texts before and after the tracked changes name the same edition, so one would replace the other: neither is taken; change place and year in the head of the document, as a tracked change, or import one text with --side before or --side after")
}

// refuse turns a text that could be read away.
func (in *incoming) refuse(fault *resolute.Finding) {
	in.account.State, in.findings, in.account.Total = ledger.Refused, []resolute.Finding{*fault}, resolute.FindingsTotal{}
	in.account.Total.Add(fault.Severity)
}
