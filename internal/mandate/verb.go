package mandate

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"resolute"
)

// The classes of verbs.
const (
	preambular = "preambular"
	directing  = "directing" // gives a task
	observing  = "observing" // operative, without a task
	adverb     = "adverb"    // stands before a verb
)

// verbForm is one way of writing a verb of the drafting.
type verbForm struct {
	words   []string // in small letters
	class   string
	means   string // the English verb of a heading; of an adverb "further", else empty
	heading bool   // may head a list of ITU
}

// verbForms are the forms of a language by their first word (Chinese: first sign), longest first.
type verbForms map[string][]verbForm

var verbs = sync.OnceValue(func() map[resolute.Lang]verbForms {
	all := map[resolute.Lang]verbForms{}
	for _, row := range readTable("verbs.csv") {
		lang := resolute.Lang(row["lang"])
		if all[lang] == nil {
			all[lang] = verbForms{}
		}
		for _, form := range pieces(row["forms"]) {
			f := verbForm{words: strings.Fields(form), class: row["class"], means: row["means"], heading: row["family"] == ""}
			key := f.words[0]
			if lang == resolute.Chinese {
				f.words, key = []string{form}, string(firstRune(form))
			}
			all[lang][key] = append(all[lang][key], f)
		}
	}
	for _, forms := range all {
		for _, list := range forms {
			slices.SortStableFunc(list, func(a, b verbForm) int { return len(strings.Join(b.words, " ")) - len(strings.Join(a.words, " ")) })
		}
	}
	return all
})

// head is the verb that a text begins with.
type head struct {
	verb    string // as printed, without its adverbs
	class   string // empty: no known verb
	means   string // the English verb of a heading
	further bool   // "further", "en outre" stands before or behind it
	heading bool   // may head a list of ITU
	rest    string // behind the verb
}

// headWords is how many words are looked at to find a verb.
const headWords = 8

// headOf finds the verb that a text begins with, past its adverbs. Where the same form may open a
// recital or a paragraph (Chinese has no inflection), the one that fits the end of the text wins.
func headOf(text string, lang resolute.Lang) head {
	if lang == resolute.Chinese {
		return chineseHead(text)
	}
	words := leading(text)
	h := head{}
	for i := 0; i < len(words); {
		f, n := match(words, i, lang, text)
		if n == 0 {
			return head{}
		}
		if f.class == adverb {
			h.further = h.further || f.means == "further"
			i += n
			continue
		}
		last := words[i+n-1]
		h.verb, h.class, h.means, h.heading = strings.Trim(text[words[i].at:last.end], ",;:،"), f.class, f.means, f.heading
		if after, n := match(words, i+n, lang, text); n > 0 && after.class == adverb && after.means == "further" {
			h.further = lang != resolute.English || h.further
		}
		h.rest = strings.TrimSpace(text[last.end:])
		return h
	}
	return head{}
}

// word is a word of a text in small letters without its closing mark, with its place in bytes.
type word struct {
	text    string
	at, end int
}

func leading(text string) []word {
	var list []word
	at := 0
	for at < len(text) && len(list) < headWords {
		start := at + indexNot(text[at:], unicode.IsSpace)
		if start >= len(text) {
			break
		}
		end := len(text)
		if n := strings.IndexFunc(text[start:], unicode.IsSpace); n >= 0 {
			end = start + n
		}
		folded := strings.Trim(fold(text[start:end]), ",;:،")
		if bare := strings.TrimPrefix(folded, "و"); strings.HasPrefix(bare, "إذ") && bare != folded {
			folded = bare // Arabic "and" before a recital
		}
		list = append(list, word{folded, start, end})
		at = end
	}
	return list
}

func indexNot(text string, in func(rune) bool) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !in(r) }); n >= 0 {
		return n
	}
	return len(text)
}

// match finds the longest form that stands at a word, and how many words it takes.
func match(words []word, i int, lang resolute.Lang, text string) (verbForm, int) {
	if i >= len(words) {
		return verbForm{}, 0
	}
	for _, f := range verbs()[lang][words[i].text] {
		fits := i+len(f.words) <= len(words)
		for j := 0; fits && j < len(f.words); j++ {
			fits = words[i+j].text == f.words[j]
		}
		if fits {
			return f, len(f.words)
		}
	}
	return verbForm{}, 0
}

func chineseHead(text string) head {
	h := head{}
	for rest := text; rest != ""; {
		f, ok := chineseForm(rest, text)
		if !ok {
			return head{}
		}
		after := rest[len(f.words[0]):]
		if f.class != adverb {
			h.verb, h.class, h.means, h.heading, h.rest = f.words[0], f.class, f.means, f.heading, after
			return h
		}
		h.further = h.further || f.means == "further"
		rest = after
	}
	return head{}
}

// chineseForm finds the longest form at the head of a text: a recital ends with a comma, or stands
// as a heading without any mark.
func chineseForm(rest, whole string) (verbForm, bool) {
	recital := !strings.HasSuffix(whole, "。") && !strings.HasSuffix(whole, "；")
	var best verbForm
	for _, f := range verbs()[resolute.Chinese][string(firstRune(rest))] {
		if !strings.HasPrefix(rest, f.words[0]) {
			continue
		}
		if best.words == nil || len(f.words[0]) == len(best.words[0]) && (f.class == preambular) == recital {
			best = f
		}
	}
	return best, best.words != nil
}
