package mandate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/search"
)

// shelves keeps the shelf that was read last, for as long as nothing changes.
type shelves struct {
	lock sync.Mutex
	head audit.Head
	list []Shelved
}

// shelf gives the known instruments by key, with those of which only a text is held. What is in
// force is left to who asks. It is shared: nobody changes it. It is read anew when the log moved: under a second with
// 1,500 texts.
func (m *Mandate) shelf(ctx context.Context) ([]Shelved, error) {
	head, err := audit.Newest(ctx, m.DB)
	if err != nil {
		return nil, err
	}
	k := &m.shelves
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.list != nil && k.head == head {
		return k.list, nil
	}
	list, err := m.readShelf(ctx)
	if err == nil {
		k.head, k.list = head, list
	}
	return list, err
}

func (m *Mandate) readShelf(ctx context.Context) ([]Shelved, error) {
	held, err := m.Revisions(ctx, "")
	if err != nil {
		return nil, err
	}
	texts, newest := map[string]int{}, map[string]Revision{}
	for _, r := range slices.Backward(held) {
		texts[r.Instrument]++
		newest[r.Instrument] = r
	}
	list := withHeld(newest)
	at := map[string]*Shelved{}
	for i := range list {
		s := &list[i]
		s.Held, s.Day = texts[s.Key], newest[s.Key].Day
		at[s.Key] = s
	}
	if err := readSaid(ctx, m.DB, at); err != nil {
		return nil, err
	}
	return list, readCited(ctx, m.DB, at)
}

// withHeld joins the known instruments with those of which only a text is held, by key. What has no
// title in words of ours bears that of its text.
func withHeld(newest map[string]Revision) []Shelved {
	var list []Shelved
	known := map[string]bool{}
	for _, i := range Instruments() {
		if r, ok := newest[i.Key]; ok && len(i.Title) == 0 {
			i.Title = resolute.Text{resolute.English: r.Title}
		}
		known[i.Key] = true
		list = append(list, Shelved{Instrument: i})
	}
	for key, r := range newest {
		if !known[key] {
			list = append(list, Shelved{Instrument: Instrument{Key: key, Body: partsOfKey(key).body, Kind: r.Kind, Number: r.Number, Title: resolute.Text{resolute.English: r.Title}}})
		}
	}
	slices.SortFunc(list, func(a, b Shelved) int { return strings.Compare(a.Key, b.Key) })
	return list
}

// readSaid adds the words of the texts in force and whom they speak to.
func readSaid(ctx context.Context, q db.Queryer, at map[string]*Shelved) error {
	rows, err := q.Query(ctx, `SELECT r.id, r.instrument, r.title, p.n, p.words, p.addressees FROM revision r JOIN provision p ON p.revision = r.id WHERE`+inForce+`ORDER BY r.instrument, p.n`)
	if err != nil {
		return fmt.Errorf("read the words of texts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	speaks := map[string]spoken{}
	for rows.Next() {
		var key, title, words, names string
		var p place
		if err := rows.Scan(&p.revision, &key, &title, &p.n, &words, &names); err != nil {
			return err
		}
		s := at[key]
		s.says(p, title, words)
		for name := range strings.SplitSeq(names, "|") {
			if _, known := speaks[name]; !known {
				speaks[name] = newSpoken(name)
			}
			s.speaksTo(speaks[name])
		}
	}
	for _, s := range at {
		s.settle()
	}
	return rows.Err()
}

// place is one provision of a text, and where its words end among those of the text.
type place struct{ revision, n, end int64 }

// says adds the words of one provision; those of the title stand before the first.
func (s *Shelved) says(p place, title, words string) {
	if s.said == nil {
		s.said = &strings.Builder{}
		s.said.WriteString(search.Padded(search.Index(title)...))
		s.places = append(s.places, place{end: int64(s.said.Len())})
	}
	s.said.WriteString(words)
	p.end = int64(s.said.Len())
	s.places = append(s.places, p)
}

// settle makes the words of the text, with those of names and number behind.
func (s *Shelved) settle() {
	texts := []string{s.Kind + " " + s.Number + " " + s.Key}
	for _, title := range s.Title {
		texts = append(texts, title)
	}
	names := search.Padded(search.Index(texts...)...)
	if s.said == nil {
		s.words = names
		return
	}
	s.said.WriteString(names)
	s.words, s.said = s.said.String(), nil
}

// spoken is an addressee as printed, folded and padded for search, with the codes of those whom it
// names.
type spoken struct {
	printed string
	codes   []string
}

func newSpoken(name string) spoken {
	w := spoken{printed: search.Padded(search.Tokens(name)...)}
	for _, a := range knownAddressees() {
		if !slices.Contains(w.codes, a.code) && slices.ContainsFunc(a.folded, func(known string) bool { return strings.Contains(w.printed, known) }) {
			w.codes = append(w.codes, a.code)
		}
	}
	return w
}

func (s *Shelved) speaksTo(w spoken) {
	if strings.TrimSpace(w.printed) == "" || slices.Contains(s.printed, w.printed) {
		return
	}
	s.printed = append(s.printed, w.printed)
	for _, code := range w.codes {
		if !slices.Contains(s.codes, code) {
			s.codes = append(s.codes, code)
		}
	}
	slices.Sort(s.codes)
}

// readCited adds which instruments the texts in force cite, and how many provisions cite each.
func readCited(ctx context.Context, q db.Queryer, at map[string]*Shelved) error {
	rows, err := q.Query(ctx, `SELECT r.instrument, c.key, count(DISTINCT c.thread) FROM revision r JOIN citation c ON c.revision = r.id WHERE`+inForce+`
		GROUP BY r.instrument, c.key ORDER BY r.instrument, c.key`)
	if err != nil {
		return fmt.Errorf("read who cites whom: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var from, to string
		var n int
		if err := rows.Scan(&from, &to, &n); err != nil {
			return err
		}
		at[from].cites = append(at[from].cites, to)
		if s := at[to]; s != nil {
			s.Cited += n
		}
	}
	return rows.Err()
}
