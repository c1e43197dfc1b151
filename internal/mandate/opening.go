package mandate

import (
	"regexp"
	"strings"
	"time"

	"resolute"
)

var (
	// anyOpening is the opening line of a body that bodies.csv does not hold.
	anyOpening = regexp.MustCompile(`^(?i:The) [^(),;:.]{0,120}?(?i:Assembly|Commission|Committee|Board|Congress|Conference|Governing Council|Parties|Parties to the Convention|Forum)[,:]$`)
	unDay      = regexp.MustCompile(`(?:adopted .*?on|^|\s)(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d{2})`)
	noteMark   = regexp.MustCompile(`[0-9¹²³⁴⁵⁶⁷⁸⁹⁰*]+$`)
)

// openingArticles stand before the name of the body in its opening line.
var openingArticles = []string{"The ", "THE ", "L'", "L’", "Le ", "La ", "El ", "إن "}

// opensParagraphs tells whether a line is the opening of a text whose paragraphs begin with their
// verbs ("The General Assembly,"), and which body speaks; an unknown body is empty.
func opensParagraphs(line string, lang resolute.Lang) (body string, ok bool) {
	if len(line) > 200 {
		return "", false
	}
	bare := strings.TrimRight(noteMark.ReplaceAllString(line, ""), ",.:،，： ")
	named := lang == resolute.Russian || lang == resolute.Chinese || lang == resolute.Arabic
	for _, article := range openingArticles {
		if after, ok := strings.CutPrefix(bare, article); ok {
			bare, named = after, true
			break
		}
	}
	if !named {
		return "", false
	}
	for _, b := range bodyNames() {
		if !b.short && b.family == familyUN && b.lang == lang && b.words == bare {
			return b.body, true
		}
	}
	if lang != resolute.English || !anyOpening.MatchString(line) || bodyNamed(line, familyITU, lang) != "" {
		return "", false
	}
	return bodyNamed(line, familyUN, lang), true
}

// passage is the part of a page on which one text stands, in lines from 1.
type passage struct {
	front, title, opening, end int // front is the first line that may tell of it; title 0: none; end is behind the last line
}

// chooseOpening finds where a text of the paragraph family begins: an old page may hold the end of
// one resolution, the whole of another and the beginning of a third. Of several texts under a
// title of their own the longest is meant. ok is false when no body opens.
func chooseOpening(doc *Document) (passage, bool) {
	var list []passage
	title := 0
	for i, raw := range doc.Lines {
		line := strings.TrimSpace(plain(raw))
		if line == "" || len(line) > 400 {
			continue
		}
		if _, titled := readTitle(line, familyUN); titled {
			title = i + 1
			continue
		}
		if _, ok := opensParagraphs(line, doc.Lang); ok {
			list = append(list, passage{front: 1, title: title, opening: i + 1})
			title = 0
		}
	}
	return longest(list, len(doc.Lines))
}

func longest(list []passage, lines int) (passage, bool) {
	if len(list) == 0 {
		return passage{}, false
	}
	var titled []passage
	for _, p := range list {
		if p.title > 0 {
			titled = append(titled, p)
		}
	}
	if len(titled) == 0 {
		first := list[0]
		first.end = lines + 1
		return first, true
	}
	best := passage{}
	for i, p := range titled {
		p.end = lines + 1
		if p.opening != list[0].opening {
			p.front = p.title // what stands before is another text
		}
		if i+1 < len(titled) {
			p.end = titled[i+1].title
		}
		if p.end-p.opening > best.end-best.opening {
			best = p
		}
	}
	return best, true
}

// readFront reads number, title and day before the opening.
func readFront(doc *Document, at passage) {
	for i := at.front - 1; i < at.opening-1; i++ {
		line := strings.TrimSpace(plain(doc.Lines[i]))
		if m := unDay.FindStringSubmatch(line); m != nil && doc.Day == "" {
			doc.Day = dayOf(m[1])
		}
		t, ok := readTitle(line, familyUN)
		if !ok {
			continue
		}
		doc.Kind, doc.Number, doc.Label = t.kind, t.number, t.label
		if t.words != "" || doc.Title == "" {
			doc.Title, doc.TitleLine = t.words, i+1
		}
		if t.body != "" {
			doc.Body = t.body
		}
	}
}

// dayOf reads "21 December 2001"; empty when it is no day.
func dayOf(words string) string {
	t, err := time.Parse("2 January 2006", words)
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// unNumber writes a number as citation ids do: "57/270 B" is 57/270-b, "302 (IV)" is 302(IV),
// "Conf. 18.3" is conf-18.3.
func unNumber(number string) string {
	if strings.Contains(number, ".") {
		return strings.ToLower(strings.NewReplacer(" - ", "-", ". ", "-", " ", "-").Replace(number))
	}
	if before, letter, ok := strings.Cut(number, " "); ok && !strings.Contains(letter, "(") {
		return before + "-" + strings.ToLower(letter)
	}
	number = strings.ReplaceAll(number, " ", "")
	if strings.Contains(number, "(") {
		return number
	}
	return strings.ToLower(number)
}
