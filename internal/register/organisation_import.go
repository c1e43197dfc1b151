package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/iati"
	"resolute/internal/ledger"
)

// mostOrganisationBytes bounds what one file of organisations may hold, packed: it is stored in one
// transaction. The largest that are published are a hundredth of it.
const mostOrganisationBytes = 64 << 20

// arrived is one organisation of a file.
type arrived struct {
	OrganisationRecord
	kind   string // IATI OrganisationType; empty: not known
	packed []byte
	deed   string
}

// organisationFile is a file of organisations, read to its end.
type organisationFile struct {
	account   ledger.Import
	list      []arrived
	refused   []ledger.RefusedRecord
	whys      []string // messages of the refused
	findings  []resolute.Finding
	reporters map[string]bool
	absent    []OrganisationRecord
}

// importOrganisations stores what organisations state of themselves, in one transaction: of a file
// that is refused, or not read to its end, nothing is stored but an account that says so.
func (r *Register) importOrganisations(ctx context.Context, by resolute.Actor, account ledger.Import, rec *received, file *iati.Reader) (ledger.Import, error) {
	account.Kind, account.Reading = KindOrganisations, ""
	f, err := readOrganisations(account, file)
	if err == nil {
		err = rec.drain()
	}
	if err == nil {
		f.account.SHA256, f.account.Bytes = rec.sum(), rec.bytes()
		if r.trial != nil {
			return r.foreseeOrganisations(ctx, f)
		}
		err = r.DB.Write(ctx, func(tx *db.Tx) error { return f.store(ctx, tx, by, r.Now().UnixMilli()) })
	}
	var refused *iati.RefusedError
	if errors.As(err, &refused) {
		return r.refuse(ctx, by, account, rec, refused.Finding)
	}
	if err != nil {
		return ledger.Import{}, fmt.Errorf("import %s: %w", account.File, err)
	}
	return f.account, nil
}

func readOrganisations(account ledger.Import, file *iati.Reader) (*organisationFile, error) {
	root := file.Root()
	f := &organisationFile{account: account, reporters: map[string]bool{}}
	pack, err := newPacker()
	if err != nil {
		return nil, err
	}
	judge, faults, size := iati.NewJudge(root), newBounded(), 0
	for {
		el, err := file.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		size += f.read(root, el, pack, judge, faults)
		if size > mostOrganisationBytes {
			return nil, &iati.RefusedError{Finding: resolute.Finding{Rule: "limit-file", Severity: resolute.SeverityError, Line: el.Line, Column: el.Column,
				Message: fmt.Sprintf("the organisations of this file take more than %d MiB, packed: cut it", mostOrganisationBytes>>20)}}
		}
	}
	f.findings = slices.Concat(f.findings, file.Findings(), rootFaults(root), faults.rest())
	for _, one := range f.findings {
		f.account.Total.Add(one.Severity)
	}
	return f, nil
}

// read takes one organisation and tells how many bytes it is kept in.
func (f *organisationFile) read(root iati.Root, el *iati.Element, pack *packer, judge *iati.Judge, bound *bounded) int {
	o, findings := iati.DecodeOrganisation(root, el)
	packed := pack.pack(el.Raw)
	f.account.Read++
	if o.Identifier == "" {
		f.account.Refused++
		f.refused = append(f.refused, ledger.RefusedRecord{N: f.account.Refused, Line: el.Line, Rule: findingNoIdentifier, Bytes: packed})
		for _, one := range findings { // of a refused record only why
			if one.Severity == resolute.SeverityError {
				f.findings, f.whys = append(f.findings, one), append(f.whys, one.Message)
			}
		}
		return len(packed)
	}
	for _, one := range findings {
		if one.Rule == findingRounded {
			f.account.Rounded++
		}
	}
	faults, more := faultsOf(judge, el)
	for i := range faults {
		faults[i].Record = o.Identifier
	}
	findings = append(findings, bound.list(faults)...)
	bound.more += more
	slices.SortStableFunc(findings, func(a, b resolute.Finding) int { return a.Line - b.Line })
	f.findings = append(f.findings, findings...)
	sum := root.Canonical(el)
	a := arrived{packed: packed}
	a.Reporter, a.ReporterName = ReporterOf(o.Reporter.Ref, shownText(o.Reporter.Name)), shownText(o.Reporter.Name)
	if a.Reporter == "" {
		a.Reporter = ReporterOf(o.Identifier, "")
	}
	if ReporterOf(o.Reporter.Ref, "") == ReporterOf(o.Identifier, "") {
		a.kind = o.Reporter.Type
	}
	a.Identifier, a.Name, a.Source, a.Line, a.Updated, a.hash = o.Identifier, shownText(o.Name), f.account.Source, o.IdentifierLine, o.LastUpdated, sum[:]
	f.reporters[a.Reporter] = true
	f.list = append(f.list, a)
	return len(packed)
}

// shownText is the text that stands for all: English where there is one.
func shownText(t resolute.Text) string {
	words, _ := t.In(resolute.English)
	return words
}

// store writes all of it, with the change and the account.
func (f *organisationFile) store(ctx context.Context, tx *db.Tx, by resolute.Actor, now int64) error {
	if err := tx.Serialize(ctx); err != nil {
		return err
	}
	standing, err := recordsSeen(ctx, tx, 0, `o.source = $2`, f.account.Source)
	if err == nil {
		err = f.settle(standing)
	}
	if err != nil {
		return err
	}
	if f.account.ID, err = ledger.Begin(ctx, tx, f.account); err != nil {
		return err
	}
	if err := f.writeRecords(ctx, tx, by); err != nil {
		return err
	}
	if err := ledger.AddFindings(ctx, tx, f.account.ID, 0, f.findings); err != nil {
		return err
	}
	for _, one := range f.refused {
		if err := ledger.AddRefused(ctx, tx, f.account.ID, one); err != nil {
			return err
		}
	}
	f.account.State = ledger.Done
	if f.account.Seq, err = audit.Record(ctx, tx, published(f.account, now, f.sum())); err != nil {
		return err
	}
	return ledger.Close(ctx, tx, f.account)
}

// sum is the hash over what the import did, which the log keeps.
func (f *organisationFile) sum() string {
	sum := sha256.New()
	for _, a := range f.list {
		if a.deed != DeedUnchanged {
			fmt.Fprintf(sum, "%s %s\n", a.deed, a.Key) // a hash never fails
		}
	}
	for _, s := range f.absent {
		fmt.Fprintf(sum, "%s %s\n", DeedAbsent, s.Key)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// writeRecords writes what is new or changed, one entry for each deed, and names the organisations
// to the directory.
func (f *organisationFile) writeRecords(ctx context.Context, tx *db.Tx, by resolute.Actor) error {
	var last int64
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(version), 0) FROM organisation_record`).Scan(&last); err != nil {
		return fmt.Errorf("number organisation records: %w", err)
	}
	var records, entries [][]any
	var parties []directory.Party
	for _, a := range f.list {
		parties = append(parties, directory.Party{Ref: a.Identifier, Name: a.Name, Type: a.kind})
		if a.deed == DeedNew || a.deed == DeedChanged {
			last++
			a.Version = last
			records = append(records, []any{last, a.Key, f.account.ID, by.ID, string(resolute.Approved), a.Reporter, a.ReporterName, partyOf(a.Identifier), a.Identifier, a.Name,
				a.Source, int64(a.Occurrence), int64(a.Line), a.Updated, a.hash, a.packed})
		}
		if a.deed != DeedUnchanged {
			entries = append(entries, []any{f.account.ID, a.Key, a.deed, a.Version})
		}
	}
	for _, s := range f.absent {
		entries = append(entries, []any{f.account.ID, s.Key, DeedAbsent, s.Version})
	}
	_, err := directory.Ensure(ctx, tx, by, f.account.ID, parties, map[string]int64{})
	return errors.Join(err,
		tx.Bulk(ctx, "organisation_record", []string{"version", "key", "import", "owner", "state", "reporter", "reporter_name", "party", "identifier", "name",
			"source", "occurrence", "line", "updated", "hash", "bytes"}, records),
		tx.Bulk(ctx, "organisation_entry", []string{"import", "key", "deed", "version"}, entries))
}

// foreseeOrganisations tells what the import would do, and stores nothing.
func (r *Register) foreseeOrganisations(ctx context.Context, f *organisationFile) (ledger.Import, error) {
	standing, err := recordsSeen(ctx, r.DB, 0, `o.source = $2`, f.account.Source)
	if err == nil {
		err = f.settle(standing)
	}
	if err != nil {
		return ledger.Import{}, err
	}
	f.account.State = ledger.Done
	r.trial.tell(f.findings)
	if r.trial.change == nil {
		return f.account, nil
	}
	for _, c := range f.changes() {
		if err := r.trial.change(c); err != nil {
			return f.account, err
		}
	}
	return f.account, nil
}

// changes are the deeds of the import in the order of the file, then what is refused and absent.
func (f *organisationFile) changes() (list []Change) {
	for _, a := range f.list {
		c := Change{Deed: a.deed, Key: a.Key, Identifier: a.Identifier, Reporter: a.Reporter, Title: a.Name, Line: a.Line}
		if c.Deed == deedPresent {
			c.Deed = DeedUnchanged
		}
		list = append(list, c)
	}
	for i, one := range f.refused {
		list = append(list, Change{Deed: DeedRefused, Line: one.Line, Rule: one.Rule, Message: f.whys[i]})
	}
	for _, s := range f.absent {
		list = append(list, Change{Deed: DeedAbsent, Key: s.Key, Identifier: s.Identifier, Reporter: s.Reporter, Title: s.Name})
	}
	return list
}
