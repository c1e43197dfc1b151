package register

import (
	"fmt"
	"slices"

	"resolute"
	"resolute/internal/ledger"
)

// arrive decides what one record is and puts it into the batch.
func (i *importing) arrive(b *batch, r record, held map[identity][]found) {
	defer func() {
		r.findings = append(r.findings, i.faults.list(r.faults)...)
		i.faults.more += r.moreFaults
		slices.SortStableFunc(r.findings, func(a, b resolute.Finding) int { return a.Line - b.Line })
		for _, f := range r.findings {
			i.account.Total.Add(f.Severity)
		}
		b.findings = append(b.findings, r.findings...)
	}()
	if r.refused != "" {
		i.pairing.keep(r.keeps)
		i.keepRefused(b, r)
		return
	}
	if r.stands != "" {
		i.register.trial.echo(r)
		return
	}
	id := identityOf(r.Reporter, r.Identifier)
	if known := i.pairing.seen.find(id); known != nil && known.records == maxRecords {
		if r.whole != nil {
			r = r.whole()
		}
		r.refused = FindingDuplicate
		r.findings = []resolute.Finding{duplicate(r, fmt.Sprintf("the same identifier more than %d times in one file: refused, its bytes are kept with the import", maxRecords))}
		r.findings[0].Severity = resolute.SeverityError
		i.keepRefused(b, r)
		return
	}
	i.reporters[r.Reporter] = true
	i.family.relate(r.Reporter, r.Identifier, r.Hierarchy, r.parents, r.children)
	i.links.take(&r)
	before, elsewhere := i.equals.of(held[id], i.account.Source)
	placed := i.pairing.place(arrival{id: id, hash: r.hash, line: r.identifierLine, hierarchy: r.Hierarchy, lowest: r.Lowest, continues: r.continues, starts: r.starts(), updated: r.Updated}, before)
	if i.account.Partial && (!placed.unchanged || placed.back) {
		i.family.relatives.take(id, r, i.account.Source, held[id])
	}
	if list := held[id]; placed.firstLine > 0 || len(list) > 1 || len(list) == 1 && list[0].source != i.account.Source {
		i.contested.add(name{r.Reporter, r.Identifier})
	}
	if placed.firstLine > 0 {
		r.findings = append(r.findings, duplicate(r, fmt.Sprintf("the same identifier as in line %d; the newer of the two counts", placed.firstLine)))
	} else if elsewhere != nil {
		r.findings = append(r.findings, duplicate(r, fmt.Sprintf("the same identifier as in line %d of %q (import %d); the newer of the two counts", elsewhere.line, elsewhere.source, elsewhere.importID)))
	}
	if len(r.carried) > 0 {
		i.carried = append(i.carried, carried{placed.slot, r.Owner, r.countries(), r.carried})
	}
	if placed.unchanged {
		i.register.trial.place(r, placed)
		if r.told != nil && !placed.row {
			b.reread = append(b.reread, reread{int64(placed.slot), r.imprint, len(r.mentions), r.told})
		}
		return
	}
	if r.whole != nil {
		told := r
		r = r.whole()
		r.findings = told.findings
	}
	i.register.trial.place(r, placed)
	v := staged{Activity: r.Activity, hash: r.hash, form: r.form, doc: r.doc, tokens: r.tokens, imprint: r.imprint, mentions: len(r.mentions), told: r.told, kin: kinOf(r.Reporter, r.Identifier, r.parents, r.children)}
	v.Source, v.Occurrence = i.account.Source, placed.occurrence
	v.Key = Key(v.Reporter, v.Identifier, v.Source, v.Occurrence)
	b.staged = append(b.staged, v)
}

// starts is the line under which a record stands in its file; 0 of a row, which says by its key which of
// equal identifiers it is and may come back in a table of another order.
func (r record) starts() int {
	if r.form != formIATI {
		return 0
	}
	return r.Line
}

func (i *importing) keepRefused(b *batch, r record) {
	i.account.Refused++
	i.register.trial.refuse(r)
	b.refused = append(b.refused, ledger.RefusedRecord{N: i.account.Refused, Line: r.Line, Rule: r.refused, Bytes: r.doc})
}

func duplicate(r record, message string) resolute.Finding {
	return resolute.Finding{Rule: FindingDuplicate, Severity: resolute.SeverityWarning, Record: r.Identifier, Line: r.identifierLine, Column: r.identifierColumn,
		Path: r.identifierPath, Found: r.Identifier, Expected: "an identifier that no other activity of this organisation has", Message: message}
}
