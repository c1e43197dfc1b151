//go:build unix

package cli

import (
	"os"
	"strconv"
	"syscall"
)

// yieldLevel is how much an import gives way to others: a server on the same processors gets three
// quarters of them while both want all.
const yieldLevel = 5

// yield lets other programs, a server above all, go first where processors are scarce. A system that
// refuses is none the worse: the import only competes.
func yield() {
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, yieldLevel)
	threads, _ := os.ReadDir("/proc/self/task") // where each thread has a level of its own
	for _, t := range threads {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, yieldLevel)
		}
	}
}
