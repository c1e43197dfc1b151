package cli

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"resolute/internal/db/dbtest"
)

// behind serves a small house under an outside address.
func behind(t *testing.T, base string) http.Handler {
	t.Helper()
	h := soundHouse(t, dbtest.SQLite(t), "")
	a := &app{Streams: Streams{Out: io.Discard, Err: io.Discard}, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	return a.handler(h, serveFlags{base: base})
}

func ask(h http.Handler, address string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w
}

var inside = regexp.MustCompile(`(?:href|src|action)="(/[^"]*)"`)

// TestEveryLinkHoldsBehindAProxy follows the links of the first pages, as a proxy that passes
// the path of the outside address on and as one that takes it off.
func TestEveryLinkHoldsBehindAProxy(t *testing.T) {
	const prefix = "/resolute"
	h := behind(t, "https://wsis.example.org"+prefix)
	seen := map[string]bool{}
	for _, page := range []string{"/", "/activities", "/matrix", "/thread/R8", "/imports", "/about"} {
		body := ask(h, prefix+page).Body.String()
		links := inside.FindAllStringSubmatch(body, -1)
		if len(links) < 5 {
			t.Errorf("%s has %d links", page, len(links))
		}
		for _, m := range links {
			link := strings.ReplaceAll(m[1], "&amp;", "&")
			if link, _, _ = strings.Cut(link, "#"); seen[link] || len(seen) > 150 {
				continue
			}
			seen[link] = true
			own, ok := strings.CutPrefix(link, prefix)
			if !ok {
				t.Errorf("%s links to %s, outside of the outside address", page, link)
				continue
			}
			for _, address := range []string{link, "/" + strings.TrimPrefix(own, "/")} {
				if w := ask(h, address); w.Code != http.StatusOK {
					t.Errorf("%s, linked from %s: status %d", address, page, w.Code)
				}
			}
		}
	}
}

func TestDataStyleAndAPIAnswerUnderBothPaths(t *testing.T) {
	h := behind(t, "https://wsis.example.org/resolute/")
	for _, path := range []string{"/index.json", "/coverage.csv?by=goal", "/activities.json", "/icon.svg", "/api/v1/status", "/api/v1/openapi.json"} {
		for _, address := range []string{path, "/resolute" + path} {
			if w := ask(h, address); w.Code != http.StatusOK {
				t.Errorf("%s: status %d", address, w.Code)
			}
		}
	}
	if w := ask(h, "/resolute"); w.Code != http.StatusOK {
		t.Errorf("the outside address without a stroke: status %d", w.Code)
	}
	if w := ask(h, "/resolutely/activities"); w.Code != http.StatusNotFound {
		t.Errorf("another site of the proxy: status %d, want 404", w.Code)
	}
	for _, address := range []string{"//activities?q=x", "/resolute//activities?q=x"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(address, "?")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); got != "/resolute/activities?q=x" {
			t.Errorf("%s leads to %q", address, got)
		}
	}
}

func TestServeSaysWhatIsWrongWithItsAddress(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"in use":               {[]string{"--listen", taken.Addr().String()}, exitFailed, "is in use: stop what listens there, or choose a free one"},
		"no port":              {[]string{"--listen", "localhost"}, exitUsage, "want HOST:PORT"},
		"a base that is none":  {[]string{"--base-url", "wsis.example.org"}, exitUsage, "want an address such as"},
		"a base with question": {[]string{"--base-url", "https://wsis.example.org/?a=b"}, exitUsage, "want an address such as"},
	} {
		var said bytes.Buffer
		args := append([]string{"serve", "--db", filepath.Join(t.TempDir(), "a.db")}, c.args...)
		code := Main(context.Background(), args, Streams{In: strings.NewReader(""), Out: io.Discard, Err: &said}, func(string) string { return "" })
		if code != c.code || !strings.Contains(said.String(), c.want) {
			t.Errorf("%s: exit code %d, %q; want %d, %q", name, code, said.String(), c.code, c.want)
		}
	}
}

func TestServeFinishesWhatIsUnderWayAndEndsWithoutError(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- Main(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--db", filepath.Join(t.TempDir(), "a.db")},
			Streams{In: strings.NewReader(""), Out: in, Err: io.Discard}, func(string) string { return "" })
	}()
	line := make([]byte, 100)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(strings.TrimSpace(string(line[:n])))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("first page: %v, %v", answer, err)
	}
	_ = answer.Body.Close()
	stop()
	select {
	case code := <-ended:
		if code != exitDone {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(15 * time.Second):
		t.Fatal("the server does not end")
	}
}
