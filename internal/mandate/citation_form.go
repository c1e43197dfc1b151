package mandate

import (
	"regexp"
	"strings"
)

// outcomes are the texts that are cited by name.
var outcomes = []struct{ name, key string }{
	{`Tunis Agenda(?: for the Information Society)?`, "wsis:tunis-agenda"}, {`Tunis Commitment`, "wsis:tunis-commitment"},
	{`Geneva Plan of Action`, "wsis:geneva-plan-of-action"}, {`Geneva Declaration of Principles`, "wsis:geneva-declaration"},
	{`WSIS\+10 Statement(?: and (?:the )?WSIS\+10 Vision)?`, "wsis:wsis10-statement-vision"},
}

const sectionForm = `\d{1,3}(?:[-–]\d{1,3})?(?: ?[a-z]\))?`

var (
	sections  = regexp.MustCompile(`(?:§§? ?|\b[Pp]aragraphs? )(` + sectionForm + `(?:(?:, and |, | and )` + sectionForm + `)*) (?:of|in) (?:the )?`)
	section   = regexp.MustCompile(sectionForm)
	basic     = regexp.MustCompile(`\b(?:No\.|Nos\.?|Article|Articles) (\d{1,3}[A-Z]?(?:(?:, and |, | and )\d{1,3}[A-Z]?)*)(?: (?:to|of) Article \d{1,3})? of the (?:ITU )?(Constitution|Convention)\b`)
	digits    = regexp.MustCompile(`\d{1,3}[A-Z]?`)
	self      = regexp.MustCompile(`\b(considering|recognizing|noting|recalling|resolves|decides|instructs|requests|invites)((?: further)?)((?: the [A-Z][\p{L}-]+(?: [A-Z][\p{L}-]+)*(?: of the [A-Z][\p{L}]+(?: [A-Z][\p{L}]+)*)?)?) (` + selfForm + `(?:(?:, | and )` + selfForm + `)*)( above| below)?`)
	selfItem  = regexp.MustCompile(selfForm)
	documents = regexp.MustCompile(`\b(?:A/C\.\d/\d{1,3}/L\.\d{1,4}|A/RES/\d{1,3}/\d{1,4}|A/HRC/RES/\d{1,3}/\d{1,3}|E/RES/\d{4}/\d{1,3}|ITH/\d{2}/\d{1,2}\.GA/[\d.]+\d)\b`)
	committee = regexp.MustCompile(`\bDecisions? (\d{1,2}\.COM [\d]+(?:\.[a-z0-9]+)*(?:(?:, | and )\d{1,2}\.COM [\d]+(?:\.[a-z0-9]+)*)*)`)
	session   = regexp.MustCompile(`(\d{1,2}\.COM) ([\d]+(?:\.[a-z0-9]+)*)`)
)

const selfForm = `(?:\d{1,2}(?:\.\d{1,2})?|[a-z]\))`

// findSections finds "§§ 27 c) and 50 d) of the Tunis Agenda" and "§ 12 of UNGA Resolution 70/125".
func findSections(text, body string) []Citation {
	var list []Citation
	for _, m := range sections.FindAllStringSubmatchIndex(text, -1) {
		keys, end := sectionOf(text[m[1]:], body)
		if len(keys) == 0 {
			continue
		}
		c := Citation{Start: m[0], End: m[1] + end}
		for _, part := range section.FindAllString(text[m[2]:m[3]], -1) {
			c.Targets = append(c.Targets, Target{Key: keys[0].Key, Edition: keys[0].Edition, Part: strings.NewReplacer(" ", "", ")", "", "–", "-").Replace(part)})
		}
		list = append(list, c)
	}
	return list
}

// sectionOf reads the instrument at the head of a text, and where its name ends.
func sectionOf(rest, body string) ([]Target, int) {
	for _, o := range outcomeForms {
		if at := o.form.FindStringIndex(rest); at != nil && at[0] == 0 {
			return []Target{{Key: o.key}}, at[1]
		}
	}
	for _, c := range findNumbered(rest, body) {
		if c.Start == 0 && len(c.Targets) == 1 && c.Targets[0].Key != "" {
			return c.Targets, c.End
		}
	}
	return nil, 0
}

type outcomeForm struct {
	form *regexp.Regexp
	key  string
}

var outcomeForms = func() (list []outcomeForm) {
	for _, o := range outcomes {
		list = append(list, outcomeForm{regexp.MustCompile(`\b` + o.name), o.key})
	}
	return list
}()

// findNamed finds the outcomes of the summit where they are only named.
func findNamed(text, _ string) []Citation {
	var list []Citation
	for _, o := range outcomeForms {
		for _, m := range o.form.FindAllStringIndex(text, -1) {
			list = append(list, Citation{Start: m[0], End: m[1], Targets: []Target{{Key: o.key}}})
		}
	}
	return list
}

// findConvention finds "No. 81 of the Convention" and "Nos 6 and 7 of Article 1 of the ITU Constitution".
func findConvention(text, _ string) []Citation {
	var list []Citation
	for _, m := range basic.FindAllStringSubmatchIndex(text, -1) {
		key := "itu:cs"
		if text[m[4]:m[5]] == "Convention" {
			key = "itu:cv"
		}
		c := Citation{Start: m[0], End: m[1]}
		article := ""
		if strings.HasPrefix(text[m[0]:], "Article") {
			article = "article-"
		}
		for _, number := range digits.FindAllString(text[m[2]:m[3]], -1) {
			c.Targets = append(c.Targets, Target{Key: key + "/" + article + number})
		}
		list = append(list, c)
	}
	return list
}

// selfNames shorten the addressee of a heading as self-citations write it.
var selfNames = []struct{ words, code string }{
	{"Secretary-General", "sg"}, {"Council", "council"}, {"Directors", "directors"}, {"Director of the Telecommunication Development", "director-bdt"},
	{"Director of the Radiocommunication", "director-br"}, {"Director of the Telecommunication Standardization", "director-tsb"}, {"Member States", "member-states"},
}

// findSelf finds "resolves 1, 2 and 4 above" and "instructs the Secretary-General 5": provisions of
// the same text by heading and number.
func findSelf(text, _ string) []Citation {
	var list []Citation
	for _, m := range self.FindAllStringSubmatchIndex(text, -1) {
		heading := text[m[2]:m[3]] + strings.ReplaceAll(text[m[4]:m[5]], " ", "_")
		if who := text[m[6]:m[7]]; who != "" {
			code := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(who, " the "), " ", "-"))
			for _, n := range selfNames {
				if strings.Contains(who, n.words) {
					code = n.code
					break
				}
			}
			heading += "-" + code
		}
		c := Citation{Start: m[0], End: m[1]}
		for _, mark := range selfItem.FindAllString(text[m[8]:m[9]], -1) {
			c.Targets = append(c.Targets, Target{Key: "self", Part: heading + "_" + strings.NewReplacer(")", "", ".", "_").Replace(mark)})
		}
		list = append(list, c)
	}
	return list
}

// findDocuments finds symbols of documents, and decisions of the heritage committee.
func findDocuments(text, _ string) []Citation {
	var list []Citation
	for _, m := range documents.FindAllStringIndex(text, -1) {
		list = append(list, Citation{Start: m[0], End: m[1], Targets: []Target{{Key: documentKey(text[m[0]:m[1]])}}})
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

func documentKey(symbol string) string {
	symbol = strings.ToLower(symbol)
	switch {
	case strings.HasPrefix(symbol, "ith/"):
		return "unesco:" + symbol
	case strings.HasPrefix(symbol, "a/hrc/res/"):
		return "un:a/hrc/res/" + strings.TrimPrefix(symbol, "a/hrc/res/")
	}
	return "un:" + symbol
}
