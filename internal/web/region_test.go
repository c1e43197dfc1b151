package web_test

import (
	"regexp"
	"strings"
	"testing"
)

var regionName = regexp.MustCompile(`role="region" aria-label="([^"]*)"`)

// Who cannot see a page moves through its regions by name.
func TestNoTwoRegionsOfAPageHaveOneName(t *testing.T) {
	t.Parallel()
	s := site(t, 80)
	result := `<result type="1"><title><narrative>Reach</narrative></title><indicator measure="1"><title><narrative>People</narrative></title><period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><actual value="3"/></period></indicator></result>`
	withFile(t, s, strings.Replace(bay, "</iati-activity>", result+result+"</iati-activity>", 1))
	activity := regexp.MustCompile(`/activity/[a-z0-9]+`).FindString(get(t, s.Handler(), "/activities?q=ZZ-BAY-1").Body.String())
	for _, address := range append(pages(t, s), activity) {
		seen := map[string]bool{}
		for _, m := range regionName.FindAllStringSubmatch(get(t, s.Handler(), withLang(address, "en")).Body.String(), -1) {
			if seen[m[1]] {
				t.Errorf("%s has several regions named %q", address, m[1])
			}
			seen[m[1]] = true
		}
	}
}
