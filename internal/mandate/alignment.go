package mandate

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"resolute/internal/mandate/align"
)

// units are the provisions of a text as alignment sees them. A text of the United Nations is
// counted as its readers do: P7 is the 7th line of the preamble that ends with a comma, O84.a the
// part (a) of paragraph 84. All else is named by its line: L12.
func units(list []Wording, un bool) []align.Provision {
	out := make([]align.Provision, len(list))
	labels := map[string]string{} // by thread
	recitals := 0
	for i, w := range list {
		label := "L" + strconv.Itoa(w.Line)
		u := align.Provision{Path: w.Path, Number: w.Mark, Line: w.Line, Group: w.Heading, Operative: w.Operative, Text: w.Text}
		switch {
		case un && !w.Operative && recital.MatchString(w.Text):
			recitals++
			label = "P" + strconv.Itoa(recitals)
			u.Number = label
		case un && w.Operative && w.Parent == "" && isNumber(w.Mark):
			label = "O" + w.Mark
			u.Number = label
		case un && w.Operative && w.Mark != "" && labels[w.Parent] != "":
			label = labels[w.Parent] + "." + w.Mark
			u.Number = label
		}
		if label[0] == 'O' {
			labels[w.Thread] = label
		}
		u.Label = label
		out[i] = u
	}
	return out
}

// recital is a line that ends with a comma; the number of a footnote may follow it.
var recital = regexp.MustCompile(`,\d*\s*$`)

// wordings are the provisions of a document, or its lines when no structure was found in it.
func (d *Document) wordings() []Wording {
	if list := wordings(d, "", false); len(list) > 0 {
		return list
	}
	return lineWordings(d.Lines)
}

// lineMark is what numbers a line of a text whose structure is not known.
var lineMark = regexp.MustCompile(`^(?:\(?([\p{L}\d]{1,4})\)|(\d{1,3}(?:\.\d{1,2})*)[.)]?)\s+`)

// lineWordings takes each line that holds something for a provision.
func lineWordings(lines []string) []Wording {
	var list []Wording
	for i, raw := range lines {
		line := strings.TrimSpace(plain(raw))
		if line == "" || noteLine.MatchString(line) {
			continue
		}
		w := Wording{Line: i + 1, Text: line}
		if m := lineMark.FindStringSubmatch(line); m != nil {
			w.Mark, w.Text = m[1]+m[2], line[len(m[0]):]
		}
		list = append(list, w)
	}
	return list
}

// LinkJSON says which provision of one text became which of another, as others read it. The side
// that is missing, of what is new or dropped, is empty.
type LinkJSON struct {
	Old     string   `json:"old"` // P7, O84.a, L12
	New     string   `json:"new"`
	OldLine int      `json:"old_line"` // from 1; 0: none
	NewLine int      `json:"new_line"`
	OldPath string   `json:"old_path"` // of the thread within its instrument: resolves_11_ii
	NewPath string   `json:"new_path"`
	Kind    string   `json:"kind"`  // kept, edited, new, dropped, split, merged
	Flags   []string `json:"flags"` // any of renumbered, moved, unsure
	Score   float64  `json:"score"` // likeness of the words, 0 to 1, three digits
}

// Align links the provisions of two texts, in the order of the new one. Annexes and footnotes are left to AlignBehind.
func Align(old, new *Document) []LinkJSON {
	return linksJSON(units(old.wordings(), old.Family == familyUN), units(new.wordings(), new.Family == familyUN))
}

func linksJSON(a, b []align.Provision) []LinkJSON {
	links := align.Texts(a, b)
	list := make([]LinkJSON, len(links))
	for i, l := range links {
		list[i] = LinkJSON{Kind: string(l.Kind), Flags: l.Flags, Score: thousandths(l.Score)}
		if l.Old != align.None {
			list[i].Old, list[i].OldLine, list[i].OldPath = a[l.Old].Label, a[l.Old].Line, a[l.Old].Path
		}
		if l.New != align.None {
			list[i].New, list[i].NewLine, list[i].NewPath = b[l.New].Label, b[l.New].Line, b[l.New].Path
		}
	}
	return list
}

func thousandths(x float64) float64 { return math.Round(x*1000) / 1000 }
