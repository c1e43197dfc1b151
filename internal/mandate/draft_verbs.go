package mandate

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// NewDraft is what a draft is begun with. Revision 0 is the text in force.
type NewDraft struct {
	Instrument string
	Revision   int64
	Place      string // of the conference; empty: not known yet
	Year       int
	Day        string // YYYY-MM-DD; empty: the last day of the conference where it is known, else of the year
	Why        string
}

// BeginDraft begins a draft from a text that is held, sign for sign. NotFound when it is not,
// Invalid for a conference that cannot be, a text that mixes two revisions or is too long,
// Forbidden without the right to compose.
func (m *Mandate) BeginDraft(ctx context.Context, by resolute.Actor, n NewDraft) (Draft, error) {
	if err := m.mayCompose(by); err != nil {
		return Draft{}, err
	}
	if err := n.check(); err != nil {
		return Draft{}, err
	}
	base, err := m.Read(ctx, n.Instrument, n.Revision)
	if err != nil {
		return Draft{}, err
	}
	if base == nil {
		return Draft{}, &resolute.Error{Code: resolute.NotFound, Field: "revision", Message: "no such text of " + n.Instrument + " is held"}
	}
	d := Draft{Instrument: base.Instrument, Base: base.ID, Place: strings.TrimSpace(n.Place), Year: n.Year, Day: n.day(base.Instrument), Owner: by.ID,
		State: string(resolute.Draft), Version: 1, At: m.Now().UnixMilli(), Lines: draftLines(base)}
	if err := d.fits(base); err != nil {
		return Draft{}, err
	}
	err = m.DB.Write(ctx, func(tx *db.Tx) error {
		if err := insertDraft(ctx, tx, &d); err != nil {
			return err
		}
		return saveDraft(ctx, tx, &d, DraftVersion{N: 1, At: d.At, Actor: by.ID, Verb: "begin", Why: n.Why})
	})
	return d, err
}

func (n NewDraft) check() error {
	if n.Year < 1865 || n.Year > 2200 {
		return &resolute.Error{Code: resolute.Invalid, Field: "year", Message: "want the year of the conference, such as 2029"}
	}
	if n.Day != "" {
		if _, err := time.Parse(time.DateOnly, n.Day); err != nil || !strings.HasPrefix(n.Day, strconv.Itoa(n.Year)+"-") {
			return &resolute.Error{Code: resolute.Invalid, Field: "day", Message: strconv.Quote(n.Day) + ": want a day of that year, YYYY-MM-DD"}
		}
	}
	if strings.ContainsAny(n.Place, "(),\n\r") {
		return &resolute.Error{Code: resolute.Invalid, Field: "place", Message: "want the name of a place alone"}
	}
	if err := tooLong("place", n.Place, longestPlace); err != nil {
		return err
	}
	return tooLong("why", n.Why, LongestReason)
}

func (n NewDraft) day(instrument string) string {
	body, _, _ := strings.Cut(instrument, "/")
	if c, known := meeting(strings.TrimSpace(n.Place), n.Year, body); known && n.Day == "" {
		return c.LastDay()
	}
	if n.Day == "" {
		return strconv.Itoa(n.Year) + "-12-31"
	}
	return n.Day
}

// fits tells whether a text can be drafted from.
func (d *Draft) fits(base *Reading) error {
	switch {
	case base.Mixed:
		return &resolute.Error{Code: resolute.Invalid, Field: "revision", Message: "this text mixes two revisions: take it apart first"}
	case len(d.Lines) > mostDraftLines:
		return &resolute.Error{Code: resolute.Invalid, Field: "revision", Message: fmt.Sprintf("%d lines: want at most %d", len(d.Lines), mostDraftLines)}
	}
	return nil
}

// saveDraft stores a version, and the change that tells of it.
func saveDraft(ctx context.Context, tx *db.Tx, d *Draft, v DraftVersion) error {
	hash, err := insertDraftVersion(ctx, tx, d, v)
	if err != nil {
		return err
	}
	d.Version, d.At = v.N, v.At
	_, err = audit.Record(ctx, tx, audit.Change{At: v.At, Actor: v.Actor, Verb: "draft", Object: fmt.Sprintf("draft/%d", d.ID),
		About: map[string]any{"instrument": d.Instrument, "version": v.N, "deed": v.Verb, "sha256": hash}})
	return err
}

// Outdated is the error of a save that was made on a version which another save followed. Nothing
// was stored.
type Outdated struct {
	Edit  DraftEdit // what was to be saved
	Draft Draft     // as it stands now
}

func (o *Outdated) Error() string {
	return fmt.Sprintf("draft %d was saved meanwhile: version %d stands, this change was made on version %d", o.Draft.ID, o.Draft.Version, o.Edit.Version)
}

// Unwrap gives an error with code Conflict.
func (o *Outdated) Unwrap() error { return &resolute.Error{Code: resolute.Conflict, Field: "version"} }

// EditDraft does one deed on a draft, as a new version. An Outdated when another save came first,
// NotFound for an unknown draft or line, Invalid for what cannot be done, Forbidden without the right to
// compose.
func (m *Mandate) EditDraft(ctx context.Context, by resolute.Actor, id int64, e DraftEdit) (Draft, error) {
	if err := e.check(); err != nil {
		return Draft{}, err
	}
	return m.changeDraft(ctx, by, id, func(_ *db.Tx, d *Draft) (DraftVersion, error) {
		if d.Version != e.Version {
			return DraftVersion{}, &Outdated{e, *d}
		}
		lines, err := d.edited(e)
		d.Lines = lines
		return DraftVersion{Verb: e.Verb, Key: e.Key, Why: e.Why}, err
	})
}

// RestoreDraft makes an earlier version stand again, with its conference, as a new version: that is how
// a deed is undone.
// Errors as of EditDraft.
func (m *Mandate) RestoreDraft(ctx context.Context, by resolute.Actor, id, version int64, why string) (Draft, error) {
	if err := tooLong("why", why, LongestReason); err != nil {
		return Draft{}, err
	}
	return m.changeDraft(ctx, by, id, func(tx *db.Tx, d *Draft) (DraftVersion, error) {
		if version < 1 || version >= d.Version {
			return DraftVersion{}, &resolute.Error{Code: resolute.Invalid, Field: "version", Message: fmt.Sprintf("want a version before %d", d.Version)}
		}
		earlier, err := draftAt(ctx, tx, id, version)
		d.Lines, d.Place, d.Year, d.Day = earlier.Lines, earlier.Place, earlier.Year, earlier.Day
		return DraftVersion{Verb: undoVersion, Why: why, Restores: version}, err
	})
}

// changeDraft stores what a deed makes of a draft, while no other one does.
func (m *Mandate) changeDraft(ctx context.Context, by resolute.Actor, id int64, deed func(*db.Tx, *Draft) (DraftVersion, error)) (d Draft, err error) {
	if err := m.mayCompose(by); err != nil {
		return Draft{}, err
	}
	err = m.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		if d, err = draftAt(ctx, tx, id, 0); err != nil {
			return err
		}
		v, err := deed(tx, &d)
		if err != nil {
			return err
		}
		v.N, v.At, v.Actor = d.Version+1, m.Now().UnixMilli(), by.ID
		return saveDraft(ctx, tx, &d, v)
	})
	return d, err
}
