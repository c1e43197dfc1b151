package web

import (
	"strings"

	"resolute/internal/mandate"
)

// Piece is a stretch of a text: plain, or a citation that leads to what it names.
type Piece struct{ Text, Href string }

// pieces cuts the text of a provision at its citations, so that each leads somewhere.
func (s *shell) pieces(text, instrument string, citations []mandate.Citation) []Piece {
	signs := []rune(text)
	var list []Piece
	at := 0
	for _, c := range citations {
		href := s.citedPage(instrument, c)
		if href == "" || c.Start < at || c.End > len(signs) {
			continue
		}
		list = append(list, Piece{Text: string(signs[at:c.Start])}, Piece{Text: string(signs[c.Start:c.End]), Href: href})
		at = c.End
	}
	return append(list, Piece{Text: string(signs[at:])})
}

// citedPage is the page of the first instrument that a citation names; empty when it has none.
func (s *shell) citedPage(instrument string, c mandate.Citation) string {
	for _, t := range c.Targets {
		if t.Key == "self" {
			return s.URL("/mandate/"+instrument) + "#" + anchor(t.Part)
		}
		if i, known := mandate.InstrumentOf(t.Key); known {
			return s.URL("/mandate/" + i.Key)
		}
	}
	return ""
}

// anchor is the name of a provision within the page of its text.
func anchor(path string) string { return strings.ReplaceAll(path, ".", "-") }

// pathOfThread is the part of a thread's key behind its instrument.
func pathOfThread(thread string) string {
	_, path, _ := strings.Cut(thread, "#")
	return path
}

// threadPage is the address of a thread: its alias where it has one, else its key with "/" for "#".
func threadPage(thread string) string {
	if a, ok := mandate.Resolve(thread); ok {
		return "/thread/" + a.Alias
	}
	return "/thread/" + strings.Replace(thread, "#", "/", 1)
}

// CitedLine is one instrument that a text cites, with what became of it.
type CitedLine struct {
	ID, Href string
	Title    Passage // our own words
	Standing string  // "superseded by ...", "no later revision known"
	Recalled bool    // the standing is recalled, not read in a source
}

// cited lists the instruments that citations name, each once, with what became of the revision.
func (s *shell) cited(citations []mandate.Citation) []CitedLine {
	var list []CitedLine
	seen := map[string]bool{}
	for _, c := range citations {
		for _, t := range c.Targets {
			id := t.ID()
			if t.Key == "" || t.Key == "self" || seen[id] {
				continue
			}
			seen[id] = true
			list = append(list, s.citedLine(t))
		}
	}
	return list
}

func (s *shell) citedLine(t mandate.Target) CitedLine {
	line := CitedLine{ID: t.ID(), Standing: s.T("cited.unknown")}
	i, known := mandate.InstrumentOf(t.Key)
	if !known {
		return line
	}
	line.Href, line.Title, line.Standing = s.URL("/mandate/"+i.Key), s.In(i.Title), ""
	if e, later := t.SupersededBy(); later {
		line.Standing, line.Recalled = s.T("cited.superseded", "label", isolated(s.EditionName(e.Label()).Text)), !e.Sure()
	} else if i.FollowedBy != "" {
		line.Standing = s.T("cited.followed", "key", i.FollowedBy)
	}
	return line
}
