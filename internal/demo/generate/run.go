package generate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"resolute"
)

// Profile is the kind of activities that are made.
type Profile string

// The profiles.
const (
	Real  Profile = "real"  // as measured in published data, faults included
	Light Profile = "light" // about 1.5 kB each: what pages, facets and figures need
)

// Profiles lists those that can be made.
var Profiles = []string{string(Real), string(Light)}

// Options say what is made. Workers has no influence on the files.
type Options struct {
	Activities int
	Seed       uint64
	Profile    Profile
	Gzip       bool
	Faults     bool // of the real profile: what publishers do wrong
	Workers    int
}

// maker makes the activities of one publisher after another.
type maker struct {
	o      Options
	world  *world
	all    []*publisher
	ring   ring
	chance chance
	prose  chance
	facts  facts
	page   page

	scout, second *maker // for the other reports of an activity, and for those that it names
	cells         map[cell]int64
	counts        map[Rule]*count
}

func newMaker(o Options, all []*publisher, r ring) *maker {
	return &maker{o: o, world: theWorld(), all: all, ring: r}
}

// Files writes the files and the truth into a folder that is empty or does not exist yet, and gives
// the truth. It returns Conflict for a folder that holds something.
func Files(ctx context.Context, dir string, o Options) (Truth, error) {
	if err := emptyFolder(dir); err != nil {
		return Truth{}, err
	}
	o.Faults = o.Faults && o.Profile == Real
	list, r := publishers(o), newRing(o.Activities)
	accounts, faults := make([]*account, len(list)), make([]error, len(list))
	makers := make([]*maker, max(1, o.Workers))
	var next atomic.Int64
	var group sync.WaitGroup
	for worker := range makers {
		m := newMaker(o, list, r)
		m.scout, m.second = newMaker(o, list, r), newMaker(o, list, r)
		m.cells, m.counts = map[cell]int64{}, map[Rule]*count{once: newCount(), asReported: newCount()}
		makers[worker] = m
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				accounts[i], faults[i] = m.publisher(ctx, dir, list[i])
			}
		})
	}
	group.Wait()
	if err := errors.Join(faults...); err != nil {
		return Truth{}, err
	}
	t := gather(o, accounts)
	t.rules(makers)
	if o.Faults {
		cut, err := makers[0].truncated(dir)
		if err != nil {
			return t, err
		}
		t.FilesRefused = append(t.FilesRefused, cut)
		t.Faults = append(t.Faults, Fault{File: cut, Kind: "file-truncated"})
	}
	return t, t.write(dir)
}

func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	held, err := os.ReadDir(dir)
	if err == nil && len(held) > 0 {
		return &resolute.Error{Code: resolute.Conflict, Field: "out", Err: fmt.Errorf("%s is not empty", filepath.Clean(dir))}
	}
	return err
}

// publisher writes the files of one publisher: its activities, second copies of some, and what it
// repeats of others.
func (m *maker) publisher(ctx context.Context, dir string, p *publisher) (*account, error) {
	a := newAccount()
	plan := []struct {
		name string
		v    version
	}{{"", main}}
	if m.o.Profile == Real {
		plan = append(plan, struct {
			name string
			v    version
		}{"-again", again}, struct {
			name string
			v    version
		}{"-others", elsewhere})
	}
	for _, part := range plan {
		s := series{dir: dir, stem: p.ref + part.name, gzip: m.o.Gzip, most: p.longest(), version: p.version, latin: p.latin}
		for n := p.first; n < p.first+p.count; n++ {
			if err := ctx.Err(); err != nil {
				return nil, errors.Join(err, s.close())
			}
			if !m.write(n, p, part.v) {
				continue
			}
			if err := s.add(m.page.b); err != nil {
				return nil, errors.Join(err, s.close())
			}
			a.take(&m.facts, part.v, s.files[len(s.files)-1])
			if part.v == main {
				m.reckon(n)
			}
		}
		if err := s.close(); err != nil {
			return nil, err
		}
		a.files = append(a.files, s.files...)
	}
	return a, nil
}

// write puts one report onto the page; false when the publisher makes none. What it repeats of others
// is by the place in the ring: the activity before each of its own.
func (m *maker) write(n int, p *publisher, v version) bool {
	m.page.b = m.page.b[:0]
	if m.o.Profile == Light {
		m.light(n, p)
		m.writeLight()
		return true
	}
	if v == elsewhere {
		n = m.ring.previous(n)
	}
	if !m.report(n, v) {
		return false
	}
	m.writeReal()
	return true
}

// longest says where the files of a publisher are cut.
func (p *publisher) longest() int64 {
	switch p.n {
	case 0:
		return hugeFile
	case 1, 2:
		return largeFile
	}
	return usualFile
}
