package mandate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"resolute"
)

// Reading is a revision with all that can be read from its text. It is shared: do not change it.
type Reading struct {
	Revision
	Provisions []Wording
	Findings   []resolute.Finding
	Footnotes  []Footnote
	Lang       resolute.Lang
	Body       string `json:"-"` // the text as it came in
	Opening    string // the line that names the body: "The ... Conference (Dubai, 2018),"
	citations  map[string][]Citation

	corrections []Correction       // of its structure, that stand
	alone       []resolute.Finding // that the text shows without those of other instruments
	heldAt      textsState         // when it was last held against those
}

// CitationsOf lists the citations of a provision, without those of its parts. Their places are
// code points of the provision's text.
func (r *Reading) CitationsOf(thread string) []Citation { return r.citations[thread] }

// FindingsOf lists what is wrong with the lines of a provision, without those of its parts.
func (r *Reading) FindingsOf(thread string) []resolute.Finding {
	from, to := r.span(thread)
	var list []resolute.Finding
	for _, f := range r.Findings {
		if f.Line >= from && f.Line < to {
			list = append(list, f)
		}
	}
	return list
}

// span gives the first line of a provision and the one behind its last; both 0 for an unknown one.
func (r *Reading) span(thread string) (from, to int) {
	at := slices.IndexFunc(r.Provisions, func(w Wording) bool { return w.Thread == thread })
	if at < 0 {
		return 0, 0
	}
	from = r.Provisions[at].Line
	if at+1 < len(r.Provisions) {
		return from, r.Provisions[at+1].Line
	}
	return from, from + 1
}

// Provision finds a provision by the key of its thread, without regard to case.
func (r *Reading) Provision(thread string) (Wording, bool) {
	for _, w := range r.Provisions {
		if strings.EqualFold(w.Thread, thread) {
			return w, true
		}
	}
	return Wording{}, false
}

// readings keeps what was read last, by revision. The words of a revision never change; when a
// decision moves threads of it, it is read again.
type readings struct {
	lock sync.Mutex
	byID map[int64]*Reading
}

// keptReadings is how many readings are kept.
const keptReadings = 32

func (k *readings) get(id int64) *Reading {
	k.lock.Lock()
	defer k.lock.Unlock()
	return k.byID[id]
}

func (k *readings) put(r *Reading) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.byID == nil || len(k.byID) >= keptReadings {
		k.byID = map[int64]*Reading{}
	}
	k.byID[r.ID] = r
}

// Read gives the text of an instrument that is in force, or the revision with a number when it is
// not 0. It is nil when no such text is held.
func (m *Mandate) Read(ctx context.Context, instrument string, revision int64) (*Reading, error) {
	if revision == 0 {
		var err error
		if revision, err = InForce(ctx, m.DB, instrument); err != nil || revision == 0 {
			return nil, err
		}
	}
	if r := m.readings.get(revision); r != nil {
		r, err := r.visible(ctx, m, instrument)
		if err != nil || r == nil {
			return nil, err
		}
		return m.withHeld(ctx, r)
	}
	var text string
	row := m.DB.QueryRow(ctx, `SELECT body FROM revision WHERE id = $1 AND instrument = $2 AND`+seen, revision, instrument)
	if err := row.Scan(&text); errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read revision %d: %w", revision, err)
	}
	r, err := m.readText(ctx, revision, text)
	if err != nil {
		return nil, err
	}
	return m.withHeld(ctx, r)
}

// visible gives the reading unless it is of another instrument, or was taken back meanwhile; it is
// read again when its threads moved.
func (r *Reading) visible(ctx context.Context, m *Mandate, instrument string) (*Reading, error) {
	var settled int64
	var text string
	err := m.DB.QueryRow(ctx, `SELECT settled, CASE WHEN settled = $3 THEN '' ELSE body END FROM revision WHERE id = $1 AND instrument = $2 AND`+seen, r.ID, instrument, r.settled).Scan(&settled, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look whether revision %d is seen: %w", r.ID, err)
	}
	if settled == r.settled {
		return r, nil
	}
	moved, err := m.readText(ctx, r.ID, text)
	if err == nil {
		m.readings.put(moved)
	}
	return moved, err
}

func (m *Mandate) readText(ctx context.Context, id int64, text string) (*Reading, error) {
	row, err := scanRevision(m.DB.QueryRow(ctx, `SELECT `+revisionColumns+` FROM revision r WHERE r.id = $1`, id))
	if err != nil {
		return nil, fmt.Errorf("read revision %d: %w", id, err)
	}
	provisions, err := m.wordingsOf(ctx, row)
	if err != nil {
		return nil, err
	}
	r := &Reading{Revision: row, Body: text, Provisions: provisions}
	if r.corrections, err = correctionsOf(ctx, m.DB, row.Instrument, row.Label); err != nil {
		return nil, err
	}
	doc := r.document()
	if doc.Body == "" {
		doc.Body = bodyOfKey(row.Instrument)
	}
	r.Findings, r.Footnotes, r.Lang, r.Opening = Lint(doc), doc.Footnotes, doc.Lang, opening(doc)
	cites := r.cite(doc.Body)
	before, err := linksBefore(ctx, m.DB, row)
	if err != nil {
		return nil, err
	}
	r.Findings = sortFindings(append(r.Findings, withMarks(renumbered(provisions, selfLinks(provisions, cites, doc.Lang), before), doc.Lines)...))
	r.alone = r.Findings
	return r, nil
}

// cite reads the citations of the provisions of a text of a body, and gives them in its order.
func (r *Reading) cite(body string) [][]Citation {
	r.citations = map[string][]Citation{}
	cites := citationsIn(r.Provisions, body)
	for i, w := range r.Provisions {
		if len(cites[i]) > 0 {
			r.citations[w.Thread] = cites[i]
		}
	}
	return cites
}

// opening is the line of a text that names the body that speaks: the last one before the text,
// behind title and number.
func opening(doc *Document) string {
	line := ""
	for _, row := range doc.Rows() {
		text := strings.TrimSpace(doc.Lines[row.Line-1])
		switch row.Type {
		case rowTitle:
			line = ""
		case rowFront:
			if line = ""; strings.ContainsAny(lastSign(text), ",，،:：)）") && (doc.Number == "" || !strings.Contains(text, doc.Number)) {
				line = text
			}
		case rowHeading, rowParagraph:
			return line
		}
	}
	return ""
}

func lastSign(text string) string {
	_, size := utf8.DecodeLastRuneInString(text)
	return text[len(text)-size:]
}

// Thread finds the wording of a thread in the text of its instrument that is in force, else in the
// last one that had it. Name is the
// key of the thread, in which "#" may be written "/" as in addresses. It is nil when no
// text ever had it.
func (m *Mandate) Thread(ctx context.Context, name string) (*Reading, Wording, error) {
	instrument, _, found := strings.Cut(name, "#")
	if !found {
		at := strings.LastIndexByte(name, '/')
		if at < 0 {
			return nil, Wording{}, nil
		}
		instrument, name = name[:at], name[:at]+"#"+name[at+1:]
	}
	r, err := m.Read(ctx, instrument, 0)
	if err != nil || r == nil {
		return nil, Wording{}, err
	}
	if w, ok := r.Provision(name); ok {
		return r, w, nil
	}
	return m.lastWording(ctx, instrument, name)
}

// lastWording finds a thread that ended in an earlier revision, as it was worded last.
func (m *Mandate) lastWording(ctx context.Context, instrument, thread string) (*Reading, Wording, error) {
	var revision int64
	err := m.DB.QueryRow(ctx, `SELECT r.id FROM revision r JOIN provision p ON p.revision = r.id
		WHERE r.instrument = $1 AND p.thread = $2 AND`+seen+`ORDER BY`+newest+`LIMIT 1`, instrument, thread).Scan(&revision)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, Wording{}, nil
	}
	if err != nil {
		return nil, Wording{}, fmt.Errorf("find %s: %w", thread, err)
	}
	r, err := m.Read(ctx, instrument, revision)
	if err != nil || r == nil {
		return nil, Wording{}, err
	}
	w, _ := r.Provision(thread)
	return r, w, nil
}
