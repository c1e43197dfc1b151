package mandate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/search"
)

// shelves keeps the shelf that was read last, for as long as no text moves.
type shelves struct {
	lock  sync.Mutex
	state textsState
	list  []Shelved
}

// shelf gives the known instruments by key, with those of which only a text is held. What is in
// force is left to who asks. It is shared: nobody changes it. When a text moved it is made anew, of
// what was read before and of the texts that moved since.
func (m *Mandate) shelf(ctx context.Context) ([]Shelved, error) {
	state, err := readTextsState(ctx, m.DB)
	if err != nil {
		return nil, err
	}
	k := &m.shelves
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.list != nil && k.state == state {
		return k.list, nil
	}
	var list []Shelved
	err = m.DB.View(ctx, func(q db.Queryer) (err error) {
		list, err = readShelf(ctx, q, k.list)
		return err
	})
	if err == nil {
		k.state, k.list = state, list
	}
	return list, err
}

// standingText names a text in force as it stands: by its revision, and by the change that last
// moved its threads or its structure.
type standingText struct{ revision, settled int64 }

func readShelf(ctx context.Context, q db.Queryer, before []Shelved) ([]Shelved, error) {
	texts, standing, err := readStanding(ctx, q)
	if err != nil {
		return nil, err
	}
	known := map[string]*Shelved{}
	for i := range before {
		known[before[i].Key] = &before[i]
	}
	list, moved := withHeld(standing), map[string]*Shelved{}
	for i := range list {
		s, r := &list[i], standing[list[i].Key]
		s.Held, s.Day, s.text = texts[s.Key], r.Day, standingText{r.ID, r.settled}
		if old := known[s.Key]; old != nil && old.text == s.text {
			s.printed, s.codes, s.words, s.places, s.cites = old.printed, old.codes, old.words, old.places, old.cites
		} else {
			moved[s.Key] = s
		}
	}
	if err := readSaid(ctx, q, moved); err != nil {
		return nil, err
	}
	if err := readCited(ctx, q, moved); err != nil {
		return nil, err
	}
	countCited(list)
	return list, nil
}

// readStanding counts the editions held of each instrument, and gives the text of it that is in force.
func readStanding(ctx context.Context, q db.Queryer) (texts map[string]int, standing map[string]Revision, err error) {
	rows, err := q.Query(ctx, `SELECT r.id, r.instrument, r.kind, r.number, r.label, r.title, r.day, r.settled FROM revision r WHERE`+seen+`ORDER BY r.instrument,`+newest)
	if err != nil {
		return nil, nil, fmt.Errorf("list texts in force: %w", err)
	}
	defer func() { _ = rows.Close() }()
	texts, standing = map[string]int{}, map[string]Revision{}
	var last Revision
	for rows.Next() {
		var r Revision
		if err := rows.Scan(&r.ID, &r.Instrument, &r.Kind, &r.Number, &r.Label, &r.Title, &r.Day, &r.settled); err != nil {
			return nil, nil, err
		}
		if !r.sameEdition(last) {
			texts[r.Instrument]++
		}
		if _, has := standing[r.Instrument]; !has {
			standing[r.Instrument] = r
		}
		last = r
	}
	return texts, standing, rows.Err()
}

// sameEdition tells whether two texts are imports of one edition.
func (r Revision) sameEdition(other Revision) bool {
	return r.Instrument == other.Instrument && r.Label == other.Label && r.Day == other.Day
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

// fewTexts is how many texts are named one by one; of more, all are read.
const fewTexts = 100

// ofTexts is the condition that a revision r is one of the texts of some instruments, with its
// arguments; of many it is that it is in force.
func ofTexts(texts map[string]*Shelved) (condition string, args []any) {
	if len(texts) > fewTexts {
		return inForce, nil
	}
	var marks []string
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		args = append(args, texts[key].text.revision)
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	return " r.id IN (" + strings.Join(marks, ", ") + ") ", args
}

// readSaid adds the words of some texts in force and whom they speak to.
func readSaid(ctx context.Context, q db.Queryer, at map[string]*Shelved) error {
	if len(at) == 0 {
		return nil
	}
	condition, args := ofTexts(at)
	rows, err := q.Query(ctx, `SELECT r.id, r.instrument, r.title, p.n, p.words, p.addressees FROM revision r JOIN provision p ON p.revision = r.id WHERE`+condition+`ORDER BY r.instrument, p.n`, args...)
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
		if s == nil {
			continue
		}
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

// cited is an instrument that a text cites, and in how many of its provisions.
type cited struct {
	key        string
	provisions int
}

func (s *Shelved) citesInstrument(key string) bool {
	return slices.ContainsFunc(s.cites, func(c cited) bool { return c.key == key })
}

// readCited adds which instruments some texts in force cite.
func readCited(ctx context.Context, q db.Queryer, at map[string]*Shelved) error {
	if len(at) == 0 {
		return nil
	}
	condition, args := ofTexts(at)
	rows, err := q.Query(ctx, `SELECT r.instrument, c.key, count(DISTINCT c.thread) FROM revision r JOIN citation c ON c.revision = r.id WHERE`+condition+`
		GROUP BY r.instrument, c.key ORDER BY r.instrument, c.key`, args...)
	if err != nil {
		return fmt.Errorf("read who cites whom: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var from string
		var c cited
		if err := rows.Scan(&from, &c.key, &c.provisions); err != nil {
			return err
		}
		if s := at[from]; s != nil {
			s.cites = append(s.cites, c)
		}
	}
	return rows.Err()
}

// countCited counts how many provisions of texts in force cite each instrument.
func countCited(list []Shelved) {
	counts := map[string]int{}
	for i := range list {
		for _, c := range list[i].cites {
			counts[c.key] += c.provisions
		}
	}
	for i := range list {
		list[i].Cited = counts[list[i].Key]
	}
}
