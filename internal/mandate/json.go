package mandate

import (
	"strconv"
	"strings"

	"resolute"
)

// DocumentJSON is a document as others read it.
type DocumentJSON struct {
	Title    string             `json:"title"`
	Number   string             `json:"number"`
	Body     string             `json:"body"` // itu:pp; empty: not known
	Place    string             `json:"place"`
	Year     int                `json:"year"` // 0: not known
	Kind     string             `json:"kind"` // resolution or decision
	Lang     resolute.Lang      `json:"lang"`
	Mark     string             `json:"mark"`     // of a proposal: MOD, ADD, SUP, NOC; empty: none
	Proposal string             `json:"proposal"` // MEX/18A3/1; empty: none
	Groups   []GroupJSON        `json:"groups"`
	Annexes  []AnnexJSON        `json:"annexes"`
	Findings []resolute.Finding `json:"findings"`
}

// AnnexJSON is what stands behind the text proper, as others read it.
type AnnexJSON struct {
	Heading string      `json:"heading"`
	Line    int         `json:"line"` // from 1
	Groups  []GroupJSON `json:"groups"`
}

// GroupJSON is one group as others read it; Kind is preambular or operative.
type GroupJSON struct {
	Kind       string     `json:"kind"`
	Heading    string     `json:"heading"`
	Verb       string     `json:"verb"`
	Addressees []string   `json:"addressees"`
	Line       int        `json:"line"` // of the heading, from 1; 0: none
	Certainty  Certainty  `json:"certainty"`
	Items      []ItemJSON `json:"items"`
}

// ItemJSON is one provision as others read it.
type ItemJSON struct {
	ID         string     `json:"id"`    // its path: resolves_11_ii
	Label      string     `json:"label"` // as printed, without brackets
	Level      int        `json:"level"`
	Verb       string     `json:"verb"`
	Addressees []string   `json:"addressees"`
	Line       int        `json:"line"`
	Text       string     `json:"text"`
	Certainty  Certainty  `json:"certainty"`
	Items      []ItemJSON `json:"items"`
}

// JSON gives the document with what was found wrong with it.
func (d *Document) JSON(findings []resolute.Finding) DocumentJSON {
	out := DocumentJSON{Title: d.Title, Number: d.Number, Body: d.Body, Kind: d.Kind, Lang: d.Lang, Mark: d.Mark, Proposal: d.Proposal,
		Groups: groupsJSON(d.Groups), Annexes: []AnnexJSON{}, Findings: findings}
	if b, ok := readBracket(d.Label); ok {
		out.Place, out.Year = b.place(), b.year()
	} else if year, _, dated := strings.Cut(d.Day, "-"); dated {
		out.Year, _ = strconv.Atoi(year)
	}
	for _, a := range d.Annexes {
		out.Annexes = append(out.Annexes, AnnexJSON{a.Heading, a.Line, groupsJSON(a.Groups)})
	}
	return out
}

func groupsJSON(groups []Group) []GroupJSON {
	list := make([]GroupJSON, len(groups))
	for i := range groups {
		g := &groups[i]
		list[i] = GroupJSON{Kind: g.kind(), Heading: g.Heading, Verb: g.Verb, Addressees: some(g.Addressees), Line: g.Line, Certainty: certainties()[g.Why], Items: itemsJSON(g.Items)}
	}
	return list
}

func itemsJSON(items []Provision) []ItemJSON {
	list := make([]ItemJSON, len(items))
	for i, p := range items {
		list[i] = ItemJSON{ID: p.Path, Label: p.Mark, Level: p.Level, Verb: p.Verb, Addressees: some(p.Addressees), Line: p.Line, Text: p.Text, Certainty: certainties()[p.Why], Items: itemsJSON(p.Items)}
	}
	return list
}

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// CitationJSON is a citation as others read it.
type CitationJSON struct {
	Line  int      `json:"line"`  // from 1
	Start int      `json:"start"` // code points from 0, half open
	End   int      `json:"end"`
	Text  string   `json:"text"`
	IDs   []string `json:"ids"` // empty: the text does not tell which instrument
}

// CitationsJSON gives citations as others read them.
func CitationsJSON(citations []Citation) []CitationJSON {
	list := make([]CitationJSON, len(citations))
	for i, c := range citations {
		list[i] = CitationJSON{c.Line, c.Start, c.End, c.Text, c.IDs()}
	}
	return list
}
