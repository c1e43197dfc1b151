package cli

import (
	"strings"
	"testing"
	"time"

	"resolute/internal/register"
)

// clock is a fixed clock that tests move by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

func started(terminal bool, size int64) (*progress, *clock, *strings.Builder) {
	c, out := &clock{time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}, &strings.Builder{}
	p := &progress{out: out, now: c.now, terminal: terminal}
	p.begin("activities.xml", size)
	return p, c, out
}

func TestAPipeGetsAPlainLineEachTenSeconds(t *testing.T) {
	p, c, out := started(false, 1000)
	for i := range 25 {
		c.pass(time.Second)
		p.update(register.Progress{Read: 100 * (i + 1), Bytes: int64(40 * (i + 1)), Findings: i})
	}
	want := "activities.xml  40 %  1,000 of about 2,500  100/s  about 15s left  9 findings\n" +
		"activities.xml  80 %  2,000 of about 2,500  100/s  about 5s left  19 findings\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
}

func TestATerminalIsDrawnAtMostTenTimesASecond(t *testing.T) {
	p, c, out := started(true, 1000)
	for range 100 {
		c.pass(10 * time.Millisecond)
		p.update(register.Progress{Read: 5, Bytes: 10})
	}
	if n := strings.Count(out.String(), "\r"); n != 10 {
		t.Errorf("drawn %d times in a second, want 10", n)
	}
	p.end()
	if !strings.HasSuffix(out.String(), " \r") {
		t.Errorf("the line is not cleared: %q", out)
	}
}

func TestAShorterLineHidesTheLongerOneBefore(t *testing.T) {
	p, c, out := started(true, 0)
	c.pass(time.Second)
	p.update(register.Progress{Read: 123456})
	before := p.drawn
	p.begin("b.xml", 0)
	c.pass(time.Second)
	p.update(register.Progress{Read: 1})
	lines := strings.Split(out.String(), "\r")
	if got := len(lines[len(lines)-1]); got != before {
		t.Errorf("the second line has %d characters, want the %d of the first", got, before)
	}
}

func TestNoEndIsPromisedTooEarlyOrNegative(t *testing.T) {
	for name, c := range map[string]struct {
		after    time.Duration
		size     int64
		at       register.Progress
		want     string
		unwanted string
	}{
		"before three seconds":       {2 * time.Second, 1000, register.Progress{Read: 10, Bytes: 100}, "10 of about 100", "left"},
		"after three seconds":        {4 * time.Second, 1000, register.Progress{Read: 10, Bytes: 100}, "about 36s left", "-"},
		"a file that grew meanwhile": {4 * time.Second, 1000, register.Progress{Read: 10, Bytes: 2000}, "10 read", "left"},
		"a pipe has no size":         {4 * time.Second, 0, register.Progress{Read: 10, Bytes: 2000}, "10 read", "%"},
		"nothing read":               {4 * time.Second, 1000, register.Progress{}, "0 read", "left"},
		"all read":                   {4 * time.Second, 1000, register.Progress{Read: 7, Bytes: 1000}, "100 %  7 read", "left"},
	} {
		p, clock, _ := started(true, c.size)
		clock.pass(c.after)
		p.update(c.at)
		if got := p.line(c.at); !strings.Contains(got, c.want) || strings.Contains(got, c.unwanted) {
			t.Errorf("%s: %q, want %q and no %q", name, got, c.want, c.unwanted)
		}
	}
}

func TestTheRateIsThatOfTheLastThirtySeconds(t *testing.T) {
	p, c, _ := started(true, 1_000_000)
	for i := range 120 { // a hundred a second, then ten
		c.pass(time.Second)
		read := 100 * (i + 1)
		if i >= 60 {
			read = 6000 + 10*(i-59)
		}
		p.update(register.Progress{Read: read, Bytes: int64(read)})
	}
	if got := p.line(register.Progress{Read: 6600, Bytes: 6600}); !strings.Contains(got, " 10/s ") {
		t.Errorf("%q, want 10/s", got)
	}
}

func TestColourIsOnlyForFindings(t *testing.T) {
	p, c, out := started(true, 0)
	p.colour = true
	c.pass(time.Second)
	p.update(register.Progress{Read: 1, Findings: 2})
	if !strings.HasSuffix(out.String(), "\x1b[33m2 findings\x1b[0m") {
		t.Errorf("%q", out)
	}
	c.pass(time.Second)
	p.update(register.Progress{Read: 1})
	if strings.Count(out.String(), "\x1b[") != 2 {
		t.Errorf("coloured without a finding: %q", out)
	}
}
