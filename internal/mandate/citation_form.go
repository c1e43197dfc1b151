package mandate

import (
	"regexp"
	"strings"
	"sync"
)

var (
	section   = regexp.MustCompile(partForm)
	digits    = regexp.MustCompile(`\d{1,3}[A-Z]?`)
	committee = regexp.MustCompile(`\bDecisions? (\d{1,2}\.COM [\d]+(?:\.[a-z0-9]+)*(?:(?:, | and )\d{1,2}\.COM [\d]+(?:\.[a-z0-9]+)*)*)`)
	session   = regexp.MustCompile(`(\d{1,2}\.COM) ([\d]+(?:\.[a-z0-9]+)*)`)
)

// findSections finds "§§ 27 c) and 50 d) of the Tunis Agenda" and "§ 12 of UNGA Resolution 70/125".
func findSections(text, body string) []Citation {
	var list []Citation
	for _, c := range citersFor(text) {
		if c.section == nil || !c.mayCite(text, "section") {
			continue
		}
		for _, m := range c.section.FindAllStringSubmatchIndex(text, -1) {
			keys, end := c.instrumentAt(text[m[1]:], body)
			if len(keys) == 0 {
				continue
			}
			cited := Citation{Start: m[0], End: m[1] + end}
			for _, part := range section.FindAllString(text[m[2]:m[3]], -1) {
				cited.Targets = append(cited.Targets, Target{Key: keys[0].Key, Edition: keys[0].Edition, Part: strings.NewReplacer(" ", "", ")", "", "–", "-").Replace(part)})
			}
			if keys[0].Part != "" { // a paragraph of an annex
				cited.Targets = keys
			}
			list = append(list, cited)
		}
	}
	return append(list, findChineseSections(text)...)
}

var chineseSections = sync.OnceValue(func() *regexp.Regexp {
	var names []string
	for _, n := range citers()["zh"].named {
		names = append(names, n.pattern.String())
	}
	return regexp.MustCompile(`(` + strings.Join(names, "|") + `)的?第?§{0,2} ?(\d{1,3}(?:-\d{1,3})?(?:(?:、|和|及|,|以及)第?\d{1,3}(?:-\d{1,3})?)*)(?:段|条)`)
})

// findChineseSections finds paragraphs behind the name of their text, as Chinese has them.
func findChineseSections(text string) []Citation {
	if !strings.ContainsAny(text, "段条") {
		return nil
	}
	var list []Citation
	for _, m := range chineseSections().FindAllStringSubmatchIndex(text, -1) {
		cited := Citation{Start: m[0], End: m[1]}
		for _, n := range citers()["zh"].named {
			if !n.pattern.MatchString(text[m[2]:m[3]]) {
				continue
			}
			for _, part := range section.FindAllString(text[m[4]:m[5]], -1) {
				cited.Targets = append(cited.Targets, Target{Key: n.key, Part: part})
			}
			break
		}
		list = append(list, cited)
	}
	return list
}

// instrumentAt reads the instrument at the head of a text, and where its name ends.
func (c *citing) instrumentAt(rest, body string) ([]Target, int) {
	for _, n := range c.named {
		if at := n.pattern.FindStringIndex(rest); at != nil && at[0] == 0 {
			return []Target{{Key: n.key}}, at[1]
		}
	}
	if !c.mayCite(rest, "") {
		return nil, 0
	}
	for _, found := range c.find(rest, body) {
		if found.Start == 0 && len(found.Targets) == 1 && found.Targets[0].Key != "" {
			return found.Targets, found.End
		}
	}
	return nil, 0
}

// findNamed finds the outcomes of the summit where they are only named.
func findNamed(text, _ string) []Citation {
	var list []Citation
	for _, c := range citersFor(text) {
		for _, n := range c.named {
			for _, m := range n.pattern.FindAllStringIndex(text, -1) {
				list = append(list, Citation{Start: m[0], End: m[1], Targets: []Target{{Key: n.key}}})
			}
		}
	}
	return list
}

// findConvention finds "No. 81 of the Convention" and "Nos 6 and 7 of Article 1 of the ITU Constitution".
// Other bodies have conventions of their own.
func findConvention(text, body string) []Citation {
	if body != "" && !strings.HasPrefix(body, "itu:") {
		return nil
	}
	var list []Citation
	for _, c := range citersFor(text) {
		if c.basic == nil || !c.mayCite(text, "basic") {
			continue
		}
		for _, m := range c.basic.FindAllStringSubmatchIndex(text, -1) {
			part := func(name string) string {
				if i := c.basic.SubexpIndex(name); m[2*i] >= 0 {
					return text[m[2*i]:m[2*i+1]]
				}
				return ""
			}
			key, article := "itu:cv/", ""
			if part("cs") != "" {
				key = "itu:cs/"
			}
			if part("article") != "" {
				article = "article-"
			}
			cited := Citation{Start: m[0], End: m[1]}
			for _, number := range digits.FindAllString(part("numbers"), -1) {
				cited.Targets = append(cited.Targets, Target{Key: key + article + number})
			}
			list = append(list, cited)
		}
	}
	return list
}

// symbolForm is a symbol that names an instrument or document by itself.
type symbolForm struct {
	pattern *regexp.Regexp
	key     string // $0 is the whole symbol, $1 and $2 its parts
}

var symbols = sync.OnceValue(func() []symbolForm {
	var list []symbolForm
	for _, row := range readTable("symbols.csv") {
		list = append(list, symbolForm{regexp.MustCompile(row["pattern"]), row["key"]})
	}
	return list
})

// findDocuments finds symbols of documents, and decisions of the heritage committee.
func findDocuments(text, _ string) []Citation {
	if !strings.ContainsRune(text, '/') && !strings.Contains(text, "WHA") && !strings.Contains(text, "Conf.") && !strings.Contains(text, ".COM ") {
		return nil
	}
	var list []Citation
	for _, s := range symbols() {
		for _, m := range s.pattern.FindAllStringSubmatchIndex(text, -1) {
			key := strings.ReplaceAll(string(s.pattern.ExpandString(nil, s.key, text, m)), " ", "-")
			key, edition, _ := strings.Cut(strings.ToLower(key), "@")
			list = append(list, Citation{Start: m[0], End: m[1], Targets: []Target{{Key: key, Edition: edition}}})
		}
	}
	for _, m := range committee.FindAllStringSubmatchIndex(text, -1) {
		c := Citation{Start: m[0], End: m[1]}
		for _, s := range session.FindAllStringSubmatch(text[m[2]:m[3]], -1) {
			c.Targets = append(c.Targets, Target{Key: "unesco-ich:dec/" + strings.ToLower(s[1]) + "/" + s[2]})
		}
		list = append(list, c)
	}
	return list
}
