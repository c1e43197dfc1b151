package web

import (
	"strconv"

	"resolute/internal/mandate"
)

// EditionName tells in the language of the page which edition is printed behind a number, such as
// "Rev. Kigali, 2022"; what is not of that form, or of a place that is not known, stays as printed.
func (s *shell) EditionName(label string) Passage {
	e, ok := mandate.ReadLabel(label)
	year := strconv.Itoa(e.Year)
	place := s.In(e.Place).Text
	switch {
	case !ok:
		return Passage{Text: label, Lang: "en", Dir: "ltr"}
	case place == "" && e.Revised:
		return s.own(s.T("edition.revised", "year", year))
	case place == "":
		return s.own(year)
	case e.Revised:
		return s.own(s.T("edition.revised_at", "place", place, "year", year))
	}
	return s.own(s.T("edition.first_at", "place", place, "year", year))
}

// own is a passage in the words of the page.
func (s *shell) own(text string) Passage { return Passage{Text: text, Dir: s.Dir()} }
