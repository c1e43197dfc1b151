package directory

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// Whole is an organisation with all that was merged into it.
type Whole struct {
	Organisation                // that counts, as it is shown
	Members      []Organisation `json:"members"`     // as first reported, the one that counts first
	Identifiers  []Identifier   `json:"identifiers"` // the preferred one first
	Names        []Name         `json:"names"`       // that any of them was given, the one shown first
	Decisions    []Decision     `json:"decisions"`   // about any of them, undone or not, the oldest first
}

// Whole gives the organisation that one counts for, which may be itself. An unknown number is an
// Error with code NotFound.
func (d Directory) Whole(ctx context.Context, id int64) (Whole, error) {
	asked, err := d.Organisation(ctx, id)
	if err != nil {
		return Whole{}, err
	}
	decisions, err := readDecisions(ctx, d.DB)
	if err != nil {
		return Whole{}, err
	}
	u := newUnions(decisions, Newest)
	keys := u.Members(asked.Key)
	known, err := byKeys(ctx, d.DB, keys)
	if err != nil {
		return Whole{}, err
	}
	w := Whole{Organisation: asked, Identifiers: []Identifier{}, Names: []Name{}, Decisions: []Decision{}}
	names, err := u.namesOf(ctx, d.DB, keys)
	if err != nil {
		return Whole{}, err
	}
	if root, found := known[keys[0]]; found {
		w.Organisation = u.shown(root, known, names)
	}
	for _, key := range keys {
		if m, found := known[key]; found {
			w.Members = append(w.Members, m)
		}
	}
	w.identify()
	w.Names = append(w.Names, names...)
	slices.SortStableFunc(w.Names, func(a, b Name) int { return rank(a.Text == w.Name) - rank(b.Text == w.Name) })
	told, err := toldApart(ctx, d.DB)
	if err != nil {
		return Whole{}, err
	}
	for _, x := range decisions {
		about := func(key string) bool { return slices.Contains(keys, key) }
		if about(x.Key) || about(x.Other) || slices.ContainsFunc(told[x.ID], about) {
			w.Decisions = append(w.Decisions, x)
		}
	}
	return w, nil
}

// rank puts what is meant before all else.
func rank(meant bool) int {
	if meant {
		return 0
	}
	return 1
}

// identify lists the identifiers of the members.
func (w *Whole) identify() {
	for _, m := range w.Members {
		if m.Ref == "" {
			continue
		}
		i := Schemed(m.Ref)
		i.Key, i.Import, i.Preferred = m.Key, m.Import, m.Ref == w.Ref
		w.Identifiers = append(w.Identifiers, i)
	}
	slices.SortStableFunc(w.Identifiers, func(a, b Identifier) int { return rank(a.Preferred) - rank(b.Preferred) })
}

// Named finds an organisation as a person names it: by number, by key, or by reference. It returns
// NotFound when there is none, and Usage for the number of one that is the reference of another.
func (d Directory) Named(ctx context.Context, text string) (Organisation, error) {
	keys := []string{text, Party{Ref: text}.Key(), Party{Name: text}.Key()}
	if ref, is := strings.CutPrefix(text, "ref:"); is {
		keys[0] = Party{Ref: ref}.Key()
	} else if name, is := strings.CutPrefix(text, "name:"); is {
		keys[0] = Party{Name: name}.Key()
	}
	known, err := byKeys(ctx, d.DB, keys)
	if err != nil {
		return Organisation{}, err
	}
	if id, err := strconv.ParseInt(text, 10, 64); err == nil {
		o, err := d.Organisation(ctx, id)
		if other, also := known[keys[1]]; also && err == nil && other.ID != id {
			return Organisation{}, &resolute.Error{Code: resolute.Usage, Field: "organisation", Message: fmt.Sprintf(
				"%s is the number of one organisation and the reference of another: write %s or %s", text, o.Key, other.Key)}
		}
		if resolute.CodeOf(err) != resolute.NotFound {
			return o, err
		}
	}
	for _, key := range keys {
		if o, found := known[key]; found {
			return o, nil
		}
	}
	return Organisation{}, unknown(text)
}
