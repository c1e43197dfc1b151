package docx

import "strings"

// levels is how many levels a list has.
const levels = 9

// numbering holds the lists of numbering.xml.
type numbering struct {
	kinds map[int]*listKind
	lists map[int]*list
}

// listKind is w:abstractNum: what the levels look like. Lists of one kind go on counting where
// the one before stopped.
type listKind struct {
	id     int
	levels [levels]*level
	link   string // numbering style that holds the levels instead
}

// list is w:num: a kind with what is different here.
type list struct {
	kind   int
	levels [levels]*level // whole levels of its own
	starts [levels]int    // where it begins anew; unset: it goes on
}

// level is one level of a list.
type level struct {
	start    int
	format   string
	text     string // "%1.%2)"
	style    string // paragraphs of this style are of this level
	restart  int    // 1: begins anew below the first level only; 0: never; unset: below every level
	decimals bool   // w:isLgl: every number in it is decimal
	picture  bool
}

// readNumbering reads numbering.xml; a nil root gives no lists.
func readNumbering(root *node) numbering {
	n := numbering{kinds: map[int]*listKind{}, lists: map[int]*list{}}
	if root == nil {
		return n
	}
	for _, c := range root.nodes {
		switch c.name {
		case "w:abstractNum":
			k := &listKind{id: whole(c.attr("abstractNumId")), link: c.val("w:numStyleLink")}
			readLevels(c, &k.levels)
			n.kinds[k.id] = k
		case "w:num":
			n.lists[whole(c.attr("numId"))] = readList(c)
		}
	}
	return n
}

func readList(n *node) *list {
	l := &list{kind: whole(n.val("w:abstractNumId"))}
	for i := range l.starts {
		l.starts[i] = unset
	}
	for _, c := range n.nodes {
		at := whole(c.attr("ilvl"))
		if c.name != "w:lvlOverride" || at < 0 || at >= levels {
			continue
		}
		readLevels(c, &l.levels)
		if start := c.find("w:startOverride"); start != nil {
			l.starts[at] = whole(start.attr("val"))
		} else if own := l.levels[at]; own != nil && c.find("w:lvl") != nil {
			l.starts[at] = own.start
		}
	}
	return l
}

func readLevels(n *node, into *[levels]*level) {
	for _, c := range n.nodes {
		at := whole(c.attr("ilvl"))
		if c.name != "w:lvl" || at < 0 || at >= levels {
			continue
		}
		l := &level{start: max(0, whole(c.val("w:start"))), format: c.val("w:numFmt"), text: c.val("w:lvlText"), style: c.val("w:pStyle"),
			restart: whole(c.val("w:lvlRestart")), picture: c.find("w:lvlPicBulletId") != nil}
		if legal := c.find("w:isLgl"); legal != nil {
			l.decimals = legal.attr("val") == "" || isOn(legal.attr("val"))
		}
		into[at] = l
	}
}

// kindOf finds the kind of a list, through the numbering style that it may name.
func (n numbering) kindOf(l *list, s styles) *listKind {
	k := n.kinds[l.kind]
	for range len(n.kinds) { // a circle of links ends
		if k == nil || k.link == "" {
			break
		}
		other := n.lists[s.byID[k.link].of[after].list]
		if other == nil {
			break
		}
		k = n.kinds[other.kind]
	}
	return k
}

// counter counts the lists of one side of one story.
type counter struct {
	numbering
	styles  styles
	side    side
	kinds   map[int]*count
	begun   map[*list]*[levels]bool // where a list has begun anew
	unknown map[string]bool         // formats that are written as decimal
}

// count is how far the levels of a kind have come.
type count struct {
	number [levels]int
	set    [levels]bool
}

func (n numbering) counter(s styles, on side) *counter {
	return &counter{numbering: n, styles: s, side: on, kinds: map[int]*count{}, begun: map[*list]*[levels]bool{}, unknown: map[string]bool{}}
}

// label counts a paragraph and gives its number as shown; empty when it has none.
func (c *counter) label(p properties) string {
	n, named := c.styles.number(p, c.side)
	l := c.lists[n.list]
	if n.list <= 0 || l == nil {
		return ""
	}
	k := c.kindOf(l, c.styles)
	if k == nil {
		return ""
	}
	at := n.level
	if at == unset {
		at = k.levelOf(named)
	}
	if at >= levels {
		return ""
	}
	look := look(k, l, at)
	if look == nil {
		return ""
	}
	now := c.step(k, l, at)
	if p.printed != "" {
		return p.printed
	}
	return strings.TrimSpace(c.show(k, l, look, now))
}

// levelOf finds the level of a style; the first when there is none.
func (k *listKind) levelOf(style string) int {
	for i, l := range k.levels {
		if l != nil && l.style != "" && l.style == style {
			return i
		}
	}
	return 0
}

func look(k *listKind, l *list, at int) *level {
	if l.levels[at] != nil {
		return l.levels[at]
	}
	return k.levels[at]
}

// start is where a level begins.
func start(k *listKind, l *list, at int) int {
	if l.starts[at] != unset {
		return l.starts[at]
	}
	if look := look(k, l, at); look != nil {
		return look.start
	}
	return 1
}

// step counts one paragraph at a level: the levels below begin anew, those above that were never
// used stand at their start.
func (c *counter) step(k *listKind, l *list, at int) *count {
	now := c.kinds[k.id]
	if now == nil {
		now = &count{}
		c.kinds[k.id] = now
	}
	begun := c.begun[l]
	if begun == nil {
		begun = &[levels]bool{}
		c.begun[l] = begun
	}
	for i := range at {
		if !now.set[i] {
			now.number[i], now.set[i] = start(k, l, i), true
		}
	}
	if anew := l.starts[at] != unset && !begun[at]; anew || !now.set[at] {
		now.number[at], now.set[at] = start(k, l, at), true
	} else {
		now.number[at]++
	}
	begun[at] = true
	for i := at + 1; i < levels; i++ {
		if below := look(k, l, i); below == nil || below.restart == unset || below.restart > at {
			now.set[i] = false
		}
	}
	return now
}

// show writes the number: "%2" stands for that of the second level.
func (c *counter) show(k *listKind, l *list, look *level, now *count) string {
	if look.picture {
		return "•"
	}
	if look.format == "bullet" {
		return strings.Map(symbol, look.text)
	}
	var b strings.Builder
	for text := look.text; text != ""; {
		before, behind, found := strings.Cut(text, "%")
		b.WriteString(before)
		if text = behind; !found {
			break
		}
		if behind == "" || behind[0] < '1' || behind[0] > '9' {
			b.WriteByte('%')
			continue
		}
		b.WriteString(c.number(k, l, int(behind[0]-'1'), look.decimals, now))
		text = behind[1:]
	}
	return b.String()
}

func (c *counter) number(k *listKind, l *list, at int, decimals bool, now *count) string {
	n := now.number[at]
	if !now.set[at] {
		n = start(k, l, at)
	}
	format := "decimal"
	if of := look(k, l, at); of != nil && !(decimals && of.format != "none") {
		format = of.format
	}
	text, known := FormatNumber(format, n)
	if !known {
		c.unknown[format] = true
	}
	return text
}
