package demo

import (
	"io"

	"resolute/internal/iati"
)

// edition is one of the files that the partners sent, the second after the first.
type edition int

const (
	first edition = iota
	second
)

// The partners report few activities of their own, numbered far from those of the main file.
// Between the editions some are gone, some changed and some new.
const (
	partnersFrom  = 9_000_000_000
	partnersCount = 30
	partnersGone  = 3 // at the end of the first edition, no longer in the second
	partnersNew   = 2 // behind them
)

// writePartners writes one edition of the partners' file.
func writePartners(w io.Writer, seed uint64, e edition) error {
	out := newWriter(w)
	for i := range partnersCount + partnersNew {
		gone, fresh := i >= partnersCount-partnersGone && i < partnersCount, i >= partnersCount
		if e == first && fresh || e == second && gone {
			continue
		}
		a := activity(seed, partnersFrom+i)
		if e == first && i%5 == 0 {
			a = earlier(a)
		}
		if err := out.WriteActivity(a); err != nil {
			return err
		}
	}
	return out.Close()
}

// earlier is an activity as it was reported half a year before: without the money and the
// results of the last half year, and still running.
func earlier(a iati.Activity) iati.Activity {
	const then = "2026-03-31"
	a.LastUpdated = then + "T00:00:00Z"
	var flows []iati.Transaction
	for _, t := range a.Transactions {
		if t.Date <= then {
			flows = append(flows, t)
		}
	}
	a.Transactions, a.Results, a.Documents = flows, nil, nil
	return a
}
