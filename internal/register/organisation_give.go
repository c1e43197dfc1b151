package register

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"resolute/internal/db"
	"resolute/internal/iati"
)

// OrganisationGiving says which records of organisations are given back and how. The zero value is
// all that readers see and their sources still hold, by reporter.
type OrganisationGiving struct {
	Order    string // ByReporter or BySource
	Reporter string // not empty: only what it reports
	Received bool   // the bytes as they were received
}

// GiveOrganisations hands records of organisations to take, one after the other, as they stand in one
// state of the register, which begin is told first. One record is held at a time. It stops at the
// first error.
func (r *Register) GiveOrganisations(ctx context.Context, g OrganisationGiving, begin func(GivenState) error, take func(Given) error) error {
	var state GivenState
	var list []OrganisationRecord
	err := r.DB.View(ctx, func(q db.Queryer) (err error) {
		if state, err = stateNow(ctx, q); err != nil {
			return err
		}
		list, err = recordsSeen(ctx, q, 0, `e.deed <> 'absent' AND ($2 = '' OR o.reporter = $2)`, g.Reporter)
		return err
	})
	if err == nil {
		err = begin(state)
	}
	if err != nil {
		return err
	}
	if g.Order == BySource {
		slices.SortFunc(list, func(a, b OrganisationRecord) int {
			return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Version, b.Version))
		})
	}
	for _, one := range list {
		given, err := r.giveOrganisation(ctx, one, g.Received)
		if err == nil {
			err = take(given)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Register) giveOrganisation(ctx context.Context, one OrganisationRecord, received bool) (Given, error) {
	out := Given{Key: one.Key, Identifier: one.Identifier, Reporter: one.Reporter, ReporterName: one.ReporterName, Source: one.Source, Import: one.Import}
	root, raw, err := recordBytes(ctx, r.DB, one.Version)
	if err != nil {
		return out, err
	}
	if received {
		out.Root, out.XML = root.Tag, raw
		return out, nil
	}
	out.XML, out.Findings = root.Standalone(&iati.Element{Name: organisationElement, Raw: raw, Line: one.Line, Column: 1})
	for i := range out.Findings {
		out.Findings[i].File, out.Findings[i].Record = one.Source, one.Identifier
	}
	return out, nil
}

// WriteOrganisations writes what a reporting organisation reports about organisations as one file of
// IATI 2.03, as WriteIATI does with activities.
func (r *Register) WriteOrganisations(ctx context.Context, to io.Writer, reporter string) error {
	return writeGiven(to, iati.Organisations, func(begin func(GivenState) error, take func(Given) error) error {
		return r.GiveOrganisations(ctx, OrganisationGiving{Reporter: reporter}, begin, take)
	})
}

// OrganisationPublisher is a reporting organisation with its file of organisations.
type OrganisationPublisher struct {
	Reporter      string
	Name          string
	File          string // safe and lasting name of its file
	Organisations int
}

// Address is where the file stands on a site, without the stroke before it.
func (p OrganisationPublisher) Address() string { return "iati/organisations/" + p.File + ".xml" }

// OrganisationPublishers lists who reports about organisations, by reference.
func (r *Register) OrganisationPublishers(ctx context.Context) ([]OrganisationPublisher, error) {
	seen, err := recordsSeen(ctx, r.DB, 0, `e.deed <> 'absent'`)
	if err != nil {
		return nil, fmt.Errorf("list publishers of organisations: %w", err)
	}
	list := []OrganisationPublisher{}
	for _, one := range seen {
		if n := len(list); n == 0 || list[n-1].Reporter != one.Reporter {
			list = append(list, OrganisationPublisher{Reporter: one.Reporter, Name: one.ReporterName, File: ReporterFile(one.Reporter)})
		}
		list[len(list)-1].Organisations++
	}
	return list, nil
}
