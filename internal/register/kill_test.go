package register_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/register"
)

// victimVariable holds the database file of the import that is killed; set in the other process.
const victimVariable = "RESOLUTE_TEST_VICTIM"

// TestVictim is the other process of the test below: it imports until it is killed.
func TestVictim(t *testing.T) {
	path := os.Getenv(victimVariable)
	if path == "" {
		t.Skip("runs only as the victim of another test")
	}
	d, err := db.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	staged := 0
	progress := func(p register.Progress) {
		if staged++; staged == 3 {
			fmt.Println("staged", p.Read)
			select {} // until it is killed
		}
	}
	_, err = open(d).ImportIATI(context.Background(), operator, src, strings.NewReader(iatiFile(many(5000, "new")...)), register.ImportOptions{Progress: progress})
	t.Fatalf("the import went on: %v", err)
}

func TestAKilledProcessLeavesTheOldState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "resolute.db")
	d, err := db.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if _, err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	r := open(d)
	load(t, r, src, iatiFile(activity{id: "A"}))
	before := state(t, d)
	kill(t, path)
	if state(t, d) != before || leftovers(t, d) == 0 {
		t.Fatalf("after the kill %d rows are staged, readers see\n%s\nwant\n%s", leftovers(t, d), state(t, d), before)
	}
	if n, err := r.Sweep(context.Background()); err != nil || n != 1 || leftovers(t, d) != 0 || state(t, d) != before {
		t.Errorf("swept %d, %v; %d rows are left", n, err, leftovers(t, d))
	}
	if got := load(t, r, src, iatiFile(many(10, "new")...)); got.New != 10 {
		t.Errorf("an import afterwards: %+v", got.Counts)
	}
}

// kill starts an import in another process and kills it between two batches.
func kill(t *testing.T, path string) {
	t.Helper()
	victim := exec.Command(os.Args[0], "-test.run=^TestVictim$")
	victim.Env = append(os.Environ(), victimVariable+"="+path)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.HasPrefix(lines.Text(), "staged"); {
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait() // it was killed, so it ends with an error
}
