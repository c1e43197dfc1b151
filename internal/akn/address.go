package akn

import (
	"strings"
)

// bodies are the codes of bodies in addresses (AKN4UN), by ours.
var bodies = map[string]string{
	"itu:pp": "itu-pp", "itu:wtdc": "itu-wtdc", "itu:wtsa": "itu-wtsa", "itu:ra": "itu-ra", "itu:wrc": "itu-wrc", "itu:council": "itu-council",
	"itu:wtpf": "itu-wtpf", "un:a": "un-ga", "un:e": "un-ecosoc", "un:s": "un-sc", "un:a/hrc": "un-hrc", "un:unep/ea": "un-unea",
}

// codes are spellings of bodies that other producers use.
var codes = map[string]string{"unga": "un:a", "itu": "itu:pp", "ecosoc": "un:e", "unsc": "un:s"}

// BodyCode gives the code of a body in addresses: itu-wtdc for itu:wtdc. A body without a code of
// its own is written by the rule of the others.
func BodyCode(body string) string {
	if code := bodies[body]; code != "" {
		return code
	}
	return strings.NewReplacer(":", "-", "/", "-", " ", "_").Replace(body)
}

// BodyOf gives our name of a body from its code in an address; empty for an unknown one.
func BodyOf(code string) string {
	for body, known := range bodies {
		if known == code {
			return body
		}
	}
	return codes[code]
}

// kindCodes are the kinds of instruments in the numbers of ITU's.
var kindCodes = map[string]string{"resolution": "res", "decision": "dec", "recommendation": "rec", "opinion": "opinion"}

// number writes a number as addresses do: res-30, 70-125.
func (w Work) number() string {
	n := strings.NewReplacer("/", "-", " ", "_").Replace(w.Number)
	if strings.HasPrefix(w.Body, "itu-") {
		return kindCodes[w.Kind] + "-" + n
	}
	return n
}

// Address is the address of the work: /akn/un/statement/deliberation/itu-wtdc/2002/res-30.
func (w Work) Address() string {
	first := w.First
	if first == "" {
		first = "nd" // no date is invented
	}
	return "/akn/un/statement/deliberation/" + w.Body + "/" + first + "/" + w.number()
}

// Address is the address of a revision: that of its work with language and day.
func (d Document) Address() string {
	at := d.Work.Address() + "/" + d.Lang + "@"
	if d.Draft {
		return at + d.Day + "-draft"
	}
	return at + d.Day
}

// Parsed is what an address says. Empty parts are not said.
type Parsed struct {
	Body, First, Number, Lang, Day string
	Portion                        string // eId of a provision
}

// ParseAddress reads an address of Akoma Ntoso, absolute or not; ok is false for anything else.
func ParseAddress(address string) (p Parsed, ok bool) {
	path, fragment, _ := strings.Cut(address, "#")
	if at := strings.Index(path, "/akn/"); at >= 0 {
		path = path[at:]
	}
	path, portion, _ := strings.Cut(path, "~")
	parts := strings.Split(strings.Trim(strings.TrimSuffix(path, "/!main"), "/"), "/")
	if len(parts) < 5 || parts[0] != "akn" {
		return p, false
	}
	i := 2
	for i < len(parts) && BodyOf(parts[i]) == "" {
		i++ // type and subtype of document
	}
	if i+2 >= len(parts) {
		return p, false
	}
	p = Parsed{Body: BodyOf(parts[i]), First: parts[i+1], Number: parts[i+2], Portion: portion}
	if p.Portion == "" {
		p.Portion = fragment
	}
	if i+3 < len(parts) {
		p.Lang, p.Day, _ = strings.Cut(parts[i+3], "@")
	}
	return p, true
}
