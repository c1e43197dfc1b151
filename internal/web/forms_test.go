package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var (
	formOfPage = regexp.MustCompile(`(?s)<form [^>]*method="get">.*?</form>`)
	periodSent = regexp.MustCompile(`name="period" value="([^"]*)"`)
	yearsSent  = regexp.MustCompile(`name="(from|to)" [^>]*value="([^"]*)"`)
)

// A form stands on a page of some years and leads to a page of the same years, unless its reader changes
// them: it sends them once, in fields of its own or unseen. Only the search looks through everything.
func TestAFormKeepsThePeriodOfThePageItStandsOn(t *testing.T) {
	register, profiles, groups := site(t, 40), profiled(t, 20).Handler(), grouped(t).Handler()
	type stand struct {
		h     http.Handler
		least int // forms
	}
	addresses := map[string]stand{"/area/KE/figures?beside=DK": {profiles, 2}, "/indicators": {profiles, 2}, usersPage + "?area=KZ&aim=36&period=2015..": {groups, 3}}
	for _, address := range pages(t, register) {
		addresses[address] = stand{register.Handler(), 0}
	}
	hidden, own := 0, 0
	for address, on := range addresses {
		path, query, _ := strings.Cut(address, "?")
		forms := 0
		for _, form := range formOfPage.FindAllString(get(t, on.h, path+"?"+query+"&period=2015..2024&lang=en").Body.String(), -1) {
			if strings.Contains(form, `role="search"`) {
				continue
			}
			forms++
			want := "2015..2024"
			if strings.Contains(query, "period=") {
				_, want, _ = strings.Cut(query, "period=")
				want, _, _ = strings.Cut(want, "&")
			}
			sent, years := periodSent.FindAllStringSubmatch(form, -1), yearsSent.FindAllStringSubmatch(form, -1)
			switch {
			case len(sent) == 1 && len(years) == 0 && sent[0][1] == want:
				hidden++
			case len(sent) == 0 && len(years) == 2 && years[0][2]+".."+years[1][2] == want:
				own++
			default:
				t.Errorf("%s: a form sends the period %q and the years %q, want %s once: %.200s", address, sent, years, want, form)
			}
		}
		if forms < on.least {
			t.Errorf("%s has %d forms, want %d", address, forms, on.least)
		}
	}
	if hidden < 15 || own < 60 {
		t.Errorf("%d forms keep the period unseen and %d have fields for it: too few were looked at", hidden, own)
	}
}

// A parameter that a form carries stands in it once, and none is carried that the address did not bear.
func TestAFormCarriesWhatTheAddressBearsOnce(t *testing.T) {
	h := site(t, 40).Handler()
	for _, address := range []string{"/organisations/candidates?reason=name&area=KE&period=2022..2024&lang=en", "/organisations?role=1&sort=name&lang=en", "/activities?area=KE&area=UG&lang=en&period=&period=2022..2024"} {
		for _, form := range formOfPage.FindAllString(get(t, h, address).Body.String(), -1) {
			seen := map[string]bool{}
			for _, input := range regexp.MustCompile(`<input type="hidden"[^>]*>`).FindAllString(form, -1) {
				if seen[input] || strings.Contains(input, `value=""`) {
					t.Errorf("%s: a form bears %s again or empty: %.300s", address, input, form)
				}
				seen[input] = true
			}
		}
	}
}
