package coverage_test

import (
	"context"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
)

// findPartner gives the organisation of a reference among those that take part.
func findPartner(t *testing.T, c *coverage.Coverage, ref string) coverage.Partner {
	t.Helper()
	partners, err := c.Partners(context.Background(), coverage.Filter{}, resolute.Period{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range partners {
		if p.Ref == ref {
			return p
		}
	}
	t.Fatalf("nobody has the reference %s", ref)
	return coverage.Partner{}
}

func TestAnOrganisationIsToldByItsRoles(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	const funder = `<participating-org ref="ZZ-FICT-9" role="1"/>`
	importText(t, d, "a.xml", documents(
		funder+`<participating-org ref="ZZ-FICT-9" role="2"/><recipient-country code="KE"/>`+paid("3", "2022-05-05", "10"),
		funder+paid("2", "2022-06-06", "4")+paid("3", "2021-06-06", "7"),
		`<participating-org ref="ZZ-FICT-9"/>`, line("C2")))
	c := newCoverage(d)
	partner := findPartner(t, c, "ZZ-FICT-9")
	if want := [4]int{2, 1, 0, 0}; partner.Activities != 3 || partner.InRole != want {
		t.Errorf("%d activities, in roles %v; want 3 and %v", partner.Activities, partner.InRole, want)
	}
	party, err := c.Party(ctx, partner.ID, coverage.Filter{}, resolute.Period{From: "2022-01-01", To: "2022-12-31"})
	if err != nil {
		t.Fatal(err)
	}
	if len(party.Roles) != 3 || party.Roles[0].Role != "1" || party.Roles[1].Role != "2" || party.Roles[2].Role != "" {
		t.Fatalf("roles %+v, want funding, accountable and one not stated", party.Roles)
	}
	if funding := party.Roles[0]; funding.Activities != 2 || funding.Spent["USD"] != 1000 || funding.Commitments["USD"] != 400 {
		t.Errorf("as funder %+v, want two activities, 10.00 spent and 4.00 committed in the period", funding)
	}
	narrow, err := c.Party(ctx, partner.ID, coverage.Filter{Areas: []string{"KE"}}, resolute.Period{From: "2022-01-01", To: "2022-12-31"})
	if err != nil || narrow.Activities != 1 || len(narrow.Roles) != 2 {
		t.Errorf("in Kenya %d activities in %d roles, %v; want one in two", narrow.Activities, len(narrow.Roles), err)
	}
	if len(party.Partners) != 1 || party.Partners[0].Ref != "ZZ-FICT-8" || party.Partners[0].Activities != 3 {
		t.Errorf("takes part with %+v, want the implementer in three", party.Partners)
	}
	if len(party.Nations) != 1 || party.Nations[0].Code != "KE" {
		t.Errorf("countries %+v, want Kenya", party.Nations)
	}
}

func TestAnOrganisationWithoutActivitiesHasNoRole(t *testing.T) {
	party, err := newCoverage(dbtest.SQLite(t)).Party(context.Background(), 99, coverage.Filter{}, resolute.Period{})
	if err != nil || party.Activities != 0 || len(party.Roles) != 0 || len(party.Partners) != 0 {
		t.Errorf("got %+v, %v; want nothing", party, err)
	}
}
