package mandate

import (
	"strings"

	"resolute"
)

// The rules of this file see citations of what is no longer there.

// citedFollowed finds an instrument whose place another one has taken by the day of the text.
func citedFollowed(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for _, c := range t.cites {
		for _, target := range c.Targets {
			i, known := InstrumentOf(target.Key)
			if !known || i.FollowedBy == "" || t.day == "" || i.FollowedOn > t.day || i.FollowedBy == t.doc.Key() {
				continue
			}
			list = append(list, atRune("citation-of-followed-instrument", c.Line, c.Start, c.Text, i.FollowedBy, citedAs(i)+" was followed by "+i.FollowedBy+" on "+i.FollowedOn+", before "+t.dayWords()))
		}
	}
	return list
}

// citedMissing finds "resolves 5 above" in a text whose heading resolves has no 5. A heading that
// the text does not have at all may be that of another text, and annexes count for themselves.
func citedMissing(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	t.eachSelf(func(c Citation, target Target, own []Wording) {
		if places, numbered := selfPlaces(own, target.Part, t.doc.Lang); len(places) == 0 && numbered {
			list = append(list, atRune("citation-of-missing-provision", c.Line, c.Start, c.Text, "a provision of this text", "this text has no "+strings.ReplaceAll(target.Part, "_", " ")))
		}
	})
	return list
}

// eachSelf calls fn with every reference to a provision of the text itself, and its provisions.
func (t *lintText) eachSelf(fn func(c Citation, target Target, own []Wording)) {
	var own []Wording
	for _, c := range t.cites {
		line := []rune(t.lines[c.Line-1])
		if rest := string(line[min(c.End, len(line)):]); strings.HasPrefix(rest, " of ") || strings.HasPrefix(rest, " to ") {
			continue
		}
		for _, target := range c.Targets {
			if target.Key != selfKey {
				continue
			}
			if own == nil {
				own = wordings(t.doc, selfKey, false)
			}
			if len(own) > 0 && c.Line <= own[len(own)-1].Line {
				fn(c, target, own)
			}
		}
	}
}

// furtherWithoutFirst finds "noting further" in a text without "noting".
func furtherWithoutFirst(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	seen := map[string]bool{}
	for _, g := range t.doc.Groups {
		if first, found := strings.CutSuffix(g.Path, "_further"); found && g.Line > 0 && !seen[first] && t.doc.Family == familyITU {
			line := t.lines[g.Line-1]
			list = append(list, t.finding("further-without-first", g.Line, len(line)-len(strings.TrimLeft(line, " ")), strings.TrimSpace(line), strings.Fields(g.Heading)[0], "no group of this kind stands before it"))
		}
		seen[g.Path] = true
	}
	return list
}
