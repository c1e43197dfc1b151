package web_test

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A count of organisations leads to the list of exactly these.
func TestACountOfOrganisationsLeadsToThem(t *testing.T) {
	t.Parallel()
	h := site(t, 80).Handler()
	link := regexp.MustCompile(`<a href="(/organisations\?[^"]*)">(?:<bdi>)?(\d+)<`)
	for _, address := range []string{"/thread/R8", "/thread/R8?period=2022..2024", "/line/C2", "/goal/9", "/target/9.c", "/area/KE", "/area/AFR", "/area/LDC", "/coverage?by=itu-region", "/coverage"} {
		found := link.FindAllStringSubmatch(get(t, h, withLang(address, "en")).Body.String(), -1)
		if len(found) == 0 {
			t.Errorf("%s: no count of organisations leads anywhere", address)
		}
		for _, m := range found[:min(len(found), 5)] {
			var data struct{ Total int }
			w := get(t, h, strings.Replace(html.UnescapeString(m[1]), "/organisations?", "/organisations.json?", 1))
			if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil || w.Code != http.StatusOK || strconv.Itoa(data.Total) != m[2] {
				t.Errorf("%s: %s says %s, the list has %d (%v)", address, m[1], m[2], data.Total, err)
			}
		}
	}
}
