package register

import (
	"bytes"
	"fmt"

	"resolute"
	"resolute/internal/iati"
)

// settle decides what each organisation is, held against what stands of the source. Of equal
// identifiers, those whose content stands already are paired first, the rest in the order of the file.
func (f *organisationFile) settle(standing []OrganisationRecord) error {
	if err := f.samePublisher(standing); err != nil {
		return err
	}
	f.forget()
	taken := make([]bool, len(standing))
	occurrences := map[identity]map[int]bool{}
	pair := func(a *arrived, fits func(OrganisationRecord) bool) bool {
		for n, s := range standing {
			if taken[n] || s.Reporter != a.Reporter || s.Identifier != a.Identifier || !fits(s) {
				continue
			}
			taken[n] = true
			a.Key, a.Occurrence, a.Version = s.Key, s.Occurrence, s.Version
			switch same := bytes.Equal(s.hash, a.hash); {
			case !same:
				a.deed = DeedChanged
			case s.absent:
				a.deed = deedPresent
			default:
				a.deed = DeedUnchanged
			}
			return true
		}
		return false
	}
	for n := range f.list {
		a := &f.list[n]
		pair(a, func(s OrganisationRecord) bool { return bytes.Equal(s.hash, a.hash) })
	}
	for n := range f.list {
		if a := &f.list[n]; a.deed == "" {
			pair(a, func(OrganisationRecord) bool { return true })
		}
	}
	for _, s := range standing {
		occupy(occurrences, identityOf(s.Reporter, s.Identifier), s.Occurrence)
	}
	for n := range f.list {
		if a := &f.list[n]; a.deed == "" {
			a.deed, a.Occurrence = DeedNew, occupy(occurrences, identityOf(a.Reporter, a.Identifier), 0)
			a.Key = Key(a.Reporter, a.Identifier, a.Source, a.Occurrence)
		}
	}
	f.count(standing, taken)
	return nil
}

// forget takes back what was settled: a transaction may be tried again.
func (f *organisationFile) forget() {
	f.account.New, f.account.Changed, f.account.Unchanged, f.account.Absent, f.absent = 0, 0, 0, 0, nil
	for n := range f.list {
		f.list[n].deed = ""
	}
}

// deedPresent is the return of one that was absent.
const deedPresent = "present"

// occupy takes an occurrence of an identity, or with 0 the first that is free.
func occupy(occurrences map[identity]map[int]bool, id identity, n int) int {
	if occurrences[id] == nil {
		occurrences[id] = map[int]bool{}
	}
	for n == 0 || occurrences[id][n] {
		n++
	}
	occurrences[id][n] = true
	return n
}

// count fills the account, and finds what the file no longer holds.
func (f *organisationFile) count(standing []OrganisationRecord, taken []bool) {
	for _, a := range f.list {
		switch a.deed {
		case DeedNew:
			f.account.New++
		case DeedChanged:
			f.account.Changed++
		default:
			f.account.Unchanged++
		}
	}
	for n, s := range standing {
		if !taken[n] && !s.absent && !f.account.Partial {
			f.account.Absent++
			f.absent = append(f.absent, s)
		}
	}
}

// samePublisher refuses a file none of whose reporting organisations stood in the source's last one.
func (f *organisationFile) samePublisher(standing []OrganisationRecord) error {
	before := map[string]bool{}
	for _, s := range standing {
		if before[s.Reporter] = true; f.reporters[s.Reporter] {
			return nil
		}
	}
	if len(before) == 0 || len(f.reporters) == 0 {
		return nil
	}
	return &iati.RefusedError{Finding: resolute.Finding{Rule: "other-publisher", Severity: resolute.SeverityError, Found: some(f.reporters), Expected: some(before),
		Message: fmt.Sprintf("same name, other publisher: source %q held organisations of %s, this file of %s; give --source", f.account.Source, some(before), some(f.reporters))}}
}
