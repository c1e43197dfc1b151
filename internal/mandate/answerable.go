package mandate

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// Paragraph is one operative paragraph of an instrument as a row on which activities can hang.
type Paragraph struct {
	ID        string // the alias, else the key of the thread
	Parent    string // ID of the paragraph that it is part of; empty at the top
	Thread    string
	Addressee string // a code; empty: none that is known
	Title     resolute.Text
}

// InstrumentOfThread gives the key of the instrument that a thread belongs to.
func InstrumentOfThread(thread string) string {
	instrument, _, _ := strings.Cut(thread, "#")
	return instrument
}

// Threads lists the keys of the threads of held texts on which activities can hang: those of
// operative paragraphs. Those with aliases are there without a text.
func Threads(ctx context.Context, q db.Queryer) ([]string, error) {
	rows, err := q.Query(ctx, `SELECT DISTINCT p.thread FROM provision p JOIN revision r ON r.id = p.revision
		WHERE p.operative = 1 AND p.provisional = 0 AND`+seen+`ORDER BY p.thread`)
	if err != nil {
		return nil, fmt.Errorf("list threads: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var thread string
		if err := rows.Scan(&thread); err != nil {
			return nil, err
		}
		list = append(list, thread)
	}
	return list, rows.Err()
}

// Standing finds the revisions whose wording stands, each looked for once.
type Standing map[string]int64

// Of gives the revision in force of a thread's instrument; 0 when no text of it is held.
func (s Standing) Of(ctx context.Context, q db.Queryer, thread string) (int64, error) {
	instrument := InstrumentOfThread(thread)
	if id, known := s[instrument]; known {
		return id, nil
	}
	id, err := InForce(ctx, q, instrument)
	if err != nil {
		return 0, fmt.Errorf("find the wording of %s in force: %w", instrument, err)
	}
	s[instrument] = id
	return id, nil
}

// Paragraphs lists the rows of an instrument in the order of the text: the operative paragraphs of
// the text in force, and those with aliases, which exist before any text is held. Without either
// there is an Error with code NotFound that says what to do.
func (m *Mandate) Paragraphs(ctx context.Context, instrument string) ([]Paragraph, error) {
	if known, ok := InstrumentOf(instrument); ok {
		instrument = known.Key
	}
	if instrument == "" || instrument == BuiltIn() {
		return Grown(ctx, m.DB, AliasedParagraphs())
	}
	r, err := m.Read(ctx, instrument, 0)
	if err != nil {
		return nil, err
	}
	var list []Paragraph
	if r != nil {
		list = r.answerable()
	}
	if len(list) == 0 {
		return nil, &resolute.Error{Code: resolute.NotFound, Field: "instrument", Message: fmt.Sprintf("no text of %s is held that has operative paragraphs: resolute import resolution FILE brings one in, resolute mandate find --held lists what is there", instrument)}
	}
	return list, nil
}

// AliasedParagraphs lists the rows of the built-in mandate, which answers where no instrument is
// named.
func AliasedParagraphs() []Paragraph {
	var list []Paragraph
	for _, a := range Aliases() {
		list = append(list, Paragraph{ID: a.Alias, Parent: a.Parent, Thread: a.Thread, Addressee: a.Addressee, Title: a.Wording})
	}
	return list
}

// Grown adds to rows that are known the operative paragraphs that the text in force of their
// instrument has beside them, each behind the one before it in that text. The paragraphs of one
// group speak to the same.
func Grown(ctx context.Context, q db.Queryer, known []Paragraph) ([]Paragraph, error) {
	if len(known) == 0 {
		return nil, nil
	}
	revision, err := InForce(ctx, q, InstrumentOfThread(known[0].Thread))
	if err != nil || revision == 0 {
		return known, err
	}
	provisions, err := readWordings(ctx, q, revision)
	if err != nil {
		return nil, err
	}
	var body string
	if err := q.QueryRow(ctx, `SELECT body FROM revision WHERE id = $1`, revision).Scan(&body); err != nil {
		return nil, fmt.Errorf("read revision %d: %w", revision, err)
	}
	return grown(known, provisions, languageOf(body)), nil
}

func grown(known []Paragraph, provisions []Wording, lang resolute.Lang) []Paragraph {
	list, at := slices.Clone(known), 0
	rows, addressees, speaks := map[string]string{}, map[string]string{}, map[int]string{}
	for _, p := range known {
		rows[p.Thread], addressees[p.Thread] = p.ID, p.Addressee
	}
	for _, w := range provisions {
		speaks[w.Part] = cmp.Or(speaks[w.Part], addressees[w.Thread])
	}
	for _, w := range provisions {
		if rows[w.Thread] != "" {
			at = 1 + slices.IndexFunc(list, func(p Paragraph) bool { return p.Thread == w.Thread })
			continue
		}
		if !w.Operative || w.Provisional {
			continue
		}
		p := w.paragraph(lang)
		p.Parent, p.Addressee = rows[w.Parent], cmp.Or(speaks[w.Part], p.Addressee)
		rows[p.Thread], list = p.ID, slices.Insert(list, at, p)
		at++
	}
	return list
}

// answerable lists the operative paragraphs of a text.
func (r *Reading) answerable() []Paragraph {
	return grown(nil, r.Provisions, r.Lang)
}

// paragraph is a provision as a row. Its own words are its title.
func (w Wording) paragraph(lang resolute.Lang) Paragraph {
	p := Paragraph{ID: w.Thread, Thread: w.Thread, Title: resolute.Text{cmp.Or(lang, resolute.English): shortened(w.Text)}}
	for _, name := range w.Addressees {
		if codes := newSpoken(name).codes; p.Addressee == "" && len(codes) > 0 {
			p.Addressee = codes[0]
		}
	}
	return p
}

// longestTitle is how much of a paragraph's words stands for it in a list, in code points.
const longestTitle = 160

// shortened cuts words at the end of one.
func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= longestTitle {
		return text
	}
	cut := string(runes[:longestTitle])
	if at := strings.LastIndex(cut, " "); at > 0 {
		cut = cut[:at]
	}
	return cut + " …"
}
