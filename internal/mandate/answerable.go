package mandate

import (
	"cmp"
	"context"
	"fmt"
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

// BuiltIn is the key of the instrument whose paragraphs have aliases, which answers where no
// instrument is named.
func BuiltIn() string {
	instrument, _, _ := strings.Cut(Aliases()[0].Thread, "#")
	return instrument
}

// InstrumentOfThread gives the key of the instrument that a thread belongs to.
func InstrumentOfThread(thread string) string {
	instrument, _, _ := strings.Cut(thread, "#")
	return instrument
}

// Threads lists the keys of the threads of held texts on which activities can hang: those of
// operative paragraphs. Instruments whose paragraphs have aliases are left out.
func Threads(ctx context.Context, q db.Queryer) ([]string, error) {
	rows, err := q.Query(ctx, `SELECT DISTINCT p.thread FROM provision p JOIN revision r ON r.id = p.revision
		WHERE p.operative = 1 AND p.provisional = 0 AND r.instrument <> $1 AND`+seen+`ORDER BY p.thread`, BuiltIn())
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

// Paragraphs lists the rows of an instrument in the order of the text: those with aliases, which
// exist before any text is held, else the operative paragraphs of the text in force. Without a
// text there is an Error with code NotFound that says what to do.
func (m *Mandate) Paragraphs(ctx context.Context, instrument string) ([]Paragraph, error) {
	if known, ok := InstrumentOf(instrument); ok {
		instrument = known.Key
	}
	if instrument == "" || instrument == BuiltIn() {
		return AliasedParagraphs(), nil
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

// answerable lists the operative paragraphs of a text. Their own words are their titles.
func (r *Reading) answerable() []Paragraph {
	var list []Paragraph
	for _, w := range r.Provisions {
		if !w.Operative || w.Provisional {
			continue
		}
		p := Paragraph{ID: w.Thread, Parent: w.Parent, Thread: w.Thread, Title: resolute.Text{cmp.Or(r.Lang, resolute.English): shortened(w.Text)}}
		for _, name := range w.Addressees {
			if codes := newSpoken(name).codes; p.Addressee == "" && len(codes) > 0 {
				p.Addressee = codes[0]
			}
		}
		list = append(list, p)
	}
	return list
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
