package mandate

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"resolute"
	"resolute/internal/search"
)

// knownAddressee is a party that resolutions speak to, with the ways of naming it in one language.
type knownAddressee struct {
	code  string // sg, director-bdt, member-states
	lang  resolute.Lang
	names []string

	folded []string // names, as words of a search
}

var knownAddressees = sync.OnceValue(func() []knownAddressee {
	var list []knownAddressee
	for _, row := range readTable("addressees.csv") {
		a := knownAddressee{code: row["code"], lang: resolute.Lang(row["lang"]), names: pieces(row["names"])}
		for _, name := range a.names {
			a.folded = append(a.folded, search.Padded(search.Tokens(name)...))
		}
		list = append(list, a)
	}
	return list
})

// addressees lists who a text with a directing verb at its head speaks to, as printed:
// "instructs the Secretary-General and the Directors of the Bureaux" gives both. A heading that
// only resolves speaks to nobody by name.
func addressees(text string, lang resolute.Lang) []string {
	h := headOf(text, lang)
	switch {
	case h.class != directing:
		return nil
	case lang != resolute.English:
		return namedIn(h.rest, lang)
	}
	var list []string
	for _, phrase := range headingVerbs(text) {
		list = append(list, splitNames(phrase)...)
	}
	return list
}

// asked gives whom a paragraph asks: the words between its verb and "to".
func asked(text string, lang resolute.Lang) []string {
	h := headOf(text, lang)
	if h.class != directing || h.means == "decides" || h.means == "resolves" {
		return nil
	}
	if lang != resolute.English {
		return namedIn(h.rest, lang)
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(h.rest, "upon "), "on ")
	for _, end := range []struct {
		words  string
		within int
	}{{" to ", 300}, {" to:", 300}, {":", 100}} {
		if who, _, found := strings.Cut(rest, end.words); found && len(who) <= end.within {
			return splitNames(who)
		}
	}
	return nil
}

// askedWithin is how far behind the verb an addressee is looked for, in bytes.
const askedWithin = 240

// namedIn lists the known addressees that are named behind a verb, up to the word that says what
// they are to do, as printed and in the order of the text.
func namedIn(rest string, lang resolute.Lang) []string {
	for _, to := range languages()[lang].tos {
		if at := strings.Index(rest, " "+to+" "); at >= 0 && len([]rune(to)) > 2 {
			rest = rest[:at]
		}
	}
	rest = strings.ToValidUTF8(rest[:min(len(rest), askedWithin)], "")
	small := strings.ToLower(rest)
	type place struct{ at, end int }
	var found []place
	for _, a := range knownAddressees() {
		if a.lang != lang {
			continue
		}
		for _, name := range a.names {
			at := strings.Index(small, strings.ToLower(name))
			p := place{at, at + len(name)}
			if at >= 0 && p.end <= len(rest) && !slices.ContainsFunc(found, func(o place) bool { return p.at < o.end && o.at < p.end }) {
				found = append(found, p)
			}
		}
	}
	slices.SortFunc(found, func(a, b place) int { return a.at - b.at })
	var list []string
	for _, p := range found {
		list = append(list, rest[p.at:p.end])
	}
	return list
}

// headingVerbs cuts a heading at its verbs and gives what stands behind each: a heading may hold
// two, "requests the Secretary-General and instructs the Director".
func headingVerbs(text string) []string {
	words := strings.Fields(text)
	var phrases [][]string
	for i, word := range words {
		small := strings.Trim(strings.ToLower(word), ",")
		switch {
		case classOf(small) == directing, small == "invite" && i > 0, small == "instruct" && i > 0, small == "request" && i > 0:
			phrases = append(phrases, nil)
		case len(phrases) == 0 || len(phrases[len(phrases)-1]) == 0 && (small == "upon" || small == "on" || small == "to"):
		default:
			phrases[len(phrases)-1] = append(phrases[len(phrases)-1], word)
		}
	}
	var list []string
	for _, p := range phrases {
		for len(p) > 0 && (p[len(p)-1] == "and" || classOf(p[len(p)-1]) == adverb) {
			p = p[:len(p)-1]
		}
		list = append(list, strings.Join(p, " "))
	}
	return list
}

// classOf is the class of an English word that may head a list; empty for any other word.
func classOf(small string) string {
	for _, f := range verbs()[resolute.English][small] {
		if f.heading && len(f.words) == 1 {
			return f.class
		}
	}
	return ""
}

// splitNames cuts "Member States, Sector Members, Associates and Academia" into names. An "and"
// cuts only before another name of its own: "the Directors of the Radiocommunication and
// Development Bureaux" is one.
func splitNames(phrase string) []string {
	var list []string
	for _, part := range strings.Split(phrase, ",") {
		part = strings.TrimSpace(part)
		for {
			before, after, found := cutNames(part)
			list = append(list, cleanName(before))
			if !found {
				break
			}
			part = after
		}
	}
	kept := list[:0]
	for _, name := range list {
		if name != "" && unicode.IsUpper(firstRune(name)) {
			kept = append(kept, name)
		}
	}
	return kept
}

func cutNames(part string) (before, after string, found bool) {
	part = strings.TrimPrefix(part, "and ")
	before, after, found = strings.Cut(part, " and ")
	if !found || strings.Contains(before, " of ") && !strings.HasPrefix(after, "the ") && !strings.HasPrefix(after, "to ") {
		return part, "", false
	}
	return before, after, true
}

func cleanName(name string) string {
	name = strings.TrimSpace(name)
	for _, article := range []string{"the ", "all ", "its ", "each ", "and ", "to "} {
		name = strings.TrimPrefix(name, article)
	}
	return strings.TrimSpace(name)
}

// AddresseeName names a known addressee in a language, else in English, else by its code.
func AddresseeName(code string, lang resolute.Lang) string {
	name := code
	for _, a := range knownAddressees() {
		if a.code == code && (a.lang == lang || a.lang == resolute.English && name == code) {
			name = a.names[0]
		}
	}
	return name
}

// AddresseeIn names in a language an addressee that a text names as printed; ok is false when it is none
// that is known.
func AddresseeIn(printed string, lang resolute.Lang) (name string, ok bool) {
	folded := search.Padded(search.Tokens(printed)...)
	for _, a := range knownAddressees() {
		if slices.Contains(a.folded, folded) {
			return AddresseeName(a.code, lang), true
		}
	}
	return "", false
}
