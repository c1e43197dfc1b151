package cli_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"resolute/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"resolute": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Getenv))
		},
		"fetch": fetch,
	})
}

// TestScripts drives the product as a user would; each script is one story.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "docx": writeDOCX, "replace": replace, "serve": serve},
		Setup: func(e *testscript.Env) error {
			e.Setenv("RESOLUTE_DB", e.WorkDir+"/resolute.db")
			e.Setenv("SAMPLES", samples)
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "samples" {
				return false, fmt.Errorf("there is no condition %q", name)
			}
			_, err := os.Stat(samples)
			return err == nil, nil
		}})
}

// samples is the folder of real statistics; scripts that need it say so by the condition [samples].
var samples = func() string {
	path, err := filepath.Abs("../../../shared/samples/stats")
	if err != nil {
		panic(err)
	}
	return path
}()

// exits runs a program that must end with the given code: exits 3 resolute check.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGUMENT...")
	}
	got := 0
	err := ts.Exec(args[1], args[2:]...)
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("exit code %d, want %s", got, want)
	}
}

// writeDOCX makes a document of a body: docx FILE.docx BODY.xml.
// replace OLD NEW FILE writes NEW for OLD in a file.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[2])
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.ReplaceAll(text, args[0], args[1])), 0o600))
}

func writeDOCX(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: docx FILE.docx BODY.xml")
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	ts.Check(err)
	_, err = io.WriteString(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+ts.ReadFile(args[1])+`</w:body></w:document>`)
	ts.Check(errors.Join(err, z.Close()))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}
