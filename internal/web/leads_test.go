package web_test

import (
	"regexp"
	"strings"
	"testing"
)

var (
	numbered = regexp.MustCompile(`<a href="(/(?:activities|organisations)\?[^"]*)"[^>]*>(?:<bdi>)?([\d,]+)<`)
	metered  = regexp.MustCompile(`<div class="meter"><span><a href="(/activities\?[^"]*)">.*?</a><b>([\d,]+)</b>`)
)

// TestACountLeadsToWhatItCounts follows the counts of pages that are themselves asked about under a filter of the same
// kind, or one that speaks of something else in the list: where no list has what is counted, a count stands alone.
func TestACountLeadsToWhatItCounts(t *testing.T) {
	t.Parallel()
	h := site(t, 120).Handler()
	totals := map[string]string{}
	total := func(href string) string {
		if _, known := totals[href]; !known {
			totals[href] = totalOf(t, h, href)
		}
		return totals[href]
	}
	for _, address := range []string{
		"/line/C7?line=C2", "/line/C7", "/area/KE?area=region", "/area/KE?line=C2", "/area/AFR?thread=R8", "/area/EUR?region=AFR&period=2022..2023",
		"/goal/9?goal=4", "/thread/R8?thread=R9",
		"/area/KE?role=1", "/area/KE?q=network", "/area/AFR?role=1", "/area/AFR?org=5", "/line/C2?q=network", "/line/C2?org=5",
		"/line/C2?org=5&org=2", "/line/C2?region=AFR", "/organisations?org=5", "/organisations?role=1&q=fictional",
		"/area/KE?group=LDC", "/area/KE?region=AFR", "/organisation/5?line=C2&org=2",
		"/matrix", "/matrix?line=C2", "/matrix?goal=9", "/matrix?goal=9&goal=4", "/matrix?goal=9&target=9.c",
		"/matrix?line=C7&goal=9", "/matrix?line=C2&view=list", "/matrix/targets?line=C4", "/matrix/targets?line=C11", "/matrix/targets?target=9.c&goal=9",
		"/matrix?show=organisations", "/matrix?show=organisations&role=1", "/matrix?show=organisations&goal=9&q=network", "/matrix?show=proposed",
	} {
		body := get(t, h, withLang(address, "en")).Body.String()
		found := append(numbered.FindAllStringSubmatch(body, -1), metered.FindAllStringSubmatch(body, -1)...)
		for _, m := range found {
			if got, want := total(m[1]), strings.ReplaceAll(m[2], ",", ""); got != want {
				t.Errorf("%s: %s stands before a list of %s: %s", address, want, got, m[1])
			}
		}
		if len(found) == 0 {
			t.Errorf("%s: no count leads anywhere", address)
		}
	}
}
