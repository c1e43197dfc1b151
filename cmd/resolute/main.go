// Command resolute keeps the record of how a resolution is carried out: import its text and
// activities, see what answers each paragraph, serve it as pages and REST, write the report.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"resolute/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Getenv)
	stop()
	os.Exit(code)
}
