package mandate

import (
	"strings"
)

// topicWords is from how many words on a line without a closing mark is a sentence.
const topicWords = 8

// decimal adds "9.1": a part of paragraph 9, or under a topic an item of its own. A
// few words without a closing mark are a topic.
func (p *paragraphs) decimal(m mark, n int) {
	g := p.group()
	before, _, _ := strings.Cut(m.text, ".")
	if !closed(m.rest) && len(strings.Fields(m.rest)) < topicWords {
		p.topic(strings.TrimSpace(p.doc.Lines[n-1]), n)
		return
	}
	if len(g.Items) > 0 && g.Items[len(g.Items)-1].Mark == before {
		last := &g.Items[len(g.Items)-1]
		addItem(&last.Items, last.Path, 2, m.text, m.rest, n)
		return
	}
	addItem(&g.Items, "", 1, m.text, m.rest, n)
	last := &g.Items[len(g.Items)-1]
	last.Verb = headOf(m.rest, p.doc.Lang).verb
	p.over, p.open = []*Provision{last}, nil
}

// deepest bounds how deep the parts of a paragraph may lie below it.
const deepest = 4

// below adds a part of the last paragraph at the depth that its mark speaks for. A topic between
// parts does not end their list.
func (p *paragraphs) below(m mark, n int) {
	depth, open := p.open.place(m, p.announces())
	depth = min(depth, deepest-1, len(p.over)-1)
	p.open = open[:min(len(open), depth+1)]
	item := Provision{Mark: m.text, Level: depth + 2, Line: n, Verb: headOf(m.rest, p.doc.Lang).verb, Text: m.rest}
	if m.style == "bullet" {
		item.Mark, item.Why = "", whyBullet
	}
	g := p.group()
	if len(g.Items) == 0 { // behind a topic
		p.add(&g.Items, p.over[min(depth, len(p.over)-1)].Path, item)
		p.over = []*Provision{p.over[0], &g.Items[0]}
		return
	}
	if depth == 0 && p.over[0].Line < g.Line {
		p.add(&g.Items, p.over[0].Path, item)
		p.over = []*Provision{p.over[0], &g.Items[len(g.Items)-1]}
		return
	}
	over := p.over[depth]
	p.add(&over.Items, over.Path, item)
	p.over = append(p.over[:depth+1:depth+1], &over.Items[len(over.Items)-1])
}

// announces tells whether the last line ended with a colon.
func (p *paragraphs) announces() bool {
	return strings.HasSuffix(strings.TrimSpace(p.over[len(p.over)-1].Text), ":")
}

// add appends a part with a path of its own. The parts of recitals count on with the recitals, and
// so do those of paragraphs without numbers.
func (p *paragraphs) add(list *[]Provision, parent string, item Provision) {
	addItem(list, parent, item.Level, item.Mark, item.Text, item.Line)
	last := &(*list)[len(*list)-1]
	last.Why, last.Verb = item.Why, item.Verb
	if g := p.group(); p.free && !p.directed || !g.Operative && !p.unopened && !p.shared {
		p.recitals++
		last.Path = p.recitalPath()
	}
}

// continues adds a line without mark below the last paragraph.
func (p *paragraphs) continues(line string, n int) {
	over, item := p.over[0], Provision{Level: 2, Line: n, Text: line}
	items := &over.Items
	if g := p.group(); over.Line < g.Line { // behind a topic
		items = &g.Items
	}
	if p.free {
		p.add(items, over.Path, item)
	} else {
		addItem(items, over.Path, 2, "", line, n)
	}
}
