package register

import (
	"slices"
	"strings"
)

// FieldChange is one thing that differs between two states of an activity. Values are as printed; an
// empty Before came, an empty After went.
type FieldChange struct {
	Field  string `json:"field"`        // title, transaction.value ...
	Of     string `json:"of,omitempty"` // which of several, by what names it: fr, disbursement 2024-03-01 ...
	Before string `json:"before"`
	After  string `json:"after"`
}

// entry is one member of a list of an activity, or a value that stands alone: what tells it from
// others, and its values.
type entry struct {
	of     string
	values []value
}

type value struct{ name, text string }

func (e entry) text() string {
	var parts []string
	for _, v := range e.values {
		if v.text != "" {
			parts = append(parts, v.text)
		}
	}
	if len(parts) == 0 {
		return e.of
	}
	return strings.Join(parts, " · ")
}

// entries are those of one field.
type entries struct {
	field string
	list  []entry
}

// difference lists what differs, in the order of the fields. Members of lists are compared by what
// names them, wherever they stand.
func difference(before, after document) []FieldChange {
	old, now := entriesOf(before.read()), entriesOf(after.read())
	var changes []FieldChange
	for i := range old {
		changes = append(changes, compared(old[i].field, old[i].list, now[i].list)...)
	}
	changes = append(changes, compared("cell", restCells(before), restCells(after))...)
	if rest := restParts(before, after, len(changes) == 0); len(rest) > 0 {
		changes = append(changes, rest...)
	}
	return changes
}

// compared pairs equal members first, then members of one name in their order; what is left came
// or went.
func compared(field string, old, now []entry) []FieldChange {
	old, now = withoutEqual(old, now)
	var changes []FieldChange
	for _, o := range old {
		i := slices.IndexFunc(now, func(n entry) bool { return n.of == o.of })
		if i < 0 {
			changes = append(changes, FieldChange{Field: field, Of: o.of, Before: o.text()})
			continue
		}
		changes = append(changes, pairOf(field, o, now[i])...)
		now = slices.Delete(now, i, i+1)
	}
	for _, n := range now {
		changes = append(changes, FieldChange{Field: field, Of: n.of, After: n.text()})
	}
	return changes
}

// withoutEqual drops pairs of equal members.
func withoutEqual(old, now []entry) (left, right []entry) {
	count := map[string][]int{}
	for i, n := range now {
		key := n.of + "\x00" + n.whole()
		count[key] = append(count[key], i)
	}
	paired := make([]bool, len(now))
	for _, o := range old {
		key := o.of + "\x00" + o.whole()
		if same := count[key]; len(same) > 0 {
			paired[same[0]], count[key] = true, same[1:]
			continue
		}
		left = append(left, o)
	}
	for i, n := range now {
		if !paired[i] {
			right = append(right, n)
		}
	}
	return left, right
}

// whole is equal for entries of equal values.
func (e entry) whole() string {
	var b strings.Builder
	for _, v := range e.values {
		b.WriteString(v.name + "\x01" + v.text + "\x02")
	}
	return b.String()
}

// pairOf tells the values that differ between two members of one name.
func pairOf(field string, old, now entry) []FieldChange {
	var changes []FieldChange
	names := map[string]bool{}
	for _, v := range slices.Concat(old.values, now.values) {
		if names[v.name] {
			continue
		}
		names[v.name] = true
		was, is := old.value(v.name), now.value(v.name)
		if was == is {
			continue
		}
		name := field
		if v.name != "" {
			name += "." + v.name
		}
		changes = append(changes, FieldChange{Field: name, Of: old.of, Before: was, After: is})
	}
	return changes
}

func (e entry) value(name string) string {
	for _, v := range e.values {
		if v.name == name {
			return v.text
		}
	}
	return ""
}

// restCells are the cells of a row that mean nothing here and are kept with it.
func restCells(d document) []entry {
	var list []entry
	for name, text := range d.row.Cells {
		if !knownColumn(name) {
			list = append(list, entry{name, []value{{"", text}}})
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.of, b.of) })
	return list
}

// restParts tells of attributes and elements that are kept in the document alone; of all of them
// when nothing else explains why two documents differ.
func restParts(before, after document, all bool) []FieldChange {
	of := func(d document) (list []entry) {
		for _, p := range d.parts {
			if all || !decoded[p.Name] {
				list = append(list, entry{p.Name, []value{{"", p.Text}}})
			}
		}
		return list
	}
	return compared("element", of(before), of(after))
}

// decoded names the attributes and children of an iati-activity that iati.Decode reads whole.
var decoded = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(`@xml:lang @default-currency @last-updated-datetime @hierarchy @humanitarian @budget-not-provided
		iati-identifier reporting-org title description participating-org other-identifier activity-status activity-date activity-scope
		recipient-country recipient-region location sector tag policy-marker collaboration-type default-flow-type default-finance-type
		default-aid-type default-tied-status budget planned-disbursement transaction related-activity`) {
		names[name] = true
	}
	return names
}()
