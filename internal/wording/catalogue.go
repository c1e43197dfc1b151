package wording

import (
	"embed"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"resolute"
)

//go:embed data/*.json data/reviewed.csv
var data embed.FS

// message is one text: plain, or one form for each plural category of the language.
type message struct {
	plain string
	forms map[string]string
}

// UnmarshalJSON reads a string, or an object of plural forms.
func (m *message) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &m.plain)
	}
	return json.Unmarshal(raw, &m.forms)
}

var catalogues = sync.OnceValue(func() map[resolute.Lang]map[string]message {
	all := make(map[resolute.Lang]map[string]message, len(resolute.Langs))
	for _, lang := range resolute.Langs {
		raw, err := data.ReadFile("data/" + string(lang) + ".json")
		if err != nil {
			panic(err) // embedded; a missing one is a programmer's fault
		}
		messages := map[string]message{}
		if err := json.Unmarshal(raw, &messages); err != nil {
			panic(fmt.Sprintf("catalogue %s: %v", lang, err))
		}
		all[lang] = messages
	}
	return all
})

// Printer writes text, numbers and dates in one language. It is immutable.
type Printer struct {
	Lang     resolute.Lang
	tag      language.Tag
	messages map[string]message
}

// For gives the printer of a language; an unknown language gets English.
func For(lang resolute.Lang) *Printer {
	if !lang.Known() {
		lang = resolute.English
	}
	return &Printer{Lang: lang, tag: language.MustParse(string(lang)), messages: catalogues()[lang]}
}

// Keys lists every key of the catalogue in order.
func Keys() []string {
	messages := catalogues()[resolute.English]
	list := make([]string, 0, len(messages))
	for key := range messages {
		list = append(list, key)
	}
	sort.Strings(list)
	return list
}

// Has reports whether a key exists.
func (p *Printer) Has(key string) bool {
	_, ok := p.messages[key]
	return ok
}

// T gives the text of a key with its arguments, which alternate name and value. Whole numbers
// are written as the language does; the one named n chooses the plural form. A key that does
// not exist gives itself in marks that a test looks for.
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.messages[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	text := m.plain
	if m.forms != nil {
		text = m.form(p, args)
	}
	for i := 0; i+1 < len(args); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(args[i])+"}", p.value(args[i+1]))
	}
	return text
}

func (p *Printer) value(v any) string {
	switch n := v.(type) {
	case int:
		return p.Number(int64(n))
	case int64:
		return p.Number(n)
	}
	return fmt.Sprint(v)
}

// form chooses the plural form by the argument n.
func (m message) form(p *Printer, args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] != "n" {
			continue
		}
		n, ok := args[i+1].(int)
		if wide, is := args[i+1].(int64); is {
			n, ok = int(wide), true
		}
		if text := m.forms[category(p.tag, n)]; ok && text != "" {
			return text
		}
	}
	return m.forms["other"]
}

var categories = map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// category is the plural category of a whole number, by the rules of CLDR.
func category(tag language.Tag, n int) string {
	if n < 0 {
		n = -n
	}
	return categories[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
}

var matcher = sync.OnceValue(func() language.Matcher {
	tags := []language.Tag{language.English} // the first is what nobody asked for
	for _, lang := range resolute.Langs {
		tags = append(tags, language.MustParse(string(lang)))
	}
	return language.NewMatcher(tags)
})

// Match chooses the language for a header Accept-Language; when nothing fits it is English. A
// language that is merely close (Ukrainian for Russian) does not fit.
func Match(acceptLanguage string) resolute.Lang {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return resolute.English
	}
	_, index, confidence := matcher().Match(wanted...)
	if confidence == language.No || index == 0 {
		return resolute.English
	}
	return resolute.Langs[index-1]
}
