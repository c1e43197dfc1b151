package web

import (
	"context"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// provisionPage shows one paragraph with what stands behind it, or the bare text of a provision on
// which no activity can hang.
type provisionPage struct {
	detailPage
	Answerable bool // activities can hang on it
	Worded     bool // it has a wording of ours
	Instrument Link // the page of its text
	Cite       string
	Thread     string
	Path       string
	Addressees []string
	Reading    *mandate.Reading
	Law        *mandate.Wording // of the text in force, when one is held
	Above      *mandate.Wording // of the provision that it is part of
	Pieces     []Piece
	Cited      []CitedLine
	Faults     []resolute.Finding
	CitedBy    []Link // provisions of other texts
	Roles      []RoleLine
	TextOf     Link
	Serves     []Line
	Through    []WordingLine // the revisions, oldest first; empty: no more than one is held
	Perhaps    []Link        // threads with which it is perhaps one
	Decisions  []DecisionLine
	AllThreads string // the page of all that waits for a decision
}

// RoleLine is one claim of a role for an action line.
type RoleLine struct {
	mandate.RoleClaim
	Href, Source string
	Contradicts  bool
}

func (s *Site) thread(ctx context.Context, r *request) (answer, error) {
	name := r.http.PathValue("id")
	x, known, err := s.paragraph(ctx, name)
	if err != nil {
		return answer{}, err
	}
	if !known {
		return s.bareProvision(ctx, r, name)
	}
	d, out, err := s.detail(ctx, r, coverage.ByProvision, x.ID, "thread.title")
	if err != nil {
		return answer{}, err
	}
	if d.Figures, err = s.evidencing(ctx, r, d.shell, x.ID); err != nil {
		return answer{}, err
	}
	p := provisionPage{detailPage: d, Answerable: true, Thread: x.Thread, Path: pathOfThread(x.Thread), Worded: x.ID != x.Thread}
	if p.Worded {
		p.Addressees = []string{d.addresseeName(x.Addressee)}
	} else {
		p.Heading = p.InstrumentName() + p.Colon() + p.Path
	}
	if err := s.fillText(ctx, &p); err != nil {
		return answer{}, err
	}
	for _, c := range mandate.RoleClaims() {
		if c.Thread() == x.Thread {
			p.Roles = append(p.Roles, p.roleLine(c))
		}
	}
	if p.Serves, err = s.serves(ctx, r, p.shell, x.ID); err != nil {
		return answer{}, err
	}
	out.template, out.page = "thread", p
	out.data = threadJSON{out.data, p.Thread, p.Addressees, p.Law, citedIDs(p.Cited), p.Faults}
	return out, nil
}

// paragraph finds one of the rows by its alias or the key of its thread, in which "#" may be written
// "/" as in addresses. Case makes no difference.
func (s *Site) paragraph(ctx context.Context, name string) (x mandate.Paragraph, known bool, err error) {
	rows, err := s.Coverage.Rows(ctx)
	for _, x := range rows {
		if strings.EqualFold(x.ID, name) || strings.EqualFold(x.Thread, name) || strings.EqualFold(strings.Replace(x.Thread, "#", "/", 1), name) {
			return x, true, nil
		}
	}
	return x, false, err
}

// threadInstrument gives the instrument of the thread that an address names.
func threadInstrument(name string) string {
	if at := strings.LastIndexAny(name, "#/"); at >= 0 {
		return name[:at]
	}
	return mandate.BuiltIn()
}

// threadJSON is a paragraph with its text.
type threadJSON struct {
	Coverage   any                `json:"coverage"`
	Thread     string             `json:"thread"`
	Addressees []string           `json:"addressees"`
	Provision  *mandate.Wording   `json:"provision"` // null: no text is held
	Cites      []string           `json:"cites"`
	Findings   []resolute.Finding `json:"findings"`
}

func citedIDs(list []CitedLine) []string {
	ids := []string{}
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	return ids
}

// bareProvision shows a provision on which nothing hangs: of the preamble, or of another text.
func (s *Site) bareProvision(ctx context.Context, r *request, name string) (answer, error) {
	reading, w, err := s.Mandate.Thread(ctx, name)
	if err != nil {
		return answer{}, err
	}
	if reading == nil {
		return s.joinedThread(ctx, r, name)
	}
	p := provisionPage{detailPage: detailPage{shell: s.shell(r, "thread.provision")}, Thread: w.Thread, Path: pathOfThread(w.Thread)}
	p.Heading = p.Path
	if err := s.fillText(ctx, &p); err != nil {
		return answer{}, err
	}
	return answer{template: "thread", page: p, data: threadJSON{nil, p.Thread, p.Addressees, p.Law, citedIDs(p.Cited), p.Faults},
		csv: wordingsCSV(&mandate.Reading{Revision: reading.Revision, Provisions: []mandate.Wording{w}})}, nil
}

// joinedThread shows the thread that another one was joined with, at the address of the other.
func (s *Site) joinedThread(ctx context.Context, r *request, name string) (answer, error) {
	into, err := s.Mandate.Joined(ctx)
	if err != nil {
		return answer{}, err
	}
	at := strings.LastIndexByte(name, '/')
	if at < 0 {
		return answer{}, s.missing(r.http)
	}
	survivor := into[name[:at]+"#"+name[at+1:]]
	if survivor == "" {
		return answer{}, s.missing(r.http)
	}
	r.http.SetPathValue("id", strings.Replace(survivor, "#", "/", 1))
	return s.thread(ctx, r)
}

// fillText adds the wording that is in force, what it cites and what is wrong with it.
func (s *Site) fillText(ctx context.Context, p *provisionPage) error {
	reading, w, err := s.Mandate.Thread(ctx, p.Thread)
	p.Faults = []resolute.Finding{}
	if err == nil {
		err = s.fillInstrument(ctx, p)
	}
	if err != nil || reading == nil {
		return err
	}
	p.Reading, p.Law = reading, &w
	if !p.Worded {
		p.Addressees = w.Addressees
	}
	if above, ok := reading.Provision(w.Parent); ok {
		p.Above = &above
	}
	p.Pieces = p.pieces(w.Text, w.Instrument, reading.CitationsOf(w.Thread))
	p.Cited = p.cited(reading.CitationsOf(w.Thread))
	p.Faults = append(p.Faults, reading.FindingsOf(w.Thread)...)
	p.TextOf = Link{Href: p.URL("/mandate/"+w.Instrument, "revision", s.number(reading)) + "#" + anchor(w.Path), Text: reading.Label}
	if err := s.fillCiters(ctx, p); err != nil {
		return err
	}
	return s.fillTimeline(ctx, p)
}

// fillInstrument names the text that the provision is of.
func (s *Site) fillInstrument(ctx context.Context, p *provisionPage) error {
	key := mandate.InstrumentOfThread(p.Thread)
	i, err := s.known(ctx, key)
	name := p.instrumentName(i, nil)
	p.Instrument = Link{Href: p.URL("/mandate/" + key), Text: name}
	p.Cite = name + " · " + p.bodyName(key) + p.Comma() + p.Code
	return err
}

func (s *shell) roleLine(c mandate.RoleClaim) RoleLine {
	l := RoleLine{RoleClaim: c, Href: s.URL("/line/" + c.ActionLine), Source: s.URL(threadPage(c.Thread()))}
	for _, other := range mandate.Contradictions(c.ActionLine) {
		l.Contradicts = l.Contradicts || other == c
	}
	return l
}

// serves are the action lines that the activities of a paragraph serve, the fullest first.
func (s *Site) serves(ctx context.Context, r *request, p *shell, alias string) ([]Line, error) {
	q := r.query(coverage.ByLine)
	q.Filter.Threads = []string{alias}
	t, err := s.Coverage.Table(ctx, q)
	if err != nil {
		return nil, err
	}
	var list []Line
	for _, row := range reported(t.Rows) {
		if row.Activities > 0 {
			line := p.line(coverage.ByLine, row)
			line.Taking = "" // the row is of this paragraph alone
			list = append(list, line)
		}
	}
	return list, nil
}

// RoleName names a role in the page's language.
func (s *shell) RoleName(role string) string {
	return s.T("role." + strings.ReplaceAll(role, " ", "_"))
}

// DataDay is the day of the data version.
func (p provisionPage) DataDay() string { return p.Date(p.request.head.At) }

// DataVersion is the version of the data that the page stands on.
func (p provisionPage) DataVersion() int64 { return p.request.head.Seq }
