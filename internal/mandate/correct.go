package mandate

import (
	"slices"
	"strconv"
	"strings"
)

// Deed is what a correction does with a provision.
type Deed string

// The deeds. Split ends a provision before some of its words, which begin the next one; join makes
// it a part of the text before it; indent lays it below the one before it; outdent takes it, and
// those of its list that follow it, out of the list; renumber gives it the mark that it should have.
const (
	Split    Deed = "split"
	Join     Deed = "join"
	Indent   Deed = "indent"
	Outdent  Deed = "outdent"
	Renumber Deed = "renumber"
)

// Deeds are all deeds.
var Deeds = []Deed{Split, Join, Indent, Outdent, Renumber}

// Correction is what a person said about the structure of an edition. It is bound to the words of
// a provision, with its mark and heading, as they were after all earlier corrections.
type Correction struct {
	ID      int64  `json:"id"`
	Deed    Deed   `json:"as"`
	Heading string `json:"heading"`
	Mark    string `json:"mark"`
	Text    string `json:"text"`
	Words   string `json:"at,omitempty"`    // with which the second part of a split begins
	NewMark string `json:"label,omitempty"` // of a renumbered provision, or of that second part
	Reason  string `json:"reason"`
	By      string `json:"by"`
	At      int64  `json:"decided"` // Unix milliseconds
}

// correct applies corrections in their order and gives back those that fit no single provision,
// or that cannot be done there. The lines put together stay the text.
func (d *Document) correct(list []Correction) (unfit []Correction) {
	for _, c := range list {
		d.keepThreads()
		if !d.apply(c) {
			unfit = append(unfit, c)
		}
	}
	if len(list) > len(unfit) {
		d.settlePaths()
	}
	return unfit
}

// keepThreads notes the name of each thread that is not that of its path: the second part of a split may
// stand where another provision stood, whose thread keeps that name wherever either of them goes.
func (d *Document) keepThreads() {
	d.eachThread(func(p *Provision, name string) {
		if name != p.Path {
			p.origin = name
		}
	})
}

// spotOf is where a provision stands in a document.
type spotOf struct {
	group  *Group
	list   *[]Provision // that it is in
	at     int
	parent *spotOf // of the provision it is part of; nil at the top
}

func (s spotOf) provision() *Provision { return &(*s.list)[s.at] }

// spots finds every provision that a test holds for.
func (d *Document) spots(test func(*Group, *Provision) bool) (found []spotOf) {
	for i := range d.Groups {
		g := &d.Groups[i]
		var down func(list *[]Provision, parent *spotOf)
		down = func(list *[]Provision, parent *spotOf) {
			for j := range *list {
				here := spotOf{g, list, j, parent}
				if test(g, here.provision()) {
					found = append(found, here)
				}
				down(&(*list)[j].Items, &here)
			}
		}
		down(&g.Items, nil)
	}
	return found
}

func (c Correction) isAbout(g *Group, p *Provision) bool {
	return g.Heading == c.Heading && p.Mark == c.Mark && sameWords(p.Text, c.Text)
}

// sameWords compares texts but for their blanks.
func sameWords(a, b string) bool {
	return a == b || strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

func (d *Document) apply(c Correction) bool {
	found := d.spots(c.isAbout)
	if len(found) != 1 {
		return false
	}
	s := found[0]
	switch c.Deed {
	case Split:
		return d.split(s, c)
	case Join:
		return d.join(s)
	case Indent:
		return s.indent()
	case Outdent:
		return s.outdent()
	}
	p := s.provision()
	before := s.before()
	p.printed, p.marked = d.printedBefore(p), true
	p.Mark, p.Why = c.NewMark, whyCorrected
	s.rename(before)
	return true
}

// before gives the path of what a provision is part of: its own without its last part.
func (s spotOf) before() string {
	if s.parent != nil {
		return s.parent.provision().Path
	}
	p := s.provision()
	if own := pathMark(p.Mark); p.Mark != "" && (p.Path == own || strings.HasSuffix(p.Path, "_"+own)) {
		return strings.TrimSuffix(strings.TrimSuffix(p.Path, own), "_")
	}
	if cut := strings.LastIndexByte(p.Path, '_'); cut >= 0 {
		return p.Path[:cut]
	}
	return s.group.Path
}

// rename gives a provision, and what it holds, the path that its mark and place ask for.
func (s spotOf) rename(before string) {
	p := s.provision()
	taken := p.Mark == "" || slices.ContainsFunc((*s.list)[:s.at], func(other Provision) bool { return other.Mark == p.Mark })
	old := p.Path
	p.keepOrigin(old)
	if p.Path = joinPath(before, pathMark(p.Mark)); taken {
		p.Path = joinPath(before, "p"+strconv.Itoa(s.at+1))
	}
	moveBelow(p.Items, old, p.Path)
}

// keepOrigin notes the path that a provision had before any correction: its thread keeps that name, so
// that evidence stays on it. A second part of a split has none.
func (p *Provision) keepOrigin(path string) {
	if p.origin == "" {
		p.origin = path
	}
}

// moveBelow follows a path that changed down to the parts of its provision.
func moveBelow(items []Provision, old, path string) {
	for i := range items {
		if rest, below := strings.CutPrefix(items[i].Path, old+"_"); below {
			items[i].keepOrigin(items[i].Path)
			items[i].Path = path + "_" + rest
		}
		moveBelow(items[i].Items, old, path)
	}
}

// relevel lays provisions so many levels deeper.
func relevel(items []Provision, by int) {
	for i := range items {
		items[i].Level += by
		relevel(items[i].Items, by)
	}
}

func (s spotOf) indent() bool {
	if s.at == 0 {
		return false
	}
	p := *s.provision()
	over := &(*s.list)[s.at-1]
	*s.list = slices.Delete(*s.list, s.at, s.at+1)
	p.Why = whyCorrected
	over.Items = append(over.Items, p)
	relevel(over.Items[len(over.Items)-1:], 1)
	spotOf{s.group, &over.Items, len(over.Items) - 1, &spotOf{s.group, s.list, s.at - 1, s.parent}}.rename(over.Path)
	return true
}

func (s spotOf) outdent() bool {
	if s.parent == nil {
		return false
	}
	before := s.parent.before()
	p := *s.provision()
	own := len(p.Items)
	p.Items = append(slices.Clone(p.Items), (*s.list)[s.at+1:]...)
	*s.list = (*s.list)[:s.at]
	p.Why = whyCorrected
	p.Level--
	relevel(p.Items[:own], -1)
	up := *s.parent
	*up.list = slices.Insert(*up.list, up.at+1, p)
	here := spotOf{s.group, up.list, up.at + 1, up.parent}
	here.rename(before)
	for list := &here.provision().Items; own < len(*list); own++ { // those that followed it are its parts now
		spotOf{s.group, list, own, &here}.rename(here.provision().Path)
	}
	return true
}
