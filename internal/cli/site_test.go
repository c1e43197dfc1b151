package cli_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// serve starts a server over the database of a script, on a free port; SITE is its address. It ends
// with the script.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serve FLAG...")
	}
	program, err := exec.LookPath("resolute")
	ts.Check(err)
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, program, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	c.Env, c.Dir = append(os.Environ(), "RESOLUTE_DB="+ts.Getenv("RESOLUTE_DB")), ts.MkAbs(".")
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	ts.Defer(func() {
		stop()
		_ = c.Wait() // it was told to stop
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		ts.Fatalf("the server does not say where it answers: %v", err)
	}
	ts.Setenv("SITE", strings.TrimSuffix(strings.TrimSpace(line), "/"))
}

// fetch prints what an address answers, which must have a status; with words it asks again until the
// answer holds them, for ten seconds: fetch 200 ADDRESS [WORDS].
func fetch() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: fetch STATUS ADDRESS [WORDS]")
		os.Exit(2)
	}
	want, words := os.Args[1], strings.Join(os.Args[3:], " ")
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, body, err := answerOf(os.Args[2])
		switch {
		case err != nil:
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		case strconv.Itoa(status) == want && strings.Contains(body, words):
			fmt.Println(body)
			os.Exit(0)
		case time.Now().After(end) || words == "":
			fmt.Fprintf(os.Stderr, "status %d, want %s and %q:\n%s\n", status, want, words, body)
			os.Exit(1)
		}
	}
}

func answerOf(address string) (status int, body string, err error) {
	answer, err := http.Get(address) //nolint:gosec // the address is of the script's own server
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}
