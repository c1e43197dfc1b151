package web_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/register"
	"resolute/internal/web"
)

// confirmed confirms what a rule proposed, which changes figures, and gives the version before.
func confirmed(t *testing.T, s *web.Site) int64 {
	t.Helper()
	ctx := context.Background()
	before, err := s.Coverage.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d := register.Decision{Verdict: register.Confirm, Reach: register.Reach{Rule: "dac:22040"}, Share: register.NoShare, Reason: "test"}
	if _, err := s.Register.Decide(ctx, resolute.Operator(), d); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	return before.Seq
}

func refreshed(t *testing.T, s *web.Site) {
	t.Helper()
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// pinWords are what a page says of its pin: the notice, links and forms, and the list as IATI or workbook, which
// only the present has; queryMarks stand between parameters.
var (
	pinWords   = regexp.MustCompile(`\bat=\d+|<input type="hidden" name="at" value="\d+">|<div class="say warn"><p>You see data version.*?</div>| <a href="/activities\.(?:xml|xlsx)[^>]*>(?:IATI XML|XLSX)</a>`)
	queryMarks = regexp.MustCompile(`\?|&amp;|&`)
)

// plain takes away what a page says of its pin.
func plain(body string) string {
	return queryMarks.ReplaceAllString(pinWords.ReplaceAllString(body, ""), "")
}

func TestAPinnedPageShowsWhatItShowedThen(t *testing.T) {
	s := site(t, 60)
	h := s.Handler()
	asked := []string{"/", "/coverage?by=action-line", "/matrix?view=table", "/gaps", "/activities?line=C2", "/thread/R8", "/line/C4", "/goal/9", "/area/AFR", "/organisations", "/mandate/itu:wtdc/res/30",
		"/coverage.json?by=action-line", "/coverage.csv?by=target", "/activities.csv?line=C2", "/matrix.json", "/gaps.json", "/about"}
	then := map[string]string{}
	for _, address := range asked {
		then[address] = get(t, h, address, "Accept-Language", "en").Body.String()
	}
	at := confirmed(t, s)
	for _, address := range asked {
		mark := "?"
		if strings.Contains(address, "?") {
			mark = "&"
		}
		answer := get(t, h, fmt.Sprintf("%s%sat=%d", address, mark, at), "Accept-Language", "en")
		if answer.Code != http.StatusOK || plain(answer.Body.String()) != plain(then[address]) {
			t.Errorf("%s of version %d (status %d) is not what it was then%s", address, at, answer.Code, firstDifference(plain(answer.Body.String()), plain(then[address])))
		}
	}
	if now := get(t, h, "/coverage.json?by=action-line").Body.String(); now == then["/coverage.json?by=action-line"] {
		t.Error("the decision changed no figure: the test shows nothing")
	}
}

func TestAPinnedPageLeadsToTheNewestData(t *testing.T) {
	s := site(t, 20)
	at := confirmed(t, s)
	body := get(t, s.Handler(), fmt.Sprintf("/matrix?line=C2&lang=en&at=%d", at)).Body.String()
	for _, want := range []string{fmt.Sprintf("You see data version %d of ", at), `<a href="/matrix?lang=en&amp;line=C2">Show the newest data</a>`, fmt.Sprintf("data version %d<", at),
		fmt.Sprintf(`href="/gaps?at=%d&amp;lang=en"`, at), fmt.Sprintf(`<input type="hidden" name="at" value="%d">`, at)} {
		if !strings.Contains(body, want) {
			t.Errorf("the pinned page lacks %s", want)
		}
	}
	newest := get(t, s.Handler(), fmt.Sprintf("/matrix?lang=en&at=%d", at+1)).Body.String()
	if strings.Contains(newest, "Show the newest data") || !strings.Contains(newest, fmt.Sprintf(`href="/gaps?at=%d&amp;lang=en"`, at+1)) {
		t.Error("the newest version says that newer data exist, or its links lose it")
	}
}

func TestAVersionThatDoesNotExistIsAPageThatLeadsOn(t *testing.T) {
	s := site(t, 20)
	h := s.Handler()
	for _, at := range []string{"9999", "0", "-1", "soon"} {
		answer := get(t, h, "/coverage?by=goal&lang=en&at="+at)
		body := answer.Body.String()
		if answer.Code != http.StatusNotFound || !strings.Contains(body, "There is no data version "+at+". The newest is ") ||
			!strings.Contains(body, `<a class="btn" href="/coverage?by=goal&amp;lang=en">Show the newest data</a>`) || strings.Contains(body, "at="+at) {
			t.Errorf("at=%s: status %d, want 404, what is the newest, and links without it", at, answer.Code)
		}
		data := get(t, h, "/coverage.json?lang=en&at="+at)
		if data.Code != http.StatusNotFound || !strings.Contains(data.Body.String(), `"detail":"There is no data version `+at+`.`) {
			t.Errorf("at=%s as data: status %d, %s, want 404 and the reason", at, data.Code, data.Body)
		}
	}
	if code := get(t, h, "/imports?at=9999").Code; code != http.StatusNotFound {
		t.Errorf("a page of today with a version that does not exist: status %d, want 404", code)
	}
}

func TestAVersionOfWhichTheHistoryIsGoneLeadsToTheOldestThatIsNot(t *testing.T) {
	ctx := context.Background()
	s := site(t, 20)
	at := confirmed(t, s)
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE moved SET seq = $1 WHERE key = ''`, at+1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := get(t, s.Handler(), fmt.Sprintf("/coverage?lang=en&at=%d", at))
	want := fmt.Sprintf(`<a class="btn plain" href="/coverage?at=%d&amp;lang=en">Show data version %d</a>`, at+1, at+1)
	if answer.Code != http.StatusNotFound || !strings.Contains(answer.Body.String(), want) {
		t.Errorf("status %d, want 404 with %s", answer.Code, want)
	}
}

// lasting are the links that no version changes: files, the description of the API, the newest data,
// and the files of publishers, whose addresses always give what is now.
var lasting = regexp.MustCompile(`^(/static/|/icon|/api/v1/openapi|/iati/activities/|/iati/organisations/|#|https?:|mailto:)`)

func TestEveryLinkOfAPinnedPageKeepsThePin(t *testing.T) {
	s := site(t, 60)
	addresses := pages(t, s)
	at := confirmed(t, s)
	h, links := s.Handler(), regexp.MustCompile(`(?:href|action)="([^"]*)"`)
	for _, address := range addresses {
		body := get(t, h, fmt.Sprintf("%s&at=%d", withLang(address, "en"), at)).Body.String()
		ways := 0
		for _, link := range links.FindAllStringSubmatch(body, -1) {
			switch href := link[1]; {
			case lasting.MatchString(href) || strings.Contains(href, fmt.Sprintf("at=%d", at)):
			case strings.Contains(body, `<a href="`+href+`">Show the newest data</a>`):
				ways++
			case strings.HasPrefix(link[0], "action") && strings.Contains(body, fmt.Sprintf(`<input type="hidden" name="at" value="%d">`, at)):
			default:
				t.Errorf("%s: the link %s loses the version", address, href)
			}
		}
		if ways == 0 && address != "/nowhere" {
			t.Errorf("%s: no way back to the newest data", address)
		}
	}
}

func TestAPinnedPageIsKeptUntilSomethingChanges(t *testing.T) {
	s := site(t, 20)
	at := confirmed(t, s)
	h := s.Handler()
	for _, address := range []string{"/coverage", "/coverage.json", "/coverage.csv"} {
		pinned := fmt.Sprintf("%s?at=%d", address, at)
		tag := get(t, h, pinned).Header().Get("ETag")
		if get(t, h, address).Header().Get("ETag") == tag {
			t.Errorf("%s: the present has the tag of version %d", address, at)
		}
		if code := get(t, h, pinned, "If-None-Match", tag).Code; code != http.StatusNotModified {
			t.Errorf("%s again: status %d, want 304", pinned, code)
		}
		confirmed(t, s)
		if code := get(t, h, pinned, "If-None-Match", tag).Code; code != http.StatusOK {
			t.Errorf("%s after a change: status %d, want 200: frameworks and the notice are those of today", pinned, code)
		}
	}
}

func TestAPinnedPageSaysWhatIsOfToday(t *testing.T) {
	s := site(t, 20)
	at := confirmed(t, s)
	h := s.Handler()
	imports := get(t, h, fmt.Sprintf("/imports?lang=en&at=%d", at)).Body.String()
	if !strings.Contains(imports, "This page shows the present.") || !strings.Contains(imports, fmt.Sprintf("/coverage?at=%d", at)) {
		t.Error("the list of imports does not say that it shows the present, or its links lose the version")
	}
	const moved = "Frameworks and texts of resolutions are those of today"
	if strings.Contains(get(t, h, fmt.Sprintf("/coverage?lang=en&at=%d", at)).Body.String(), moved) {
		t.Error("a page says that a framework changed, and none did")
	}
	const plan = "row,scheme,code,title_en,source,confidence,to_scheme,to_code,rationale\nscheme,test-plan,,Plan of a test,test,,,,\nconcept,test-plan,A,One thing,test,B,,,\n"
	if _, err := s.Frameworks.Import(context.Background(), resolute.Operator(), "plan.csv", strings.NewReader(plan)); err != nil {
		t.Fatal(err)
	}
	refreshed(t, s)
	if !strings.Contains(get(t, h, fmt.Sprintf("/coverage?lang=en&at=%d", at)).Body.String(), moved) {
		t.Error("a framework came after the version, and the page does not say so")
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return fmt.Sprintf(": %q, then %q", a[from:min(len(a), i+60)], b[from:min(len(b), i+60)])
}
