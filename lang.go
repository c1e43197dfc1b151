package resolute

// Lang is one of the six official languages of the United Nations, as a BCP 47 tag.
type Lang string

// The six languages in which the product speaks.
const (
	Arabic  Lang = "ar"
	English Lang = "en"
	Spanish Lang = "es"
	French  Lang = "fr"
	Russian Lang = "ru"
	Chinese Lang = "zh"
)

// Langs lists the six languages in the order in which they are offered.
var Langs = [...]Lang{Arabic, English, Spanish, French, Russian, Chinese}

// Known reports whether l is one of the six languages.
func (l Lang) Known() bool {
	for _, known := range Langs {
		if l == known {
			return true
		}
	}
	return false
}

// rightToLeft lists the languages, among those a record may carry, that are written from right
// to left in their usual script: Arabic, Sorani, Dhivehi, Persian, Hebrew, Pashto, Sindhi,
// Uighur, Urdu and Yiddish.
var rightToLeft = map[Lang]bool{Arabic: true, "ckb": true, "dv": true, "fa": true, "he": true, "ps": true, "sd": true, "ug": true, "ur": true, "yi": true}

// Dir is the writing direction of l: "rtl" for Arabic and its like, else "ltr".
func (l Lang) Dir() string {
	if rightToLeft[l] {
		return "rtl"
	}
	return "ltr"
}

// Text is one passage in any number of languages. Records may carry languages other than the six.
type Text map[Lang]string

// fallback is the order in which a passage is looked for when the reader's language is missing.
var fallback = [...]Lang{English, French, Spanish, Russian, Arabic, Chinese}

// In gives the passage in the wanted language, else in the first of the declared fallback
// (English, French, Spanish, Russian, Arabic, Chinese), else in the first other language by
// code. It returns the language found, so that a page can mark a passage that is not in the
// reader's language; both are empty when there is no text at all.
func (t Text) In(want Lang) (string, Lang) {
	if s := t[want]; s != "" {
		return s, want
	}
	for _, l := range fallback {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	var first Lang
	for l, s := range t {
		if s != "" && (first == "" || l < first) {
			first = l
		}
	}
	return t[first], first
}
