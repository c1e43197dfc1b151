package mandate

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"resolute"
)

// selfForm is one way in which a language names a provision of the same text: a row of
// self_citations.csv. Its groups are heading, who and marks; cite where a citation is less than
// what the form takes; clear and unit for words that leave no doubt ("above").
type selfForm struct {
	lang    resolute.Lang
	itu     bool                  // of texts whose headings stand over lists
	hints   []string              // letters without which no line has it; none: any line
	pattern func() *regexp.Regexp // made when first asked for
}

// selfKey is the key of a target that is the citing text itself.
const selfKey = "self"

var selfForms = sync.OnceValue(func() map[resolute.Lang][]selfForm {
	all := map[resolute.Lang][]selfForm{}
	for _, row := range readTable("self_citations.csv") {
		lang := resolute.Lang(row["lang"])
		all[lang] = append(all[lang], selfForm{lang, row["family"] == familyITU, pieces(row["hint"]), sync.OnceValue(func() *regexp.Regexp {
			words := strings.NewReplacer("VERB", headingVerbsOf(lang), "WHO", addresseeNamesOf(lang), "MARKS", selfMarks(lang))
			return regexp.MustCompile(words.Replace(row["pattern"]))
		})})
	}
	return all
})

// selfMark is a mark by which a provision is cited: 5, 1.2, a), and the letters of Arabic lists.
const selfMark = `(?:\d{1,3}(?:\.\d{1,2})?|[a-z]\)|[أبجدهوزحطي] ?\))`

var selfItem = regexp.MustCompile(selfMark)

// selfMarks fits one mark or several, joined as the language joins the numbers of instruments.
func selfMarks(lang resolute.Lang) string {
	join := either(citers()[lang].joins)
	return selfMark + `(?:(?:, and |` + join + `)第?` + selfMark + `)*`
}

// headingVerbsOf fits every verb of a language that may stand alone over a list.
func headingVerbsOf(lang resolute.Lang) string {
	var forms []string
	for _, list := range verbs()[lang] {
		for _, f := range list {
			if f.heading && f.class != adverb {
				forms = append(forms, stretched(strings.Join(f.words, " ")))
			}
		}
	}
	return longestFirst(forms)
}

func addresseeNamesOf(lang resolute.Lang) string {
	var names []string
	for _, a := range knownAddressees() {
		if a.lang == lang {
			for _, name := range a.names {
				names = append(names, regexp.QuoteMeta(name))
			}
		}
	}
	return longestFirst(names)
}

func longestFirst(forms []string) string {
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return `(?:` + strings.Join(slices.Compact(forms), "|") + `)`
}

// stretched lets Arabic words have lengthening strokes.
func stretched(words string) string {
	if byScript(words) != resolute.Arabic {
		return regexp.QuoteMeta(words)
	}
	var b strings.Builder
	for _, r := range words {
		b.WriteRune(r)
		b.WriteString("ـ*")
	}
	return b.String()
}

// findSelf finds "resolves 1, 2 and 4 above", "instructs the Secretary-General 5" and "paragraph 5 of
// this resolution": provisions of the same text by heading and number, in six languages.
func findSelf(text, body string) []Citation {
	if !strings.ContainsAny(text, "0123456789)") {
		return nil
	}
	itu := body == "" || strings.HasPrefix(body, "itu:")
	var list []Citation
	for _, c := range citersFor(text) {
		for _, f := range selfForms()[c.lang] {
			if (itu || !f.itu) && f.mayBeIn(text) {
				list = append(list, f.find(text)...)
			}
		}
	}
	return list
}

func (f selfForm) mayBeIn(text string) bool {
	return len(f.hints) == 0 || slices.ContainsFunc(f.hints, func(hint string) bool { return strings.Contains(text, hint) })
}

func (f selfForm) find(text string) []Citation {
	var list []Citation
	pattern := f.pattern()
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		group := func(name string) (from, to int) {
			if i := pattern.SubexpIndex(name); i >= 0 && m[2*i] >= 0 {
				return m[2*i], m[2*i+1]
			}
			return m[0], m[0]
		}
		from, to := group("cite")
		if from == to {
			from, to = m[0], m[1]
		}
		a, b := group("marks")
		_, clear := group("clear")
		_, unit := group("unit")
		if clear == m[0] && unit == m[0] && f.lang != resolute.English && goesOnWith(text[to:]) && !beforeInstrument.MatchString(text[to:]) {
			continue // "resuelve 2 problemas"
		}
		h, g := group("heading")
		w, o := group("who")
		list = append(list, Citation{Start: from, End: to, Targets: f.targets(text[h:g], text[w:o], text[a:b])})
	}
	return list
}

// goesOnWith tells whether the words behind a number may belong to it.
func goesOnWith(rest string) bool {
	first := firstRune(strings.TrimPrefix(rest, " "))
	return unicode.IsLetter(first) || unicode.IsDigit(first) || strings.HasPrefix(rest, " %")
}

func (f selfForm) targets(heading, who, marks string) []Target {
	part := ""
	if heading != "" {
		h := headOf(heading, f.lang)
		part = headingPath(heading, h, f.lang)
	}
	if who = strings.TrimSpace(who); who != "" {
		part += "-" + addresseeCode(who, f.lang)
	}
	var list []Target
	for _, mark := range selfItem.FindAllString(marks, -1) {
		mark = pathMark(strings.TrimRight(mark, " )"))
		list = append(list, Target{Key: selfKey, Part: joinPath(part, mark)})
	}
	return list
}

// addresseeCode shortens an addressee as the ids of citations within a text write it.
func addresseeCode(who string, lang resolute.Lang) string {
	for _, a := range knownAddressees() {
		for _, name := range a.names {
			if a.lang == lang && strings.Contains(who, name) {
				return a.code
			}
		}
	}
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(who), "the "), " ", "-"))
}
