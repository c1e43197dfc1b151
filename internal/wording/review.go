package wording

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"sync"

	"golang.org/x/text/feature/plural"

	"resolute"
)

// Review is how far the texts of a language have been read by a second person.
type Review struct {
	Lang     resolute.Lang `json:"lang"`
	Reviewed int           `json:"reviewed"`
	Total    int           `json:"total"`
}

// reviewedText is one translation that a second person has read.
type reviewedText struct {
	lang resolute.Lang
	key  string
}

// reviews gives for each reviewed translation the hash of the English text that it was read
// beside: data/reviewed.csv, a row for each.
var reviews = sync.OnceValue(func() map[reviewedText]string {
	raw, err := data.ReadFile("data/reviewed.csv")
	if err != nil {
		panic(err) // embedded, as the catalogues are
	}
	return readReviews(raw)
})

func readReviews(raw []byte) map[reviewedText]string {
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(rows) == 0 || len(rows[0]) != 3 {
		panic(fmt.Sprintf("reviewed.csv: %d rows, %v", len(rows), err))
	}
	found := make(map[reviewedText]string, len(rows))
	for _, row := range rows[1:] {
		found[reviewedText{resolute.Lang(row[0]), row[1]}] = row[2]
	}
	return found
}

// fingerprint names a text: twelve digits of the hash of its plain words, or of its plural forms
// in the order zero, one, two, few, many, other, a line each.
func (m message) fingerprint() string {
	text := m.plain
	for _, form := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other} {
		if s := m.forms[categories[form]]; s != "" {
			text += s + "\n"
		}
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// Reviewed reports whether a second person has read the text of a key beside the English text
// as it is now. English is the source and needs no review.
func (p *Printer) Reviewed(key string) bool { return p.reviewedIn(reviews(), key) }

func (p *Printer) reviewedIn(list map[reviewedText]string, key string) bool {
	if p.Lang == resolute.English {
		return true
	}
	read, ok := list[reviewedText{p.Lang, key}]
	return ok && read == catalogues()[resolute.English][key].fingerprint()
}

// Unreviewed counts the texts of the language that no second person has read yet.
func (p *Printer) Unreviewed() int { return unreviewed()[p.Lang] }

// unreviewed is counted once: the footer of every page asks.
var unreviewed = sync.OnceValue(func() map[resolute.Lang]int {
	counts := map[resolute.Lang]int{}
	for _, lang := range resolute.Langs {
		p := For(lang)
		for key := range p.messages {
			if !p.Reviewed(key) {
				counts[lang]++
			}
		}
	}
	return counts
})

// Reviews counts reviewed texts of each language that is translated, in the order of the six.
func Reviews() []Review {
	var list []Review
	for _, lang := range resolute.Langs {
		if lang != resolute.English {
			p := For(lang)
			list = append(list, Review{lang, len(p.messages) - p.Unreviewed(), len(p.messages)})
		}
	}
	return list
}
