package register

import (
	"encoding/json"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/iati"
)

// written writes own work that came from a table from its values, as IATI wants it. A table prints one
// day with each amount, which is that of its value too, and does not print the type of the reporting
// organisation, which the directory may know.
func (b *Rulebook) written(h held, raw []byte) ([]byte, []resolute.Finding) {
	var one row
	if err := json.Unmarshal(raw, &one); err != nil {
		return nil, []resolute.Finding{h.unreadable(err)}
	}
	a := one.activity()
	if a.Reporter.Type == "" {
		a.Reporter.Type = h.reporterType
	}
	for i := range a.Transactions {
		a.Transactions[i].Value.ValueDate = a.Transactions[i].Date
	}
	for i := range a.Budgets {
		a.Budgets[i].Value.ValueDate = a.Budgets[i].From
	}
	for i := range a.Documents {
		writtenDocument(&a.Documents[i])
	}
	b.writtenCodes(&a)
	xml, findings := iati.Root{}.Standalone(&iati.Element{Name: "iati-activity", Raw: iati.Marshal(a)})
	for i := range findings {
		findings[i].Line, findings[i].Column = h.line, 0 // of the row
	}
	return xml, findings
}

// webPageCategory is "Activity web page" of the list DocumentCategory, which says the least of what a
// document is about: a table does not say it.
const webPageCategory = "A12"

// writtenDocument gives a document of a table, of which address and day are known, what a document-link
// must have.
func writtenDocument(d *iati.Document) {
	d.Format = iati.FormatOf(d.URL)
	d.Categories = []string{webPageCategory}
	if d.URL != "" {
		d.Title = resolute.Text{resolute.English: d.URL}
	}
}

// tagVocabularies are those of tags for concepts that tables state in vocabularies of sectors; of
// indicators there is none, nor of other frameworks than the Sustainable Development Goals.
var tagVocabularies = map[string]string{"7": "2", "8": "3"}

// writtenCodes says what a table states so that the shares of each vocabulary make a whole, as the
// rules of the standard ask: they know sectors by their vocabulary alone, whatever its address. So the
// frameworks with shares are in the two vocabularies of one's own, 99 and 98; further ones have no
// other place than 99. A single concept without a share is a whole where its vocabulary holds nothing
// else. What else has no share is a tag.
func (b *Rulebook) writtenCodes(a *iati.Activity) {
	vocabularies := vocabulariesOf(a.Sectors)
	sectors := a.Sectors
	a.Sectors = nil
	for _, c := range sectors {
		vocabulary, placed := vocabularies[wholeOf(c)]
		if c.Vocabulary == ownVocabularies[0] {
			c.Name = b.called(c)
		}
		switch {
		case c.Vocabulary == "1" || c.Vocabulary == "2":
			a.Sectors = append(a.Sectors, c)
		case placed && (c.Share != iati.NotStated || vocabulary.alone):
			c.Vocabulary = vocabulary.code
			a.Sectors = append(a.Sectors, c)
		case tagVocabularies[c.Vocabulary] != "":
			c.Vocabulary = tagVocabularies[c.Vocabulary]
			a.Tags = append(a.Tags, c)
		default:
			if c.URI == "" {
				c.URI, c.Vocabulary = ownAddress+framework.Indicator, ownVocabularies[0]
				c.Name = b.called(c)
			}
			a.Tags = append(a.Tags, c)
		}
	}
}

// whole names the codes of one framework.
type whole struct{ vocabulary, uri string }

func wholeOf(c iati.Code) whole { return whole{c.Vocabulary, c.URI} }

// vocabularyPlace is the vocabulary of sectors that a framework gets.
type vocabularyPlace struct {
	code  string
	alone bool // of its one concept, which states no share
}

// vocabulariesOf gives the frameworks a vocabulary each that can be sectors.
func vocabulariesOf(sectors []iati.Code) map[whole]vocabularyPlace {
	var order []whole
	stated, entries := map[whole]bool{}, map[whole]int{}
	for _, c := range sectors {
		w := wholeOf(c)
		if entries[w] == 0 {
			order = append(order, w)
		}
		entries[w]++
		stated[w] = stated[w] || c.Share != iati.NotStated
	}
	slices.SortStableFunc(order, func(a, b whole) int { // those with shares first
		switch {
		case stated[a] == stated[b]:
			return 0
		case stated[a]:
			return -1
		}
		return 1
	})
	places, free := map[whole]vocabularyPlace{}, ownVocabularies
	for _, w := range order {
		switch {
		case !stated[w] && entries[w] > 1:
		case w.vocabulary != ownVocabularies[0]:
			places[w] = vocabularyPlace{w.vocabulary, !stated[w]}
		case len(free) > 0:
			places[w], free = vocabularyPlace{free[0], !stated[w]}, free[1:]
		case stated[w]:
			places[w] = vocabularyPlace{w.vocabulary, false}
		}
	}
	return places
}

// called gives what a concept or paragraph is called; its code where nobody here knows it.
func (b *Rulebook) called(c iati.Code) resolute.Text {
	title := c.Code
	if instrument, ok := strings.CutPrefix(c.URI, MandateAddress); ok {
		title = instrument + "#" + c.Code
	} else if scheme, ok := b.catalogue.SchemeByAddress(c.URI); ok {
		concept, _ := b.catalogue.Concept(scheme, c.Code)
		if text, _ := concept.Title.In(resolute.English); text != "" {
			title = text
		}
	}
	if title == "" {
		return nil
	}
	return resolute.Text{resolute.English: title}
}
