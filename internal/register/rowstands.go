package register

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// Rules of rows that are refused for what stands.
const (
	findingNotOwn    = "activity-not-own"
	findingNowhere   = "activity-unknown"
	findingAmbiguous = "activity-ambiguous"
)

// readRows reads rows onto what stands of their activities.
func (b *Rulebook) readRows(ctx context.Context, q db.Queryer, source string, rows []tableRow, pack *packer) chunk {
	c := chunk{records: make([]record, len(rows)), held: map[identity][]found{}, lookedUp: map[string]bool{}}
	var ids []string
	for _, r := range rows {
		if id := r.row.Cells["id"]; r.fault == nil && id != "" && !c.lookedUp[id] {
			c.lookedUp[id] = true
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if c.err = lookUp(ctx, q, ids, c.held); c.err != nil {
		return c
	}
	stands := standingRows{source: source, found: map[string][]found{}}
	var versions []int64
	for _, list := range c.held {
		for _, f := range list {
			if f.absent == 0 {
				stands.found[f.identifier] = append(stands.found[f.identifier], f)
				versions = append(versions, f.version)
			}
		}
	}
	if len(versions) > 0 {
		slices.Sort(versions)
		if stands.documents, c.err = documentsOf(ctx, q, versions); c.err != nil {
			return c
		}
	}
	for n, r := range rows {
		c.records[n] = b.readOnto(r, stands, pack)
	}
	c.lookUp(ctx, q)
	return c
}

// standingRows are the activities that readers see, by identifier, as rows.
type standingRows struct {
	source    string
	found     map[string][]found
	documents map[int64]document
}

// of gives what stands of the activity of a row: the one of its key when that is among them. Where it
// does not say who reports it, whoever does.
func (s standingRows) of(r row, key string) (own, elsewhere []found) {
	list := s.found[r.Cells["id"]]
	if i := slices.IndexFunc(list, func(f found) bool { return f.key == key }); i >= 0 {
		list = list[i : i+1]
	}
	reporter := ""
	if text := r.Cells["reporter"]; text != "" {
		name, ref := party(text)
		reporter = ReporterOf(ref, name[resolute.English])
	}
	for _, f := range list {
		switch {
		case reporter != "" && f.reporter != reporter:
		case f.source == s.source:
			own = append(own, f)
		default:
			elsewhere = append(elsewhere, f)
		}
	}
	byKey := func(a, b found) int { return strings.Compare(a.key, b.key) }
	slices.SortFunc(own, byKey)
	slices.SortFunc(elsewhere, byKey)
	return own, elsewhere
}

// readOnto reads a row onto what stands of its activity.
func (b *Rulebook) readOnto(r tableRow, s standingRows, pack *packer) record {
	if r.fault != nil || r.row.Cells["id"] == "" {
		return b.readRow(r, pack)
	}
	own, elsewhere := s.of(r.row, r.key)
	continues := 0
	if len(own) == 1 && own[0].key == r.key {
		continues = own[0].occurrence
	}
	for _, f := range slices.Concat(own, elsewhere) {
		stands := s.documents[f.version].asRow()
		merged := r.row.onto(stands)
		hash := merged.hash()
		if !bytes.Equal(hash, stands.hash()) {
			continue
		}
		if f.source != s.source || s.documents[f.version].form == formIATI {
			echo := record{stands: f.key, identifierLine: r.row.Line, identifierPath: r.address("id")}
			echo.Identifier, echo.Reporter, echo.Line = f.identifier, f.reporter, r.row.Line
			return echo
		}
		r.row = merged
		return b.skimRow(r, hash, pack).continuing(continues)
	}
	for _, f := range own {
		if d := s.documents[f.version]; d.form == formIATI {
			return notOwn(r, d, f, pack)
		}
	}
	switch {
	case len(own) > 0:
		merged, ambiguous := s.ontoEach(r, own)
		if ambiguous {
			return ambiguousRow(r, own, pack)
		}
		r.row = merged
	case len(elsewhere) > 0:
		first := elsewhere[0]
		if d := s.documents[first.version]; d.form == formIATI {
			return notOwn(r, d, first, pack)
		}
		r.row = r.row.onto(s.documents[first.version].row)
	case r.first != nil:
		return nowhere(r, pack)
	default:
		r.row = r.row.onto(row{})
	}
	return b.readRow(r, pack).continuing(continues)
}

// ontoEach merges a row onto own work of one identifier. It is ambiguous when it would say something
// else with each: what its empty cells leave cannot be known. Lines alone never say which they mean.
func (s standingRows) ontoEach(r tableRow, own []found) (merged row, ambiguous bool) {
	merged = r.row.onto(s.documents[own[0].version].row)
	if len(own) == 1 {
		return merged, false
	}
	hash := merged.hash()
	for _, f := range own[1:] {
		ambiguous = ambiguous || !bytes.Equal(hash, r.row.onto(s.documents[f.version].row).hash())
	}
	return merged, ambiguous || r.first != nil
}

// continuing says which occurrence of its source a record is; 0: not said.
func (r record) continuing(occurrence int) record {
	r.continues = occurrence
	return r
}

// shownFields is how many fields a refusal names.
const shownFields = 5

// notOwn refuses a row that would change what an organisation published as IATI: its next file would
// undo that, and a table cannot say all that it holds.
func notOwn(r tableRow, d document, f found, pack *packer) record {
	stands := d.asRow()
	merged := r.row.onto(stands)
	at := r.address("id")
	for _, column := range Columns {
		if merged.Cells[column] != stands.Cells[column] && r.address(column) != "" {
			at = r.address(column)
			break
		}
	}
	a := merged.activity()
	was := stands.activity()
	var names []string
	for _, c := range difference(document{Activity: was}, document{Activity: a}) {
		name := c.Field
		if c.Of != "" {
			name += " [" + c.Of + "]"
		}
		if names = append(names, name); len(names) == shownFields {
			break
		}
	}
	return refusedRow(r, resolute.Finding{Rule: findingNotOwn, Severity: resolute.SeverityError, Record: f.identifier, Line: r.row.Line, Path: at, Found: strings.Join(names, ", "),
		Expected: "what its publisher reports, or an activity of your own",
		Message:  fmt.Sprintf("activity %s came as IATI from %q: a table does not change it (%s); it is changed where it is published, or by a decision", f.identifier, f.source, strings.Join(names, ", "))}, pack)
}

// nowhere refuses lines whose activity is not known.
func nowhere(r tableRow, pack *packer) record {
	id := r.row.Cells["id"]
	return refusedRow(r, resolute.Finding{Rule: findingNowhere, Severity: resolute.SeverityError, Record: id, Line: r.row.Line, Path: r.address("id"), Found: id,
		Expected: "the identifier of an activity of this file, or of one that stands", Message: fmt.Sprintf("no activity %q stands, and the file has no row of it", id)}, pack)
}

// ambiguousRow refuses a row that could be any of several; those stay in the source as they are.
func ambiguousRow(r tableRow, own []found, pack *packer) record {
	id := r.row.Cells["id"]
	refused := refusedRow(r, resolute.Finding{Rule: findingAmbiguous, Severity: resolute.SeverityError, Record: id, Line: r.row.Line, Path: r.address("id"), Found: id,
		Expected: "the key of one of them, or its reporter and all that it says",
		Message:  fmt.Sprintf("%d activities %q stand in this source, and the row does not say which of them it is: an export has the column key, which tells them apart", len(own), id)}, pack)
	for _, f := range own {
		refused.keeps = append(refused.keeps, f.key)
	}
	return refused
}
