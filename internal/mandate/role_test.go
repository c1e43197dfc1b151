package mandate_test

import (
	"slices"
	"testing"

	"resolute/internal/mandate"
)

// rolesIn lists the action lines to which a paragraph of the built-in mandate gives a role.
func rolesIn(alias, role string) []string {
	var lines []string
	for _, c := range mandate.RoleClaims() {
		if c.Alias == alias && c.Role == role {
			lines = append(lines, c.ActionLine)
		}
	}
	slices.Sort(lines)
	return lines
}

func TestTheSoleFacilitatorsAreC2C5AndC6(t *testing.T) {
	if got := rolesIn("R11.i", mandate.SoleFacilitator); !slices.Equal(got, []string{"C2", "C5", "C6"}) {
		t.Errorf("sole facilitator of %v", got)
	}
	if got := rolesIn("R11.ii", mandate.Partner); !slices.Equal(got, []string{"C8", "C9"}) {
		t.Errorf("partner of %v", got)
	}
}

func TestC6ContradictsItselfAndBothClaimsStand(t *testing.T) {
	var aliases []string
	for _, c := range mandate.Contradictions("C6") {
		aliases = append(aliases, c.Alias+" "+c.Role)
	}
	if !slices.Equal(aliases, []string{"R11.i sole facilitator", "R11.ii co-facilitator"}) {
		t.Errorf("contradictions of C6: %v", aliases)
	}
	for _, line := range []string{"C1", "C2", "C5", "C7", "C8", "C11"} {
		if list := mandate.Contradictions(line); len(list) > 0 {
			t.Errorf("%s contradicts itself: %+v", line, list)
		}
	}
}

func TestC10HasNoRoleAndThePartsOfC7HaveThatOfC7(t *testing.T) {
	for _, c := range mandate.RolesOf("C10") {
		if c.LikelyStruck != "yes" && c.Certainty != "C" {
			t.Errorf("C10 has the role %s by %s", c.Role, c.Path)
		}
	}
	if list := mandate.RolesOf("C7.4"); !slices.ContainsFunc(list, func(c mandate.RoleClaim) bool { return c.Role == mandate.CoFacilitator }) {
		t.Errorf("C7.4: %+v", list)
	}
}

func TestEveryClaimNamesAKnownInstrument(t *testing.T) {
	for _, c := range mandate.RoleClaims() {
		if _, ok := mandate.InstrumentOf(c.Instrument); !ok {
			t.Errorf("%s: instrument %s is not known", c.ActionLine, c.Instrument)
		}
		if c.Alias == "" {
			continue
		}
		if a, ok := mandate.Resolve(c.Alias); !ok || a.Thread != c.Thread() {
			t.Errorf("%s of %s: the thread is %s", c.Alias, c.ActionLine, c.Thread())
		}
	}
}
