package mandate

import (
	"context"
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// setVersion is the verb of a version that changes the conference alone.
const setVersion = "set"

// DraftConference is the conference that a draft is to be for, instead of the one that stands.
type DraftConference struct {
	Version int64 // that it was chosen on
	Place   string
	Year    int
	Day     string // as of NewDraft; the one that stands gives way to that of another year
	Why     string
}

// SetDraft changes the conference of a draft, as a new version; the words stay as they are, and the
// deed conference writes it into them. Conflict when another save came first, NotFound for an unknown
// draft, Invalid for a conference that cannot be or that stands already, Forbidden without the right
// to compose.
func (m *Mandate) SetDraft(ctx context.Context, by resolute.Actor, id int64, c DraftConference) (Draft, error) {
	return m.changeDraft(ctx, by, id, func(_ *db.Tx, d *Draft) (DraftVersion, error) {
		if d.Version != c.Version {
			return DraftVersion{}, &resolute.Error{Code: resolute.Conflict, Field: "version", Message: fmt.Sprintf("draft %d was saved meanwhile: version %d stands", d.ID, d.Version)}
		}
		n := NewDraft{Place: c.Place, Year: c.Year, Day: c.Day, Why: c.Why}
		if c.Year != d.Year && c.Day == d.Day {
			n.Day = "" // a form sends the day of the old year along
		}
		if err := n.check(); err != nil {
			return DraftVersion{}, err
		}
		place, day := strings.TrimSpace(c.Place), n.day(d.Instrument)
		if place == d.Place && c.Year == d.Year && day == d.Day {
			return DraftVersion{}, &resolute.Error{Code: resolute.Invalid, Field: "place", Message: "the draft is for this conference already"}
		}
		d.Place, d.Year, d.Day = place, c.Year, day
		return DraftVersion{Verb: setVersion, Why: c.Why}, nil
	})
}
