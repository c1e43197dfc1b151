package mandate

import (
	"regexp"
	"strings"
)

const selfForm = `(?:\d{1,2}(?:\.\d{1,2})?|[a-z]\))`

var (
	self     = regexp.MustCompile(`\b((?:further )?)(considering|recognizing|noting|recalling|emphasizing|resolves|decides|instructs|requests|invites|calls upon|encourages|urges)((?: further)?)((?: the [A-Z][\p{L}-]+(?: [A-Z][\p{L}-]+)*(?: of the [A-Z][\p{L}]+(?: [A-Z][\p{L}]+)*)?| Member States| Sector Members| Associates)?) (` + selfForm + `(?:(?:, and |, | and )` + selfForm + `)*)( above| below)?`)
	selfItem = regexp.MustCompile(selfForm)
)

// findSelf finds "resolves 1, 2 and 4 above" and "instructs the Secretary-General 5": provisions of
// the same text by heading and number, as only texts of ITU can have them.
func findSelf(text, body string) []Citation {
	if body != "" && !strings.HasPrefix(body, "itu:") || !strings.ContainsAny(text, "0123456789)") {
		return nil
	}
	var list []Citation
	for _, m := range self.FindAllStringSubmatchIndex(text, -1) {
		heading := strings.ReplaceAll(text[m[2]:m[3]]+text[m[4]:m[5]]+text[m[6]:m[7]], " ", "_")
		if who := text[m[8]:m[9]]; who != "" {
			heading += "-" + addresseeCode(who)
		}
		c := Citation{Start: m[0], End: m[1]}
		for _, mark := range selfItem.FindAllString(text[m[10]:m[11]], -1) {
			c.Targets = append(c.Targets, Target{Key: "self", Part: heading + "_" + strings.NewReplacer(")", "", ".", "_").Replace(mark)})
		}
		list = append(list, c)
	}
	return list
}

// addresseeCode shortens an addressee as the ids of citations within a text write it.
func addresseeCode(who string) string {
	for _, a := range knownAddressees() {
		for _, name := range a.names {
			if a.lang == "en" && strings.Contains(who, name) {
				return a.code
			}
		}
	}
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(who), "the "), " ", "-"))
}
