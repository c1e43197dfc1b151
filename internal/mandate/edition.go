package mandate

import (
	"context"
	"strings"

	"resolute/internal/akn"
)

// Edition finds the held text of an instrument that a citation id names behind its @: a year, a
// month or a day, with "-draft" for a text that mixes two revisions. Of several the newest. ok is
// false when none is held.
func (m *Mandate) Edition(ctx context.Context, instrument, edition string) (r Revision, ok bool, err error) {
	day, draft := strings.CutSuffix(edition, "-draft")
	if len(day) < len("2000") {
		return r, false, nil
	}
	held, err := m.Revisions(ctx, instrument)
	if err != nil {
		return r, false, err
	}
	for _, r := range held {
		if strings.HasPrefix(r.Day, day) && (r.Mixed || !draft) {
			return r, true, nil
		}
	}
	return r, false, nil
}

// Located is what an address of Akoma Ntoso names.
type Located struct {
	Instrument string // its key
	Day        string // of the revision; empty: none is named
	Portion    string // id of a provision; empty: none is named
}

// Locate reads an address of Akoma Ntoso; ok is false when it names no instrument.
func Locate(address string) (l Located, ok bool) {
	a, ok := akn.ParseAddress(address)
	if !ok || a.Body == "" || a.Number == "" {
		return l, false
	}
	return Located{Instrument: instrumentAt(a), Day: a.Day, Portion: a.Portion}, true
}

func instrumentAt(a akn.Parsed) string {
	for _, code := range kindCodes {
		if number, found := strings.CutPrefix(a.Number, code+"-"); found {
			return a.Body + "/" + code + "/" + number
		}
	}
	return a.Body + "/res/" + strings.ReplaceAll(a.Number, "-", "/")
}
