package directory

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// shared is what brings organisations together.
type shared struct{ reason, value string }

// matches are organisations by what they share.
type matches struct {
	unions *Unions
	known  map[int64]Organisation
	by     map[shared][]int64
	names  map[int64][]Name // folded, of those with an identifier
}

func newMatches(all []Organisation, u *Unions) *matches {
	m := &matches{unions: u, known: make(map[int64]Organisation, len(all)), by: map[shared][]int64{}, names: map[int64][]Name{}}
	for _, o := range all {
		m.known[o.ID] = o
	}
	return m
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

// list gives the candidates, the strongest reasons first.
func (m *matches) list() []Candidate {
	var list []Candidate
	for at, ids := range m.by {
		if len(ids) < 2 {
			continue
		}
		if c, found := m.candidate(at, m.open(ids)); found {
			list = append(list, c)
		}
	}
	for id, names := range m.names {
		if strange := apartNames(names); len(strange) > 0 {
			list = append(list, Candidate{Reason: SeveralNames, Weak: true, Value: m.known[id].Ref, Organisations: []Organisation{m.known[id]}, Names: strange})
		}
	}
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(slices.Index(Reasons, a.Reason)-slices.Index(Reasons, b.Reason), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Organisations[0].ID, b.Organisations[0].ID))
	})
	return list
}

// open are those of some organisations that are not one yet, one for each that counts, without those
// that a person said are apart from all the others.
func (m *matches) open(ids []int64) []Organisation {
	var list []Organisation
	roots := map[string]bool{}
	for _, id := range ids {
		o := m.known[id]
		if root := m.unions.Root(o.Key); !roots[root] {
			roots[root] = true
			list = append(list, o)
		}
	}
	apart := map[string]int{}
	for pair := range m.unions.apart {
		if roots[pair[0]] && roots[pair[1]] {
			apart[pair[0]]++
			apart[pair[1]]++
		}
	}
	return slices.DeleteFunc(list, func(o Organisation) bool { return apart[m.unions.Root(o.Key)] >= len(roots)-1 })
}

// candidate judges what organisations share.
func (m *matches) candidate(at shared, list []Organisation) (Candidate, bool) {
	c := Candidate{Reason: at.reason, Value: at.value, Organisations: list, Names: []string{}}
	if len(list) < 2 {
		return c, false
	}
	bare := func(o Organisation) bool { return Schemed(o.Ref).Scheme == "" }
	government := func(o Organisation) bool { return strings.Contains(strings.ToUpper(o.Ref), "-GOV-") }
	first := func(o Organisation) bool { return words(o.Name) == at.value }
	switch at.reason {
	case MissingList:
		return c, differ(list, bare)
	case OldList:
		return c, differ(list, government)
	case SameName:
		if c.Weak = true; !all(list, first) {
			c.Reason = OtherName
		}
	}
	return c, true
}

// differ tells whether a claim holds of some of a list and not of others.
func differ(list []Organisation, claim func(Organisation) bool) bool {
	return slices.ContainsFunc(list, claim) && !all(list, claim)
}

func all(list []Organisation, claim func(Organisation) bool) bool {
	return !slices.ContainsFunc(list, func(o Organisation) bool { return !claim(o) })
}

// apartNames gives the first two names of one language that have no word in common, and neither of
// which is made of the first letters of the other.
func apartNames(names []Name) []string {
	for i, a := range names {
		for _, b := range names[:i] {
			if a.Lang == b.Lang && !haveCommon(a.Text, b.Text) && initials(a.Text) != b.Text && initials(b.Text) != a.Text {
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
