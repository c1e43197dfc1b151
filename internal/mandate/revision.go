package mandate

import "strconv"

// Revision is one text of an instrument as readers see it.
type Revision struct {
	ID         int64  `json:"id"`
	Instrument string `json:"instrument"`
	Kind       string `json:"kind"`
	Number     string `json:"number"`
	Label      string `json:"label"` // as printed behind the number
	Title      string `json:"title"`
	Day        string `json:"day"` // on which the text stands, YYYY-MM-DD; empty: not known
	Import     int64  `json:"import"`
	Mixed      bool   `json:"mixed"` // two revisions in one text, as when tracked changes were saved as plain text
	Provisions int    `json:"provisions"`

	settled int64 // change that last moved threads of its provisions
}

// Wording is one provision of a revision.
type Wording struct {
	Revision    `json:"-"`
	Thread      string   `json:"thread"`
	Parent      string   `json:"parent"`
	Path        string   `json:"path"`               // where it stands in its own text: resolves_11_ii
	Likeness    int      `json:"likeness,omitempty"` // of the words to those of the neighbouring text, thousandths; 0: not aligned
	Perhaps     string   `json:"perhaps,omitempty"`  // thread that it may continue, where that is in doubt
	Part        int      `json:"-"`                  // number of its group, from 1
	Heading     string   `json:"heading"`
	Operative   bool     `json:"operative"`
	Addressees  []string `json:"addressees"`
	Mark        string   `json:"mark"`
	Level       int      `json:"level"` // 1 at the top
	Line        int      `json:"line"`  // of the text, from 1
	Text        string   `json:"text"`
	Provisional bool     `json:"provisional"` // the key may change when a mixed text is taken apart; nothing hangs on it
}

// wordings lists the provisions of a document in the order of the text. Keys of the preamble of a
// text that mixes two revisions are provisional.
func wordings(doc *Document, instrument string, mixed bool) []Wording {
	var list []Wording
	parts := map[*Group]int{}
	for i := range doc.Groups {
		parts[&doc.Groups[i]] = i + 1
	}
	threads := doc.threadNames()
	doc.Walk(func(g *Group, parent string, p *Provision) {
		w := Wording{Thread: instrument + "#" + threads[p.Path], Path: p.Path, Part: parts[g], Heading: g.Heading, Operative: g.Operative, Addressees: g.Addressees,
			Mark: p.Mark, Level: p.Level, Line: p.Line, Text: p.Text, Provisional: mixed && !g.Operative}
		if parent != "" {
			w.Parent = instrument + "#" + threads[parent]
		}
		if len(p.Addressees) > 0 {
			w.Addressees = p.Addressees
		}
		list = append(list, w)
	})
	return list
}

// threadNames gives, by path, the name of the thread that each provision begins.
func (d *Document) threadNames() map[string]string {
	names := map[string]string{}
	d.eachThread(func(p *Provision, name string) { names[p.Path] = name })
	return names
}

// eachThread tells the name of the thread that each provision begins: its path, or the one that it had
// before its place was corrected.
func (d *Document) eachThread(tell func(p *Provision, name string)) {
	taken := map[string]bool{}
	d.Walk(func(_ *Group, _ string, p *Provision) {
		if p.origin != "" {
			taken[p.origin] = true
		}
	})
	d.Walk(func(_ *Group, _ string, p *Provision) {
		if p.origin != "" {
			tell(p, p.origin)
			return
		}
		name := p.Path
		for n := 2; taken[name]; n++ {
			name = p.Path + "." + strconv.Itoa(n)
		}
		taken[name] = true
		tell(p, name)
	})
}
