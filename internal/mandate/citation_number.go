package mandate

import (
	"regexp"
	"strconv"
	"strings"
)

// The parts of a citation by number.
const (
	numberForm  = `(?:ITU-R \d{1,3}(?:-\d{1,2})?|ITU-T [A-Z]\.\d+(?:\.\d+)?|S-\d{1,2}/\d{1,3}|\d{1,4}/\d{1,4}(?: [A-Z]\b)?|\d{1,4} \([IVXLC]+\)|\d{1,4}(?:-\d{1,2})?)`
	bracketForm = `(?: ?\([^()]{4,60}\))?`
	months      = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`
	dayForm     = `(?: of \d{1,2} ` + months + ` (?:19|20)\d{2})?`
	itemForm    = numberForm + bracketForm + dayForm
	joinForm    = `(?:, and |, or |,? as well as |, | and | or )(?:the )?(?:[Rr]esolutions? |[Dd]ecisions? )?`
	bodyForm    = `(?:Plenipotentiary Conference|World Telecommunication Development Conference(?: \(WTDC\))?|WTDC|World Telecommunication Standardization Assembly(?: \(WTSA\))?|WTSA|` +
		`Radiocommunication Assembly(?: \(RA\))?|RA|(?:ITU |the )?Council(?: (?:19|20)\d{2}\b)?|United Nations General Assembly(?: \(UNGA\))?|UN General Assembly|UNGA|General Assembly|` +
		`Economic and Social Council(?: \(ECOSOC\))?|ECOSOC|Human Rights Council|Security Council|World Telecommunication(?:/ICT)? Policy Forum(?: \(WTPF\))?|WTPF)`
)

var (
	numbered = regexp.MustCompile(`(?:\b(Annex(?: \d{1,2})?) to )?` +
		`(?:\b(` + bodyForm + `|its) )?(?:previous |own )?` +
		`\b(Resolution|resolution|Decision|decision|Opinion|Recommendation)s? ` +
		`(` + itemForm + `(?:` + joinForm + itemForm + `)*)` +
		`(,? (?:adopted )?(?:of|by) (?:the )?(?:` + bodyForm + `|this conference|this assembly|this Council)|,? adopted at its ((?:19|20)\d{2}) session)?(, annex\b)?`)
	itemParts = regexp.MustCompile(`(` + numberForm + `)( ?\(([^()]{4,60})\))?( of (\d{1,2} ` + months + ` (?:19|20)\d{2}))?`)
	fourYear  = regexp.MustCompile(`(?:19|20)\d{2}`)
)

// findNumbered finds "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference" and
// its like: one or several numbers, an edition for each or one for all, a body before or after.
func findNumbered(text, body string) []Citation {
	var list []Citation
	for _, m := range numbered.FindAllStringSubmatchIndex(text, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		f := numberedForm{kind: kindCodes[strings.ToLower(part(3))], before: part(2), after: part(5), session: part(6), own: body}
		targets := f.targets(part(4), m[8])
		for i := range targets {
			if annex := part(1); annex != "" {
				targets[i].Part = strings.ReplaceAll(strings.ToLower(annex), " ", "_")
			} else if part(7) != "" {
				targets[i].Part = "annex"
			}
		}
		if len(targets) > 0 {
			list = append(list, Citation{Start: m[0], End: m[1], Targets: targets})
		}
	}
	return list
}

// numberedForm is what stands around the numbers of a citation.
type numberedForm struct {
	kind          string // res, dec, rec, opinion
	before, after string // the body as named before and after
	session       string // year of "adopted at its 2011 session"
	own           string // body of the text that cites
}

// targets reads the numbers of a citation; at is where they begin in the line, in bytes. One
// bracket may serve the numbers before it.
func (f numberedForm) targets(numbers string, at int) []Target {
	var list []Target
	items := itemParts.FindAllStringSubmatchIndex(numbers, -1)
	for _, m := range items {
		t := Target{Number: numbers[m[2]:m[3]]}
		if m[6] >= 0 {
			if b, ok := readBracket(numbers[m[6]:m[7]]); ok {
				t.bracket, t.Bracket, t.At, t.Rev = b, numbers[m[6]:m[7]], at+m[6], b.rev
			}
		}
		if m[10] >= 0 && len(items) == 1 {
			t.Edition = dayOf(numbers[m[10]:m[11]])
		}
		list = append(list, t)
	}
	for i := len(list) - 2; i >= 0; i-- { // one bracket serves the list before it
		if list[i].Bracket == "" && !strings.Contains(list[i].Number, "/") {
			next := list[i+1]
			list[i].bracket, list[i].Bracket, list[i].At, list[i].Rev = next.bracket, next.Bracket, next.At, next.Rev
		}
	}
	for i := range list {
		f.resolve(&list[i])
	}
	return list
}

// resolve finds the body of a number, strongest evidence first: a prefix within the number, the
// form of the number, the body as named, the place and year.
func (f numberedForm) resolve(t *Target) {
	number := t.Number
	switch {
	case strings.HasPrefix(number, "ITU-R "):
		t.Key = "itu:ra/" + f.kind + "/" + strings.TrimPrefix(number, "ITU-R ")
	case strings.HasPrefix(number, "ITU-T "):
		t.Key = "itu:itu-t/rec/" + strings.TrimPrefix(number, "ITU-T ")
	case strings.Contains(number, "/"), strings.Contains(number, "("):
		t.Key = f.unBody(number) + "/" + f.kind + "/" + unNumber(number)
	case strings.Contains(f.before+f.after, "Security Council") && len(t.bracket.years) > 0:
		t.Key = "un:s/res/" + number + "(" + strconv.Itoa(t.bracket.year()) + ")"
		return
	default:
		body := f.ituBody(t.bracket)
		if body == "" {
			return
		}
		t.Key = body + "/" + f.kind + "/" + number
	}
	if t.Edition == "" {
		t.Edition = f.edition(t.bracket)
	}
}

func (f numberedForm) edition(b bracket) string {
	switch {
	case len(b.years) > 0 && b.month != "":
		return strconv.Itoa(b.year()) + "-" + b.month
	case len(b.years) > 0:
		return strconv.Itoa(b.year())
	case f.session != "":
		return f.session
	}
	if strings.Contains(f.after, "Council") {
		return fourYear.FindString(f.after)
	}
	return ""
}

// unBody tells which body of the United Nations a number belongs to: the one that is named, the
// citing one for "its", else by form.
func (f numberedForm) unBody(number string) string {
	for _, b := range bodies() {
		if b.family == familyUN && strings.Contains(f.before+" "+f.after, b.words) {
			return b.body
		}
	}
	session, _, _ := strings.Cut(number, "/")
	switch {
	case strings.Contains(f.before, "ECOSOC"), len(session) == 4 && fourYear.MatchString(session):
		return "un:e"
	case f.before == "its" && strings.HasPrefix(f.own, "un:"):
		return f.own
	}
	return "un:a"
}

// ituBody tells which body of ITU a number belongs to: the place and year say it even where the
// body that is named serves another number of the list. A number without body, place and year
// means nothing: empty.
func (f numberedForm) ituBody(b bracket) string {
	if len(b.years) > 0 && b.place() != "" {
		if c, ok := meeting(b.place(), b.year(), ""); ok {
			return c.Body
		}
	}
	for _, words := range []string{f.after, f.before} {
		if body := bodyNamed(words, familyITU, "en"); body != "" {
			return body
		}
		for _, known := range []struct{ words, body string }{{"WTDC", "itu:wtdc"}, {"WTSA", "itu:wtsa"}, {"RA", "itu:ra"}, {"WTPF", "itu:wtpf"}, {"Policy Forum", "itu:wtpf"}} {
			if strings.HasSuffix(words, known.words) || strings.Contains(words, known.words+")") {
				return known.body
			}
		}
	}
	if strings.Contains(f.after, "this ") || f.before == "its" && strings.HasPrefix(f.own, "itu:") {
		return f.own
	}
	return ""
}
