package docx

import (
	"strconv"
	"strings"
)

// side is one of the two texts.
type side int

const (
	before side = iota
	after
	sides // how many
)

// change says whether something was inserted, deleted or both. Moves are both: what moved away is
// deleted, what moved in is inserted.
type change struct{ ins, del bool }

// in tells whether what bears the change stands on a side.
func (c change) in(s side) bool {
	if s == before {
		return !c.ins
	}
	return !c.del
}

// within adds the change of what holds it.
func (c change) within(outer change) change { return change{c.ins || outer.ins, c.del || outer.del} }

// marks adds the change that an element stands for: w:ins, w:del, w:moveFrom, w:moveTo and the
// like for cells; ok is false for all other elements.
func (c change) marks(name string) (_ change, ok bool) {
	switch name {
	case "w:ins", "w:moveTo", "w:cellIns":
		c.ins = true
	case "w:del", "w:moveFrom", "w:cellDel":
		c.del = true
	default:
		return c, false
	}
	return c, true
}

// unset stands for a number that the file does not give.
const unset = -1

// numbered is what a paragraph or style says about its number: the list (0: none) and the level.
type numbered struct{ list, level int }

// properties are those of a paragraph or style that make its number.
type properties struct {
	style string
	numbered
	printed string // the old number as it was printed, of files that keep no more than that
}

var unnumbered = properties{numbered: numbered{unset, unset}}

// paragraphProperties are those of both sides, and what happened to the paragraph's mark.
type paragraphProperties struct {
	of   [sides]properties
	mark change
}

// readProperties reads w:pPr.
func readProperties(n *node) paragraphProperties {
	p := paragraphProperties{of: [sides]properties{unnumbered, unnumbered}}
	if n == nil {
		return p
	}
	p.of[after] = stated(n)
	p.of[before] = p.of[after]
	if old := n.find("w:pPrChange"); old != nil {
		p.of[before] = stated(old.find("w:pPr"))
	} else if number := n.find("w:numPr"); number != nil {
		p.of[before] = numberBefore(number, p.of[before])
	}
	if mark := n.find("w:rPr"); mark != nil {
		for _, c := range mark.nodes {
			p.mark, _ = p.mark.marks(c.name)
		}
	}
	return p
}

// numberBefore undoes a number that was put on the paragraph, or that was renumbered.
func numberBefore(n *node, p properties) properties {
	if n.find("w:ins") != nil {
		p.numbered = unnumbered.numbered
	}
	if old := n.find("w:numberingChange"); old != nil {
		p.printed = oldNumber(old.attr("original"))
	}
	return p
}

// stated reads style and number from w:pPr of a paragraph or style.
func stated(n *node) properties {
	p := unnumbered
	p.style = n.val("w:pStyle")
	number := n.find("w:numPr")
	p.list, p.level = whole(number.val("w:numId")), whole(number.val("w:ilvl"))
	return p
}

func whole(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 {
		return unset
	}
	return n
}

// oldFormats are the codes of number formats in w:original.
var oldFormats = []string{"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"}

// oldNumber reads w:original of w:numberingChange: for each level its place, value, code of
// format and the text behind it, as in "%1:3:4:)" for "c)". What is written otherwise is the
// number itself.
func oldNumber(original string) string {
	if !strings.HasPrefix(original, "%") {
		return original
	}
	var b strings.Builder
	for _, level := range strings.Split(original, "%")[1:] {
		parts := strings.SplitN(level, ":", 4)
		if len(parts) < 4 {
			return original
		}
		format := "decimal"
		if code := whole(parts[2]); code > 0 && code < len(oldFormats) {
			format = oldFormats[code]
		}
		number, _ := FormatNumber(format, whole(parts[1]))
		b.WriteString(number + parts[3])
	}
	return b.String()
}
