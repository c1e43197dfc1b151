package cli

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"resolute/internal/register"
)

// How often progress is told, and from how much of the past a rate is taken.
const (
	redrawEvery = 100 * time.Millisecond
	plainEvery  = 10 * time.Second
	rateWindow  = 30 * time.Second
	firstETA    = 3 * time.Second
)

// progress tells how far one file has come: on a terminal one line that is drawn again, else a
// plain line now and then. It has one user at a time.
type progress struct {
	out      io.Writer
	now      func() time.Time
	terminal bool
	colour   bool

	file    string
	size    int64 // bytes of the file; 0: not known
	started time.Time
	told    time.Time
	samples []sample // of the last rateWindow, oldest first
	drawn   int      // characters of the line that stands on the terminal
}

// sample is how much was read at an instant.
type sample struct {
	at    time.Time
	read  int
	bytes int64
}

// newProgress tells to out, or nothing when quiet.
func (a *app) newProgress() *progress {
	if a.quiet {
		return nil
	}
	terminal := isTerminal(a.Err) && a.env("TERM") != "dumb"
	return &progress{out: a.Err, now: now, terminal: terminal, colour: terminal && !a.plain && a.env("NO_COLOR") == ""}
}

// isTerminal tells whether somebody sits in front of w.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// begin starts the next file.
func (p *progress) begin(file string, size int64) {
	if p == nil {
		return
	}
	p.file, p.size, p.started = file, size, p.now()
	p.told, p.samples = p.started, []sample{{at: p.started}}
}

// update takes in how far the file has come, and tells it when it is time.
func (p *progress) update(at register.Progress) {
	if p == nil {
		return
	}
	t := p.now()
	p.samples = append(p.samples, sample{t, at.Read, at.Bytes})
	for len(p.samples) > 2 && t.Sub(p.samples[0].at) > rateWindow {
		p.samples = p.samples[1:]
	}
	every := plainEvery
	if p.terminal {
		every = redrawEvery
	}
	if t.Sub(p.told) < every {
		return
	}
	p.told = t
	line := p.line(at)
	if !p.terminal {
		p.print(line + "\n")
		return
	}
	blank := strings.Repeat(" ", max(0, p.drawn-len(line)))
	p.drawn = len(line)
	p.print("\r" + p.painted(line, at.Findings) + blank)
}

// painted sets off a number of findings.
func (p *progress) painted(line string, findings int) string {
	if !p.colour || findings == 0 {
		return line
	}
	i := strings.LastIndex(line, "  ")
	return line[:i] + "  \x1b[33m" + line[i+2:] + "\x1b[0m"
}

// end clears the line on the terminal.
func (p *progress) end() {
	if p == nil || p.drawn == 0 {
		return
	}
	p.print("\r" + strings.Repeat(" ", p.drawn) + "\r")
	p.drawn = 0
}

// note tells one line of its own.
func (p *progress) note(line string) {
	if p == nil {
		return
	}
	p.end()
	p.print(line + "\n")
}

// print is talk, not a result: when standard error is closed there is nobody to tell.
func (p *progress) print(text string) { _, _ = io.WriteString(p.out, text) }

// line says how far a file has come. What is guessed from the bytes read says "about".
func (p *progress) line(at register.Progress) string {
	parts := []string{p.file}
	known := p.size > 0 && at.Bytes > 0 && at.Bytes <= p.size // a pipe or a growing file has no end to tell
	if known {
		parts = append(parts, fmt.Sprintf("%d %%", at.Bytes*100/p.size))
	}
	if total := int(float64(at.Read) * float64(p.size) / float64(max(at.Bytes, 1))); known && total > at.Read {
		parts = append(parts, grouped(at.Read)+" of about "+grouped(total))
	} else {
		parts = append(parts, grouped(at.Read)+" read")
	}
	first, last := p.samples[0], p.samples[len(p.samples)-1]
	if took := last.at.Sub(first.at).Seconds(); took > 0 {
		parts = append(parts, grouped(int(float64(last.read-first.read)/took))+"/s")
		if left := p.left(first, last, took); known && left > 0 {
			parts = append(parts, "about "+left.String()+" left")
		}
	}
	return strings.Join(append(parts, counted(at.Findings, "finding")), "  ")
}

// left guesses how long the rest takes, in whole seconds; 0 while it is too early to say.
func (p *progress) left(first, last sample, took float64) time.Duration {
	speed := float64(last.bytes-first.bytes) / took
	if last.at.Sub(p.started) < firstETA || speed <= 0 || last.bytes >= p.size {
		return 0
	}
	return time.Duration(float64(p.size-last.bytes)/speed+0.5) * time.Second
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	text := strconv.Itoa(max(n, 0))
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// counted writes a number with what is counted.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}
