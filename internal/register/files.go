package register

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"sync"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
)

// WriteIATI writes what Give gives as one file of IATI 2.03. What had to be left out, and what is not
// valid all the same, is counted in a comment at its end.
func (r *Register) WriteIATI(ctx context.Context, to io.Writer, g Giving) error {
	return writeGiven(to, iati.Activities, func(begin func(GivenState) error, take func(Given) error) error {
		return r.Give(ctx, g, begin, take)
	})
}

// writeGiven writes what give gives as one file of a kind.
func writeGiven(to io.Writer, kind string, give func(begin func(GivenState) error, take func(Given) error) error) error {
	var w *iati.Writer
	var total resolute.FindingsTotal
	err := give(func(state GivenState) error {
		root := iati.Root{Kind: kind}
		if !state.At.IsZero() {
			root.GeneratedAt = state.At.Format(time.RFC3339)
		}
		w = iati.NewWriter(to, root)
		return nil
	}, func(one Given) error {
		for _, f := range one.Findings {
			total.Add(f.Severity)
		}
		if one.XML == nil {
			return nil
		}
		return w.WriteElement(one.XML)
	})
	if err != nil {
		return err
	}
	if total.Error+total.Warning > 0 {
		w.Comment(fmt.Sprintf("not valid as received: %d left out, %d still lacking; resolute export iati names them", total.Warning, total.Error))
	}
	return w.Close()
}

// PartActivities is how many activities of a publisher stand in one file.
const PartActivities = 1000

// Publisher is a reporting organisation with the files of its activities.
type Publisher struct {
	Reporter   string
	Name       string
	File       string // safe and lasting name of its files
	Activities int    // that count among the copies of their identifier
	Parts      int

	versions []int64 // by identifier
}

// Address is where the n-th file of a publisher stands on a site, without the stroke before it.
func (p Publisher) Address(n int) string {
	if n == 1 {
		return "iati/activities/" + p.File + ".xml"
	}
	return fmt.Sprintf("iati/activities/%s/%d.xml", p.File, n)
}

// Part says what stands in the n-th file of a publisher, from 1; false when there is none.
func (p Publisher) Part(n int) (Giving, bool) {
	if n < 1 || n > p.Parts {
		return Giving{}, false
	}
	from := (n - 1) * PartActivities
	return Giving{Versions: p.versions[from:min(from+PartActivities, len(p.versions))]}, true
}

// Files knows the publishers with their activities, of one data version at a time: about ten bytes an
// activity. It is safe for several goroutines.
type Files struct {
	Register *Register

	mu    sync.Mutex
	state GivenState
	list  []Publisher
}

// Publishers lists all publishers in the order of their references, as of now.
func (f *Files) Publishers(ctx context.Context) ([]Publisher, GivenState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.Register.DB.View(ctx, func(q db.Queryer) error {
		state, err := stateNow(ctx, q)
		if err != nil || state == f.state && f.list != nil {
			return err
		}
		list, err := publishers(ctx, q)
		if err == nil {
			f.state, f.list = state, list
		}
		return err
	})
	return f.list, f.state, err
}

func publishers(ctx context.Context, q db.Queryer) ([]Publisher, error) {
	list := []Publisher{}
	err := each(ctx, q, `SELECT a.reporter, a.reporter_name, c.version FROM current c JOIN activity a ON a.version = c.version
		WHERE c.absent = 0 AND c.counts = 1 AND a.state = 'approved' ORDER BY a.reporter, a.iati_id, c.key`, func(rows *sql.Rows) error {
		var reporter, name sql.RawBytes
		var version int64
		if err := rows.Scan(&reporter, &name, &version); err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].Reporter != string(reporter) {
			list = append(list, Publisher{Reporter: string(reporter), Name: string(name), File: ReporterFile(string(reporter))})
		}
		p := &list[len(list)-1]
		p.versions = append(p.versions, version)
		return nil
	})
	for i := range list {
		p := &list[i]
		p.Activities = len(p.versions)
		p.Parts = (p.Activities + PartActivities - 1) / PartActivities
	}
	return list, err
}
