package mandate

import (
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// Shelved is an instrument with what is held of it.
type Shelved struct {
	Instrument
	InForce Edition // the newest known edition on the day that was asked for; Year is 0 when none is known
	Held    int     // editions whose text is held
	Cited   int     // provisions of texts in force that cite it
	Day     string  // of the text in force that is held, YYYY-MM-DD; empty: none, or not known

	printed []string // whom that text speaks to, folded words as search.Query matches them
	codes   []string // of those that are known: sg, director-bdt
	words   string   // of title, text and names, as search.Query matches them
	places  []place  // of the provisions among words, behind that of the title
	cites   []cited

	text standingText // which the words are of; zero: none is held

	said *strings.Builder // words while they are being read
}

// Year is that of the text which is held, else of the newest known edition, else of the adoption;
// empty: not known.
func (s Shelved) Year() string {
	switch {
	case len(s.Day) >= 4:
		return s.Day[:4]
	case s.InForce.Year > 0:
		return strconv.Itoa(s.InForce.Year)
	case len(s.Adopted) >= 4:
		return s.Adopted[:4]
	}
	return ""
}

// ShelvedJSON is an instrument as others read it.
type ShelvedJSON struct {
	Key      string `json:"key"`
	Body     string `json:"body"`
	Kind     string `json:"kind"`
	Number   string `json:"number"`
	Title    string `json:"title"` // short words of ours, in the language asked for or its fallback
	Adopted  string `json:"adopted"`
	InForce  string `json:"in_force"` // as cited; empty: not known
	Recalled bool   `json:"in_force_recalled"`
	Followed string `json:"followed_by"`
	Held     int    `json:"texts_held"`
	Cited    int    `json:"citing_provisions"`
	Year     string `json:"year"` // of the text held, else of the newest known revision; empty: not known

	Addressees []string `json:"addressees"` // codes of those whom the text in force speaks to
}

// JSON gives the instrument as others read it, its title in a language or the fallback.
func (s Shelved) JSON(lang resolute.Lang) ShelvedJSON {
	title, _ := s.Title.In(lang)
	out := ShelvedJSON{Key: s.Key, Body: s.Body, Kind: s.Kind, Number: s.Number, Title: title, Adopted: s.Adopted, Followed: s.FollowedBy, Held: s.Held, Cited: s.Cited,
		Year: s.Year(), Addressees: append([]string{}, s.codes...)}
	if s.InForce.Year > 0 {
		out.InForce, out.Recalled = s.InForce.Label(), !s.InForce.Sure()
	}
	return out
}

// RoleClaimJSON is a claim of a role as others read it.
type RoleClaimJSON struct {
	ActionLine   string `json:"action_line"`
	WithSubLines bool   `json:"with_sub_lines"`
	Organisation string `json:"organisation"`
	Role         string `json:"role"`
	Thread       string `json:"thread"`
	Alias        string `json:"alias"`
	Revision     string `json:"revision"`
	Words        string `json:"words"`
	LikelyStruck string `json:"likely_struck"`
	Certainty    string `json:"certainty"`
	Contradicts  bool   `json:"contradicts"` // another claim of the same text excludes it
}

// RolesJSON gives claims as others read them.
func RolesJSON(claims []RoleClaim) []RoleClaimJSON {
	list := make([]RoleClaimJSON, len(claims))
	for i, c := range claims {
		list[i] = RoleClaimJSON{c.ActionLine, c.WithSubLines, c.Organisation, c.Role, c.Thread(), c.Alias, c.Revision, c.Words, c.LikelyStruck, c.Certainty,
			slices.Contains(Contradictions(c.ActionLine), c)}
	}
	return list
}

// ShelfListJSON is one page of instruments as others read it.
type ShelfListJSON struct {
	Total       int           `json:"total"` // that match
	Of          int           `json:"of"`    // that are known
	Next        string        `json:"next" doc:"Cursor of the next page, empty at the end"`
	Facets      []ShelfFacet  `json:"facets"`
	Instruments []ShelvedJSON `json:"instruments"`
}

// JSON gives the page as others read it, titles in a language or the fallback.
func (l ShelfList) JSON(lang resolute.Lang) ShelfListJSON {
	out := ShelfListJSON{l.Total, l.Of, l.Next, l.Facets, make([]ShelvedJSON, len(l.Items))}
	for i, s := range l.Items {
		out.Instruments[i] = s.JSON(lang)
	}
	return out
}
