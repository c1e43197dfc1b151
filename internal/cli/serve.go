package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/api"
	"resolute/internal/web"
)

// serveFlags are the flags of a server.
type serveFlags struct {
	listen, base string
	operator     string // who may sign in; empty: nobody
	demo         bool
}

// How long a reader may take, and how long a stopping server waits for answers under way.
const (
	headerTime   = 5 * time.Second
	answerTime   = 60 * time.Second
	idleTime     = 2 * time.Minute
	shutdownTime = 10 * time.Second
	followEvery  = 500 * time.Millisecond
	matchEvery   = 5 * time.Second // candidates are looked for again after an import
)

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve pages and REST API over what was imported",
		Long: `Pages and API only read, unless --operator names the one person who may also write on pages: a link is printed that signs that
person in, once, within an hour. Imports beside a running server are shown as soon as they are complete. A database file that
cannot be written is served as it stood at the start. Ctrl-C stops it.`,
		Example: "  resolute serve\n  resolute serve --operator \"A. Person\"\n  resolute serve --listen 127.0.0.1:8080 --base-url https://wsis.example.org/resolute",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkBase(f.base); err != nil {
				return err
			}
			h, err := a.openHouse(c.Context())
			if err != nil {
				return err
			}
			if err := h.db.ReadOnly(); err != nil && f.operator != "" {
				return closing(h, fmt.Errorf("nobody can sign in, so serve without --operator: %w", err))
			}
			return closing(h, a.serve(c.Context(), h, f))
		},
	}
	f.bind(a, c)
	return c
}

func (f *serveFlags) bind(a *app, c *cobra.Command) {
	c.Flags().StringVar(&f.listen, "listen", a.setting("RESOLUTE_LISTEN", "127.0.0.1:8080"), "address to listen on; port 0 chooses a free one (RESOLUTE_LISTEN)")
	c.Flags().StringVar(&f.operator, "operator", a.setting("RESOLUTE_OPERATOR", ""), "name of the one person who may sign in and write on pages (RESOLUTE_OPERATOR)")
	c.Flags().StringVar(&f.base, "base-url", a.setting("RESOLUTE_BASE_URL", ""), "outside address when a proxy stands in front (RESOLUTE_BASE_URL)")
}

// serve answers until the context ends, then finishes what is under way.
func (a *app) serve(ctx context.Context, h *house, f serveFlags) error {
	listener, err := f.open()
	if err != nil {
		return err
	}
	server := &http.Server{Handler: a.handler(h, f), ReadHeaderTimeout: headerTime, ReadTimeout: headerTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn)}
	following, stopFollowing := context.WithCancel(ctx)
	var followed sync.WaitGroup
	followed.Go(func() {
		h.coverage.Follow(following, followEvery, func(err error) { a.log.Error("refresh failed", "err", err) })
	})
	followed.Go(func() {
		h.alike.Follow(following, matchEvery, func(err error) { a.log.Error("candidates failed", "err", err) })
	})
	followed.Go(func() {
		h.measure.Follow(following, followEvery, h.coverage.Catalogue, func(err error) { a.log.Error("profiles failed", "err", err) })
	})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if err := a.announce(ctx, h, f, listener.Addr()); err != nil {
		a.log.Warn("address not printed", "err", err)
	}
	select {
	case err = <-served:
	case <-ctx.Done():
		ending, cancel := context.WithTimeout(context.Background(), shutdownTime)
		err = server.Shutdown(ending)
		cancel()
		<-served
	}
	stopFollowing()
	followed.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// announce prints where the server answers, and the link of the operator.
func (a *app) announce(ctx context.Context, h *house, f serveFlags, address net.Addr) error {
	at := fmt.Sprintf("http://%s/", address)
	if err := printText(a.Out, "%s\n", at); err != nil || f.operator == "" {
		return err
	}
	if f.base != "" {
		at = strings.TrimSuffix(f.base, "/") + "/"
	}
	secret, err := h.accounts.Invite(ctx, resolute.Operator(), f.operator)
	if err != nil {
		return err
	}
	return printText(a.Out, "%ssign-in?code=%s\n", at, secret)
}

// open takes the address to listen on.
func (f serveFlags) open() (net.Listener, error) {
	if _, _, err := net.SplitHostPort(f.listen); err != nil {
		return nil, usage("--listen %q: want HOST:PORT, such as 127.0.0.1:8080", f.listen)
	}
	listener, err := net.Listen("tcp", f.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("address %s is in use: stop what listens there, or choose a free one with --listen 127.0.0.1:0", f.listen)
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", f.listen, err)
	}
	return listener, nil
}

// checkBase refuses an outside address that links cannot start with.
func checkBase(base string) error {
	u, err := url.Parse(base)
	if base != "" && (err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		return usage("--base-url %q: want an address such as https://wsis.example.org/resolute", base)
	}
	return nil
}

// handler leads requests to the pages or to the API. A path of the outside address is taken off
// when the proxy in front passes it on.
func (a *app) handler(h *house, f serveFlags) http.Handler {
	version := programVersion()
	site := &web.Site{DB: h.db, Coverage: h.coverage, Register: h.register, Directory: h.directory, Mandate: h.mandate, Frameworks: h.frameworks, Measure: h.measure,
		Candidates: h.alike, BaseURL: f.base, Demo: f.demo, Version: version, Log: a.log}
	if f.operator != "" {
		site.Accounts = h.accounts
	}
	rest := &api.API{DB: h.db, Coverage: h.coverage, Register: h.register, Directory: h.directory, Mandate: h.mandate, Measure: h.measure, Frameworks: h.frameworks, Version: version, Log: a.log}
	outside := ""
	if u, err := url.Parse(f.base); err == nil {
		outside = strings.TrimSuffix(u.Path, "/")
	}
	pages, data := site.Handler(), rest.Handler()
	passedOn := http.StripPrefix(outside, data)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/"):
			data.ServeHTTP(w, r)
		case api.DPortal(r.URL.Path), api.SDMX(r.URL.Path):
			data.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, outside+"/api/"), api.DPortal(strings.TrimPrefix(r.URL.Path, outside)), api.SDMX(strings.TrimPrefix(r.URL.Path, outside)):
			passedOn.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

// programVersion is the revision the program was built from, else "development".
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "development"
}
