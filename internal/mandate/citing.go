package mandate

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"resolute"
)

// citing is how one language cites instruments by kind and number, made from citation_words.csv.
type citing struct {
	lang     resolute.Lang
	hints    map[string][]string // by form ("", section, basic): a line without any of these has none
	numbered *regexp.Regexp      // a whole citation; groups annex, before, kind, mid, items, annexed
	item     *regexp.Regexp      // one number of it; groups num, b1, day, after, b2
	kinds    []kindForm
	day      *regexp.Regexp // groups: day, month, year; Chinese: year, month, day
	months   map[string]string
	session  *regexp.Regexp
	this     *regexp.Regexp // "this conference"
	own      *regexp.Regexp // "its"
	annex    *regexp.Regexp
	section  *regexp.Regexp // "§§ 27 and 35 of the"; group numbers
	named    []namedText
	basic    *regexp.Regexp // "No. 81 of the Convention"; groups numbers, article, cs
	joins    []wordForm     // what joins numbers
}

// kindForm is a word for a kind of instruments.
type kindForm struct {
	pattern *regexp.Regexp
	code    string // res, dec, rec, opinion
	own     bool   // the word itself says "its"
}

// namedText is a text that is cited by its name.
type namedText struct {
	pattern *regexp.Regexp
	key     string
}

// The numbers of instruments and what may stand between brackets behind them.
const (
	sectorForm  = `(?:(?:ITU|UIT|МСЭ)-[RTРТ] ?)?`
	numberForm  = `(?:(?:ITU|UIT|МСЭ)-[RР] ?\d{1,3}(?:-\d{1,2})?|(?:ITU|UIT|МСЭ)-[TТ] [A-Z]\.\d+(?:\.\d+)?|S-\d{1,2}/\d{1,3}|\d{1,4}/\d{1,4}(?: [A-ZА-В]\b)?|\d{1,4} ?\([IVXLC]+\)|\d{1,2}\.\d{2,3}|\d{1,4}(?:-\d{1,2})?)`
	bracketForm = `(?: ?\([^()]{4,60}\))?`
	partForm    = `\d{1,3}(?:[-–]\d{1,3})?(?: ?[a-z]\))?`
)

// citers are the forms of each language.
var citers = sync.OnceValue(func() map[resolute.Lang]*citing {
	words := map[resolute.Lang]map[string][]wordForm{}
	for _, row := range readTable("citation_words.csv") {
		lang := resolute.Lang(row["lang"])
		if words[lang] == nil {
			words[lang] = map[string][]wordForm{}
		}
		words[lang][row["part"]] = append(words[lang][row["part"]], wordForm{row["pattern"], row["means"]})
	}
	all := map[resolute.Lang]*citing{}
	for lang, parts := range words {
		all[lang] = newCiting(lang, parts)
	}
	return all
})

// wordForm is a row of citation_words.csv.
type wordForm struct{ pattern, means string }

// either joins the patterns of a part, without groups; empty: one that never fits.
func either(forms []wordForm) string {
	if len(forms) == 0 {
		return `\b\B`
	}
	var list []string
	for _, f := range forms {
		list = append(list, withoutGroups(f.pattern))
	}
	return `(?:` + strings.Join(list, "|") + `)`
}

var group = regexp.MustCompile(`(^|[^\\])\((\?P<[a-z]+>|[^?])`)

// withoutGroups turns the groups of a pattern into ones that are not counted.
func withoutGroups(pattern string) string {
	for group.MatchString(pattern) {
		pattern = group.ReplaceAllStringFunc(pattern, func(found string) string {
			m := group.FindStringSubmatch(found)
			if strings.HasPrefix(m[2], "?P<") {
				return m[1] + "(?:"
			}
			return m[1] + "(?:" + m[2]
		})
	}
	return pattern
}

func newCiting(lang resolute.Lang, parts map[string][]wordForm) *citing {
	c := &citing{lang: lang, months: map[string]string{}, hints: map[string][]string{}, joins: parts["join"]}
	for _, part := range []string{"kind", "ownkind"} {
		for _, f := range parts[part] {
			c.kinds = append(c.kinds, kindForm{regexp.MustCompile(`^(?:` + f.pattern + `)$`), f.means, part == "ownkind"})
		}
	}
	var months []string
	for _, f := range parts["month"] {
		c.months[f.pattern] = f.means
		months = append(months, regexp.QuoteMeta(f.pattern))
	}
	day := `\b\B`
	if len(parts["day"]) > 0 {
		day = strings.ReplaceAll(parts["day"][0].pattern, "MONTH", `(`+strings.Join(months, "|")+`)`)
	}
	c.day = regexp.MustCompile(day)
	for _, f := range parts["hint"] {
		c.hints[f.means] = append(c.hints[f.means], f.pattern)
	}
	for _, f := range parts["named"] {
		c.named = append(c.named, namedText{regexp.MustCompile(f.pattern), f.means})
	}
	if len(parts["basic"]) > 0 {
		c.basic = regexp.MustCompile(parts["basic"][0].pattern)
	}
	c.this, c.own = regexp.MustCompile(either(parts["this"])), regexp.MustCompile(either(parts["own"]))
	c.annex = regexp.MustCompile(joined(parts["annex"]) + `|` + joined(parts["annexed"]))
	c.session = regexp.MustCompile(joined(parts["session"]))
	c.numbers(parts, withoutGroups(day))
	c.sections(parts)
	return c
}

// joined joins the patterns of a part with their groups.
func joined(forms []wordForm) string {
	if len(forms) == 0 {
		return `\b\B`
	}
	var list []string
	for _, f := range forms {
		list = append(list, f.pattern)
	}
	return strings.Join(list, "|")
}

// numbers makes the forms of a whole citation and of one number of it.
func (c *citing) numbers(parts map[string][]wordForm, day string) {
	body := bodyForm(c.lang, parts)
	kinds := either(append(append([]wordForm{}, parts["kind"]...), parts["ownkind"]...))
	if c.lang == resolute.Chinese {
		c.chinese(parts, body, kinds, day)
		return
	}
	after := `(?:` + either(parts["session"]) + `|` + either(parts["of"]) + `(?:` + either(parts["this"]) + `|` + body + `(?:[ -](?:19|20)\d{2}\b)?)` + either(parts["session"]) + `?)?`
	item := numberForm + bracketForm + `(?:` + day + `)?` + after + bracketForm
	again, sign := `(?:`+either(parts["again"])+`)*`, `(?:`+either(parts["sign"])+`)?`
	join := either(parts["join"]) + again + `(?:` + kinds + ` )?` + sign
	edge := `(?:^|[^\p{L}\p{N}])`
	c.numbered = regexp.MustCompile(edge + `(?P<all>(?P<annex>` + either(parts["annex"]) + `)?(?:(?P<before>` + either(parts["own"]) + `|` + body + `) )?(?P<kind>` + kinds + `)(?P<mid> ` + body + `)? ` + sign +
		`(?P<items>` + item + `(?:` + join + item + `)*)(?P<annexed>` + either(parts["annexed"]) + `)?)`)
	c.item = regexp.MustCompile(`(?P<num>` + numberForm + `)(?P<b1>` + bracketForm + `)(?P<day>` + day + `)?(?P<after>` + after + `)(?P<b2>` + bracketForm + `)`)
}

// chinese makes the forms of Chinese, in which the kind stands behind the numbers and the edition
// behind the kind.
func (c *citing) chinese(parts map[string][]wordForm, body, kinds, day string) {
	item := numberForm + bracketForm + `号?`
	c.numbered = regexp.MustCompile(`(?P<all>(?P<day>` + day + `)?(?P<before>` + either(parts["this"]) + `|` + body + `|` + either(parts["own"]) + `)?(?:的|以往|通过的|关于)*(?P<sector>ITU-[RT] ?)?第? ?` +
		`(?P<items>` + item + `(?:` + either(parts["join"]) + `第? ?` + item + `)*)号?(?P<kind>` + kinds + `)(?P<b2>` + bracketForm + `)(?P<annexed>` + either(parts["annexed"]) + `)?)`)
	c.item = regexp.MustCompile(`(?P<num>` + numberForm + `)(?P<b1>` + bracketForm + `)(?P<day>\b\B)?(?P<after>\b\B)?(?P<b2>\b\B)?`)
}

// bodyForm fits every name of a body in a language.
func bodyForm(lang resolute.Lang, parts map[string][]wordForm) string {
	var names []string
	for _, b := range bodyNames() {
		if b.lang == lang {
			names = append(names, regexp.QuoteMeta(b.words))
		}
	}
	prefix, suffix := "", ""
	if len(parts["prefix"]) > 0 {
		prefix = parts["prefix"][0].pattern
	}
	if len(parts["suffix"]) > 0 {
		suffix = parts["suffix"][0].pattern
	}
	return withoutGroups(`(?:` + prefix + `(?:` + strings.Join(names, "|") + `)` + suffix + `(?: \([A-ZА-Я]{2,8}\))?)`)
}

// mayCite looks for the letters that every way of writing a form has: cheaper than the form.
func (c *citing) mayCite(text, form string) bool {
	return slices.ContainsFunc(c.hints[form], func(hint string) bool { return strings.Contains(text, hint) })
}

// sections makes the form of "§§ 27 c) and 50 d) of the".
func (c *citing) sections(parts map[string][]wordForm) {
	if len(parts["section"]) == 0 {
		return
	}
	c.section = regexp.MustCompile(`(?:` + either(parts["section"]) + `)(?P<numbers>` + partForm + `(?:` + either(parts["join"]) + partForm + `)*)` + either(parts["sectionof"]))
}

// citersFor are the languages in which a line may cite: those of its script.
func citersFor(text string) []*citing {
	all := citers()
	if lang := byScript(text); lang != "" {
		return []*citing{all[lang], all[resolute.English]}
	}
	return []*citing{all[resolute.English], all[resolute.French], all[resolute.Spanish]}
}
