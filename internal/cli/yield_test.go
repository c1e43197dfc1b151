//go:build linux

package cli

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestAnImportYieldsToServers looks at the level of every thread.
func TestAnImportYieldsToServers(t *testing.T) {
	if os.Getenv("RESOLUTE_TEST_YIELD") == "" { // the level of a program cannot be taken back
		inChild(t, "RESOLUTE_TEST_YIELD")
		return
	}
	yield()
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Skip("threads cannot be looked at: ", err)
	}
	for _, thread := range threads {
		stat, err := os.ReadFile("/proc/self/task/" + thread.Name() + "/stat")
		if err != nil {
			continue // it ended
		}
		const level = 16 // behind the name in brackets
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+2:]))
		if got := fields[level]; got != "5" {
			t.Errorf("thread %s has level %s, want 5", thread.Name(), got)
		}
	}
}

// inChild runs the test that calls it again in another process, where a variable is set.
func inChild(t *testing.T, variable string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	c.Env = append(os.Environ(), variable+"=1")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
