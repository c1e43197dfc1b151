package rules

import (
	"math/big"
	"slices"
	"strings"
)

func trimmed(text string) string { return strings.Trim(text, " \t\r\n") }

// known reports whether an identifier is that of an organisation in the official lists or, for an
// identifier of an activity, begins with one.
func (r *Rule) known(text string) bool {
	organisations := Lists()["OrganisationIdentifier"]
	if r.unless == "known-organisation" {
		return organisations.Has(text)
	}
	for i := range min(len(text), organisations.longest+1) {
		if text[i] == '-' && organisations.Has(text[:i]) {
			return true
		}
	}
	return false
}

func matches(_ judge, r *Rule, _ scope, items selection) (all []Breach) {
	for it := range items.all() {
		text := it.String()
		if text != "" && !r.pattern.MatchString(text) && !(r.unless != "" && r.known(text)) {
			all = append(all, r.breach(it)...)
		}
	}
	return all
}

// startsWith: an identifier begins with one of some texts, or with the code of an agency that
// registers organisations, which is all before its second hyphen.
func startsWith(_ judge, r *Rule, s scope, items selection) (all []Breach) {
	var prefixes []string
	for _, p := range r.prefixes {
		for _, it := range s.selected(p) {
			prefixes = append(prefixes, it.String()+r.words["separator"])
		}
	}
	prefixes = shortest(prefixes)
	for it := range items.all() {
		text := it.String()
		fits := len(prefixes) == 0 || begins(text, prefixes)
		if r.words["prefix"] != "" {
			fits = Lists()["OrganisationRegistrationAgency"].Has(agency(text))
		}
		if !fits && !(r.unless != "" && r.known(text)) {
			all = append(all, r.breach(it)...)
		}
	}
	return all
}

// shortest sorts prefixes and leaves out those that begin with another.
func shortest(prefixes []string) []string {
	slices.Sort(prefixes)
	kept := prefixes[:0]
	for _, prefix := range prefixes {
		if len(kept) == 0 || !strings.HasPrefix(prefix, kept[len(kept)-1]) {
			kept = append(kept, prefix)
		}
	}
	return kept
}

// begins reports whether a text begins with one of some prefixes. They are sorted and none begins with
// another, so that it can only be the last that does not follow the text.
func begins(text string, prefixes []string) bool {
	n, equal := slices.BinarySearch(prefixes, text)
	return equal || n > 0 && strings.HasPrefix(text, prefixes[n-1])
}

// agency gives all before the second hyphen.
func agency(text string) string {
	parts := strings.SplitN(text, "-", 3)
	return strings.Join(parts[:min(2, len(parts))], "-")
}

func inRange(r *Rule, text string) bool {
	n := numberOf(text)
	return n != n || n >= numberOf(r.words["min"]) && n <= numberOf(r.words["max"]) // no number: the schema tells
}

// strictSum: numbers add up to a sum when rounded to four decimals. Where none is stated there is
// nothing to add: what is missing is not zero.
func strictSum(_ judge, r *Rule, s scope, items selection) []Breach {
	if _, there := items.nth(0); !there {
		return nil
	}
	sum := new(big.Rat)
	for n, of := range items {
		part := s.sum(r.paths[n], of)
		if part == nil {
			return nil // no number: the schema tells
		}
		sum.Add(sum, part)
	}
	wanted, _ := new(big.Rat).SetString(r.words["sum"])
	if sum.FloatString(4) == wanted.FloatString(4) {
		return nil
	}
	b := r.first(s, items)
	b[0].Found = sum.FloatString(4)
	return b
}

// oneOrAll: something is said once for all, or for each of what needs it.
func oneOrAll(_ judge, r *Rule, s scope, _ selection) []Breach {
	if s.holds(r.named["one"]) {
		return nil
	}
	switch r.words["all"] {
	case "lang":
		return r.lacking(s, []string{"narrative"}, "xml:lang")
	case "currency":
		return r.lacking(s, []string{"value", "forecast", "loan-status"}, "currency")
	}
	for _, child := range s.node.Children {
		if string(child.Name) == "transaction" && len((&step{name: r.words["all"]}).reach(child)) == 0 {
			return []Breach{r.at(item{child, element})}
		}
	}
	return nil
}

// lacking finds the first element of some names without an attribute.
func (r *Rule) lacking(s scope, names []string, attribute string) []Breach {
	for _, it := range below(s.node, nil) {
		for _, name := range names {
			if string(it.node.Name) == name && it.node.attr(attribute) < 0 {
				return []Breach{r.at(it)}
			}
		}
	}
	return nil
}
