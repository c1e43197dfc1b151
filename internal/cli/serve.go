package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"resolute/internal/api"
	"resolute/internal/web"
)

// serveFlags are the flags of a server.
type serveFlags struct {
	listen, base string
	demo         bool
}

// How long a reader may take, and how long a stopping server waits for answers under way.
const (
	headerTime   = 5 * time.Second
	answerTime   = 60 * time.Second
	idleTime     = 2 * time.Minute
	shutdownTime = 10 * time.Second
	followEvery  = 500 * time.Millisecond
)

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Serve pages and REST API over what was imported",
		Long:    "Pages and API only read. Imports beside a running server are shown as soon as they are complete. Ctrl-C stops it.",
		Example: "  resolute serve\n  resolute serve --listen 127.0.0.1:8080 --base-url https://wsis.example.org/resolute",
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := a.openHouse(c.Context())
			if err != nil {
				return err
			}
			return closing(h, a.serve(c.Context(), h, f))
		},
	}
	f.bind(a, c)
	return c
}

func (f *serveFlags) bind(a *app, c *cobra.Command) {
	c.Flags().StringVar(&f.listen, "listen", a.setting("RESOLUTE_LISTEN", "127.0.0.1:8080"), "address to listen on; port 0 chooses a free one (RESOLUTE_LISTEN)")
	c.Flags().StringVar(&f.base, "base-url", a.setting("RESOLUTE_BASE_URL", ""), "outside address when a proxy stands in front (RESOLUTE_BASE_URL)")
}

// serve answers until the context ends, then finishes what is under way.
func (a *app) serve(ctx context.Context, h *house, f serveFlags) error {
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", f.listen, err)
	}
	server := &http.Server{Handler: a.handler(h, f), ReadHeaderTimeout: headerTime, ReadTimeout: headerTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn)}
	following, stopFollowing := context.WithCancel(ctx)
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		h.coverage.Follow(following, followEvery, func(err error) { a.log.Error("refresh failed", "err", err) })
	}()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if err := printText(a.Out, "http://%s/\n", listener.Addr()); err != nil {
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
	<-followed
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (a *app) handler(h *house, f serveFlags) http.Handler {
	version := programVersion()
	site := &web.Site{DB: h.db, Coverage: h.coverage, Register: h.register, Directory: h.directory, Mandate: h.mandate, Frameworks: h.frameworks,
		BaseURL: f.base, Demo: f.demo, Version: version, Log: a.log}
	rest := &api.API{DB: h.db, Coverage: h.coverage, Register: h.register, Directory: h.directory, Mandate: h.mandate, Frameworks: h.frameworks, Version: version, Log: a.log}
	mux := http.NewServeMux()
	mux.Handle(api.Prefix+"/", rest.Handler())
	mux.Handle("/", site.Handler())
	return mux
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
