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
			list = append(list, atRune("citation-of-followed-instrument", c.Line, c.Start, c.Text, i.FollowedBy, citedAs(i)+" was followed by "+i.FollowedBy+" on "+i.FollowedOn+", before the day of this text ("+t.day+")"))
		}
	}
	return list
}

// citedMissing finds "resolves 5 above" in a text whose heading resolves has no 5. A heading that
// the text does not have at all may be that of another text.
func citedMissing(t *lintText) []resolute.Finding {
	var list []resolute.Finding
	for _, c := range t.cites {
		line := []rune(t.lines[c.Line-1])
		if rest := string(line[min(c.End, len(line)):]); strings.HasPrefix(rest, " of ") || strings.HasPrefix(rest, " to ") {
			continue
		}
		for _, target := range c.Targets {
			if target.Key != "self" || !t.lacks(target.Part) {
				continue
			}
			list = append(list, atRune("citation-of-missing-provision", c.Line, c.Start, c.Text, "a provision of this text", "this text has no "+strings.ReplaceAll(target.Part, "_", " ")))
		}
	}
	return list
}

// lacks tells whether the groups that a part of a self-citation names ("instructs-sg_5") are in the
// text, with numbered items, and none of them has the item.
func (t *lintText) lacks(part string) bool {
	at := strings.LastIndexByte(part, '_')
	heading, mark := part[:max(at, 0)], part[at+1:]
	path, who, addressed := strings.Cut(heading, "-")
	numbered := false
	for _, g := range t.doc.Groups {
		if plainPath, _, _ := strings.Cut(g.Path, "."); plainPath != path && !strings.HasPrefix(plainPath, path+"_") || addressed && !speaksTo(g, who) {
			continue
		}
		for _, p := range g.Items {
			if p.Mark == mark {
				return false
			}
			numbered = numbered || p.Mark != "" && isNumber(p.Mark) == isNumber(mark)
		}
	}
	return numbered
}

func speaksTo(g Group, code string) bool {
	for _, name := range g.Addressees {
		if addresseeCode(name) == code {
			return true
		}
	}
	return false
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
