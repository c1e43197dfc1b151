package cli

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write docs/reference/commands.md anew")

// tree gives every command of ours that a user can run, in the order of the help.
func tree() (root *cobra.Command, all []*cobra.Command) {
	a := &app{Streams: Streams{Out: io.Discard, Err: io.Discard}, env: func(string) string { return "" }, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	root = a.root()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if sub.Name() == "help" || sub.Name() == "completion" {
				continue
			}
			all = append(all, sub)
			walk(sub)
		}
	}
	walk(root)
	return root, all
}

func TestEveryCommandTeaches(t *testing.T) {
	_, all := tree()
	for _, c := range all {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: %q is no short line without a full stop", c.CommandPath(), c.Short)
		}
		if !c.HasSubCommands() && c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			if !strings.Contains(line, "resolute ") {
				t.Errorf("%s: %q is no example", c.CommandPath(), line)
			}
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s: --%s says nothing", c.CommandPath(), f.Name)
			}
		})
	}
}

func TestTheExamplesAreCommandsThatExist(t *testing.T) {
	root, all := tree()
	for _, c := range all {
		for line := range strings.Lines(c.Example) {
			words := strings.Fields(strings.Trim(line, "\n "))
			found, rest, err := root.Find(words[1:])
			if err != nil || found == root {
				t.Errorf("%s: %q: %v", c.CommandPath(), line, err)
				continue
			}
			for _, word := range rest {
				name, isFlag := strings.CutPrefix(word, "--")
				name, _, _ = strings.Cut(name, "=")
				if isFlag && found.Flags().Lookup(name) == nil && found.InheritedFlags().Lookup(name) == nil {
					t.Errorf("%s: %q: no flag --%s", c.CommandPath(), line, name)
				}
			}
		}
	}
}

func TestTheReferenceOfCommandsIsThatOfTheProgram(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "reference", "commands.md")
	want := reference()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("docs/reference/commands.md is not what the program says (%v): go test ./internal/cli -run Reference -update", err)
	}
}

const referenceHead = `# Commands

Written by the program itself: ` + "`resolute COMMAND -h`" + ` says the same. Exit codes and findings: [findings](findings.md). Settings from
the environment: [settings](settings.md).

Results go to standard output, progress and logs to standard error. Every list is written as ` + "`text`, `json`, `jsonl` and `csv`" + `:

| format | a list | one thing |
|---|---|---|
| ` + "`text`" + ` | aligned columns for people; not for scripts | a sentence |
| ` + "`json`" + ` | one object that names the list: ` + "`{\"imports\": [...]}`" + ` | one object |
| ` + "`jsonl`" + ` | one object a line with the same keys | one object on a line |
| ` + "`csv`" + ` | a row for each with the names of columns first | not written: exit code 2 |

Keys and columns stay; new ones may be added. In ` + "`jsonl` and `csv`" + ` a table of coverage has the key ` + "`row`" + `: ` + "`row`, `unlinked` or `total`" + `.

`

// reference writes all commands as a page.
func reference() string {
	root, all := tree()
	var b strings.Builder
	b.WriteString(referenceHead + "Flags of every command:\n\n")
	writeFlags(&b, root.PersistentFlags())
	b.WriteString("\n`resolute completion bash|zsh|fish|powershell` prints a script that completes commands and flags.\n")
	for _, c := range all {
		fmt.Fprintf(&b, "\n## %s\n\n%s.\n", strings.TrimSuffix(c.UseLine(), " [flags]"), c.Short)
		if c.Long != "" {
			fmt.Fprintf(&b, "\n%s\n", c.Long)
		}
		if c.Example != "" {
			fmt.Fprintf(&b, "\n%s\n", indented(c.Example))
		}
		if c.LocalNonPersistentFlags().HasAvailableFlags() {
			b.WriteByte('\n')
			writeFlags(&b, c.LocalNonPersistentFlags())
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func indented(examples string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(examples, "\n"), "\n", "\n  ")
}

func writeFlags(b *strings.Builder, flags *pflag.FlagSet) {
	b.WriteString("| flag | default | meaning |\n|---|---|---|\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		value := ""
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
			value = "`" + f.DefValue + "`"
		}
		fmt.Fprintf(b, "| `--%s` | %s | %s |\n", f.Name, value, strings.ReplaceAll(f.Usage, "|", `\|`))
	})
}
