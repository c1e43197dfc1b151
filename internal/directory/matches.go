package directory

import (
	"slices"
	"strings"
	"unicode"
)

// shared is what brings organisations together.
type shared struct{ reason, value string }

// matches are organisations by what they share, while they are gathered.
type matches struct {
	known map[int64]Organisation
	by    map[shared][]int64
	names map[int64][]Name // folded, of those with an identifier
}

func newMatches(all []Organisation) *matches {
	m := &matches{known: make(map[int64]Organisation, len(all)), by: map[shared][]int64{}, names: map[int64][]Name{}}
	for _, o := range all {
		m.known[o.ID] = o
	}
	return m
}

// gathered is what shares something, whatever was decided.
type gathered struct {
	known   map[int64]Organisation
	groups  []group
	strange []naming
}

// group is organisations that share something.
type group struct {
	shared
	ids []int64
}

// naming is an organisation with names that have nothing in common.
type naming struct {
	Organisation
	names []Name
}

// gathered keeps what two or more share, and of the others nothing.
func (m *matches) gathered() *gathered {
	g := &gathered{known: map[int64]Organisation{}}
	for at, ids := range m.by {
		if len(ids) < 2 {
			continue
		}
		g.groups = append(g.groups, group{at, slices.Clip(ids)})
		for _, id := range ids {
			g.known[id] = m.known[id]
		}
	}
	for id, names := range m.names {
		if apartNames(names, nil) != nil {
			g.strange = append(g.strange, naming{m.known[id], names})
		}
	}
	return g
}

// leastNumber is how many signs a number without a list has at least to tell anything.
const leastNumber = 4

// identify notes an organisation under what its reference may share with others.
func (m *matches) identify(o Organisation) {
	if o.Ref == "" {
		return
	}
	m.note(SameIdentifier, signs(o.Ref), o.ID)
	i := Schemed(o.Ref)
	if number := signs(i.Number); len(number) >= leastNumber {
		m.note(MissingList, number, o.ID)
	}
	if country, number, cut := strings.Cut(strings.ToUpper(o.Ref), "-"); cut && len(country) == 2 {
		m.note(OldList, country+" "+signs(strings.TrimPrefix(number, "GOV-")), o.ID)
	}
}

func (m *matches) note(reason, value string, id int64) {
	if value == "" {
		return
	}
	at := shared{reason, value}
	if list := m.by[at]; len(list) == 0 || !slices.Contains(list[max(0, len(list)-1):], id) {
		m.by[at] = append(list, id)
	}
}

// signs are the letters and digits of a reference, in capitals.
func signs(ref string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, Fold(ref))
}

// words are the words of a name in one form.
func words(name string) string {
	return strings.Join(strings.FieldsFunc(Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }), " ")
}

// name notes an organisation under a name. Names come in the order of organisations.
func (m *matches) name(n Name, id int64) {
	folded := words(n.Text)
	if folded == "" {
		return
	}
	m.note(SameName, folded, id)
	n.Text = folded
	if m.known[id].Ref != "" && len(m.names[id]) < shownNames {
		m.names[id] = append(m.names[id], n)
	}
}

// shownNames bounds the names of one organisation that are told.
const shownNames = 20

// differ tells whether a claim holds of some of a list and not of others.
func differ(list []Organisation, claim func(Organisation) bool) bool {
	return slices.ContainsFunc(list, claim) && !all(list, claim)
}

func all(list []Organisation, claim func(Organisation) bool) bool {
	return !slices.ContainsFunc(list, func(o Organisation) bool { return !claim(o) })
}

// apartNames gives the first two names of one language that have no word in common, and neither of
// which is made of the first letters of the other; without those of which a decision said, in any of its
// lists of names, that both are of one.
func apartNames(names []Name, told []dismissed) []string {
	for i, a := range names {
		for _, b := range names[:i] {
			if a.Lang == b.Lang && !haveCommon(a.Text, b.Text) && initials(a.Text) != b.Text && initials(b.Text) != a.Text &&
				!slices.ContainsFunc(told, func(d dismissed) bool { return d.names[a.Text] && d.names[b.Text] }) {
				return []string{b.Text, a.Text}
			}
		}
	}
	return nil
}

func haveCommon(a, b string) bool {
	others := strings.Fields(b)
	return slices.ContainsFunc(strings.Fields(a), func(word string) bool { return slices.Contains(others, word) })
}

func initials(name string) string {
	var b strings.Builder
	for _, word := range strings.Fields(name) {
		b.WriteRune([]rune(word)[0])
	}
	return b.String()
}
