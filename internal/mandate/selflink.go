package mandate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// selfPlaces finds the provisions that a reference within a text names ("resolves_5",
// "instructs-sg_5", "12"): their places in the list. Numbered tells whether the text has a list in
// which it could be: a heading that it does not have may be that of another text.
func selfPlaces(own []Wording, part string, lang resolute.Lang) (places []int, numbered bool) {
	at := strings.LastIndexByte(part, '_')
	heading, mark := part[:max(at, 0)], part[at+1:]
	path, who, addressed := strings.Cut(heading, "-")
	for i, w := range own {
		if w.Path == part {
			return []int{i}, true
		}
		if w.Level > 1 || w.Mark == "" || !underHeading(w, path) || addressed && !speaksTo(w.Addressees, who, lang) {
			continue
		}
		if pathMark(w.Mark) == mark {
			places = append(places, i)
		}
		numbered = numbered || isNumber(w.Mark) == isNumber(mark)
	}
	return places, numbered
}

// underHeading tells whether a provision stands in a list under a heading: "resolves" is that of
// resolves.2 too, and "instructs" that of instructs_further. Paragraphs that are numbered through
// stand under none.
func underHeading(w Wording, path string) bool {
	at := strings.LastIndexByte(w.Path, '_')
	if path == "" {
		return at < 0 || strings.HasPrefix(w.Path, "part")
	}
	over, _, _ := strings.Cut(w.Path[:max(at, 0)], ".")
	return over == path || strings.HasPrefix(over, path+"_")
}

func speaksTo(addressees []string, code string, lang resolute.Lang) bool {
	return slices.ContainsFunc(addressees, func(name string) bool { return addresseeCode(name, lang) == code })
}

// selfLink is a reference from one provision of a text to another, by their places in the list.
type selfLink struct {
	from, to int // to is -1 where none or several are named
	part     string
	cite     Citation // its line is that of the provision
}

// citationsIn finds the citations of each provision.
func citationsIn(own []Wording, body string) [][]Citation {
	all := make([][]Citation, len(own))
	for i, w := range own {
		all[i] = CiteLine(w.Text, w.Line, body)
	}
	return all
}

// selfLinks lists the references within a text in its order, among the citations of its provisions.
func selfLinks(own []Wording, cites [][]Citation, lang resolute.Lang) []selfLink {
	var list []selfLink
	for i := range own {
		for _, c := range cites[i] {
			for _, t := range c.Targets {
				if t.Key != selfKey {
					continue
				}
				l := selfLink{i, -1, t.Part, c}
				if places, _ := selfPlaces(own, t.Part, lang); len(places) == 1 {
					l.to = places[0]
				}
				list = append(list, l)
			}
		}
	}
	return list
}

// ledBefore tells to which thread each reference of a revision led: by citing thread and part.
type ledBefore map[[2]string]string

func leads(own []Wording, links []selfLink) ledBefore {
	led := ledBefore{}
	for _, l := range links {
		if l.to >= 0 {
			led[[2]string{own[l.from].Thread, l.part}] = own[l.to].Thread
		}
	}
	return led
}

const ruleRenumbered = "citation-of-renumbered-provision"

// renumbered finds references that lead to another thread than the same words did in the revision
// before: what they meant stands elsewhere now, or is gone.
func renumbered(own []Wording, links []selfLink, before ledBefore) []resolute.Finding {
	var list []resolute.Finding
	for _, l := range links {
		meant := before[[2]string{own[l.from].Thread, l.part}]
		if meant == "" || l.to < 0 || own[l.to].Thread == meant {
			continue
		}
		f := atRune(ruleRenumbered, l.cite.Line, l.cite.Start, l.cite.Text, "", "in the revision before, these words led to another provision, which is gone")
		f.Severity = severityOf(f.Rule)
		f.Expected = "another reference, or none"
		if at := slices.IndexFunc(own, func(w Wording) bool { return w.Thread == meant }); at >= 0 {
			f.Expected = strings.ReplaceAll(own[at].Path, "_", " ")
			f.Message = "in the revision before, these words led to the provision that is " + f.Expected + " now"
		}
		list = append(list, f)
	}
	return list
}

// LintAfter tells what is wrong with a text by itself, and which of its references to its own
// provisions no longer mean what they meant in the revision before.
func LintAfter(before, doc *Document) []resolute.Finding {
	old, own := wordings(before, selfKey, false), wordings(doc, selfKey, false)
	follow(old, own, doc.Day)
	led := leads(old, selfLinks(old, citationsIn(old, before.Body), before.Lang))
	return sortFindings(append(Lint(doc), withMarks(renumbered(own, selfLinks(own, citationsIn(own, doc.Body), doc.Lang), led), doc.Lines)...))
}

// follow gives the provisions of a text the threads of those of the text before that they continue,
// and their own to all others.
func follow(old, own []Wording, day string) {
	continued, doubtful := successors(old, own, false)
	taken := map[string]bool{}
	for _, w := range old {
		taken[w.Thread] = true
	}
	nameThreads(own, continued, taken, day)
	for i, thread := range doubtful {
		own[i].Perhaps = thread
	}
}

// withMarks moves findings from the text of a provision to its line, which begins with its mark.
func withMarks(list []resolute.Finding, lines []string) []resolute.Finding {
	for i, f := range list {
		if at := strings.Index(plain(lines[f.Line-1]), f.Found); at >= 0 {
			list[i].Column = column(plain(lines[f.Line-1]), at)
		}
	}
	return list
}

// insertSelfLinks keeps the references within a revision by the numbers of its provisions, so that
// they follow the threads.
func insertSelfLinks(ctx context.Context, tx *db.Tx, revision int64, links []selfLink) error {
	values := make([][]any, len(links))
	for i, l := range links {
		values[i] = []any{revision, int64(i + 1), int64(l.from + 1), l.part, int64(l.to + 1)}
	}
	return tx.Bulk(ctx, "self_citation", []string{"revision", "n", "provision", "part", "target"}, values)
}

// linksBefore reads to which threads the references of the revision before one led; nil when there
// is none before.
func linksBefore(ctx context.Context, q db.Queryer, r Revision) (ledBefore, error) {
	rows, err := q.Query(ctx, `SELECT p.thread, s.part, t.thread FROM self_citation s
		JOIN provision p ON p.revision = s.revision AND p.n = s.provision
		JOIN provision t ON t.revision = s.revision AND t.n = s.target
		WHERE s.revision = (SELECT id FROM revision WHERE instrument = $1 AND label <> $2 AND mixed = 0 AND day <= $3 AND id <> $4 AND`+seen+`ORDER BY`+newest+`LIMIT 1)
		ORDER BY s.n`, r.Instrument, r.Label, r.Day, r.ID)
	if err != nil {
		return nil, fmt.Errorf("read references of the revision before %d: %w", r.ID, err)
	}
	defer func() { _ = rows.Close() }()
	led := ledBefore{}
	for rows.Next() {
		var from, part, to string
		if err := rows.Scan(&from, &part, &to); err != nil {
			return nil, err
		}
		led[[2]string{from, part}] = to
	}
	return led, rows.Err()
}
