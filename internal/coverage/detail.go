package coverage

import (
	"context"
	"fmt"
	"strconv"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// Organisation is a party as figures know it.
type Organisation struct {
	ID              int64
	Ref, Name, Type string
}

// Partner is an organisation with the activities it takes part in.
type Partner struct {
	Organisation
	Activities int
	InRole     [len(roles)]int // of Activities, by place in Roles: one activity may count in several
}

// Year is the money of one year.
type Year struct {
	Year               string
	Commitments, Spent Money
}

// Count is a code with a number of activities.
type Count struct {
	Code       string
	Activities int
}

// Detail is one row with what stands behind it.
type Detail struct {
	Row
	Children []Row
	Years    []Year // of the row's activities as a whole, not of their share
	Partners []Partner
	Nations  []Count // by number of activities
	List     List    // first page of its activities, newest evidence first

	Conversion *Conversion // of its money and that of its parts; nil: none
}

// filterOf adds one row of a view to a filter.
func filterOf(by, id string, f Filter) Filter {
	switch by {
	case ByProvision:
		f.Threads = []string{id}
	case ByLine:
		f.Lines = []string{id}
	case ByGoal:
		f.Goals = []string{id}
	case ByTarget:
		f.Targets = []string{id}
	case ByCountry:
		f.Areas = []string{id}
	case ByITURegion:
		f.Regions = []string{id}
	case ByGroup:
		f.Groups = []string{id}
	}
	return f
}

// Detail gives one row of a view with what stands behind it. An unknown row is an Error with
// code NotFound.
func (c *Coverage) Detail(ctx context.Context, q Query, id string, lang resolute.Lang) (Detail, error) {
	if q.By == ByGroup {
		q.Group = id
	}
	s, err := c.now(ctx)
	if err != nil {
		return Detail{}, err
	}
	if err := s.check(q); err != nil {
		return Detail{}, err
	}
	table := s.table(q)
	row, known := table.Row(id)
	if !known {
		return Detail{}, &resolute.Error{Code: resolute.NotFound, Field: q.By, Message: fmt.Sprintf("nothing is called %q", id)}
	}
	d := Detail{Row: row, Conversion: table.Conversion}
	for _, r := range table.Rows {
		if r.Parent == id {
			d.Children = append(d.Children, r)
		}
	}
	f := filterOf(q.By, id, q.Filter)
	if d.List, err = s.activities(ListQuery{Filter: f, Period: q.Period, Lang: lang, Limit: 20}); err != nil {
		return Detail{}, err
	}
	b := s.behindOf(f, q.Period)
	d.Years, d.Partners, d.Nations = b.years, b.partners, b.nations
	return d, nil
}

func (s *snapshot) behindOf(f Filter, p resolute.Period) behind {
	return once(s, "behind "+key(f)+key(p), func(s *snapshot) behind { return s.behind(f, p) })
}

// Partners lists the organisations that take part in the activities of a filter, most first.
func (c *Coverage) Partners(ctx context.Context, f Filter, p resolute.Period) ([]Partner, error) {
	s, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.checkMade(f); err != nil {
		return nil, err
	}
	return s.behindOf(f, p).partners, nil
}

// Freshness says how much the figures stand on, and what they leave out.
type Freshness struct {
	Version    int64  `json:"data_version"` // data version
	Hash       string `json:"log_head"`
	At         int64  `json:"at"`         // Unix milliseconds of the newest change
	Activities int    `json:"activities"` // that readers see
	Counted    int    `json:"counted"`    // that figures count
	Secondary  int    `json:"secondary"`  // left out: reported second-hand
	Absent     int    `json:"absent"`     // left out: no longer in their source
	Duplicates int    `json:"duplicates"` // left out: another copy of the identifier counts
	Undated    int    `json:"undated"`    // counted, without a usable date
	Imports    int    `json:"imports"`
	LastImport int64  `json:"last_import"` // Unix milliseconds, 0: none
}

// Freshness gives the numbers of the state that answers.
func (c *Coverage) Freshness(ctx context.Context) (Freshness, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Freshness{}, err
	}
	return s.facts.fresh, nil
}

func readFreshness(ctx context.Context, q db.Queryer, head audit.Head) (Freshness, error) {
	f := Freshness{Version: head.Seq, Hash: head.Hash, At: head.At}
	err := q.QueryRow(ctx, `SELECT count(*), coalesce(max(at), 0) FROM import
		WHERE state IN ('done', 'undone') AND seq <= $1 AND (undo_seq = 0 OR undo_seq > $1)`, head.Seq).Scan(&f.Imports, &f.LastImport)
	return f, err
}

// OrganisationName gives the name of an organisation by its id as text, as facets hold it; its
// reference when it has no name, and the id itself when it is unknown.
func (c *Coverage) OrganisationName(ctx context.Context, id string) string {
	s, err := c.now(ctx)
	if err != nil {
		return id
	}
	n, err := strconv.ParseInt(id, 10, 64)
	o := s.facts.names[s.facts.united.of(n)]
	if err != nil || o.ID == 0 {
		return id
	}
	return first(o.Name, o.Ref)
}
