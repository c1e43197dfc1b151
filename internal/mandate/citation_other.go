package mandate

import (
	"regexp"
	"slices"
)

// ofAnother is what stands between a provision and the instrument that it belongs to, in the
// languages in which the provision stands first.
var ofAnother = regexp.MustCompile(`^(?:(?: to | à | a | по | إلى |-|–)(?P<last>\d{1,3}))?(?:[»”"])?(?: (?:of|in|under|de la|de l['’]|del|du|из|من)(?: the)? ?| )?$`)

// beforeInstrument fits what stands behind a provision that belongs to another instrument, in the
// languages in which a number alone may belong to the words behind it.
var beforeInstrument = regexp.MustCompile(`^(?:(?: à | a | по | إلى )\d{1,3})?[»”"]? (?:(?:de la|de l['’]|du|del|из|من) ?)?(?:[Rr][ée]solu[ct]i|[Dd][ée]cisi|[Рр]езолюц|[Рр]ешени|القرار|المقرر)`)

// joinOthers takes "resolves 5" and "Resolution 140 (Rev. Dubai, 2018)" behind it for one citation: of
// a provision of that instrument, not of the text itself. Places are bytes.
func joinOthers(list []Citation, text string) []Citation {
	for i := 0; i+1 < len(list); i++ {
		c, next := &list[i], list[i+1]
		if c.Targets[0].Key != selfKey || next.Targets[0].Key == "" || next.Targets[0].Key == selfKey || next.Targets[0].Part != "" || next.Start-c.End > 24 || next.Start < c.End {
			continue
		}
		m := ofAnother.FindStringSubmatch(text[c.End:next.Start])
		if m == nil {
			continue
		}
		other := next.Targets[0]
		if m[1] != "" {
			last := c.Targets[len(c.Targets)-1]
			last.Part = parentPath(last.Part) + m[1]
			c.Targets = append(c.Targets, last)
		}
		for j := range c.Targets {
			part := c.Targets[j].Part
			c.Targets[j] = other
			c.Targets[j].Part = part
		}
		c.Targets = append(c.Targets, next.Targets[1:]...)
		c.End = next.End
		list = slices.Delete(list, i+1, i+2)
	}
	return list
}

var lastMark = regexp.MustCompile(`[^_]+$`)

// parentPath is a path without its last mark.
func parentPath(path string) string { return lastMark.ReplaceAllString(path, "") }
