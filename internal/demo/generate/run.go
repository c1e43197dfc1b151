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
var Profiles = []string{string(Light)}

// Options say what is made. Workers has no influence on the files.
type Options struct {
	Activities int
	Seed       uint64
	Profile    Profile
	Gzip       bool
	Workers    int
}

// maker makes the activities of one publisher after another.
type maker struct {
	o      Options
	world  *world
	chance chance
	prose  chance
	facts  facts
	page   page
}

// Files writes the files and the truth into a folder that is empty or does not exist yet, and gives
// the truth. It returns Conflict for a folder that holds something.
func Files(ctx context.Context, dir string, o Options) (Truth, error) {
	if err := emptyFolder(dir); err != nil {
		return Truth{}, err
	}
	list := publishers(o)
	accounts, faults := make([]*account, len(list)), make([]error, len(list))
	var next atomic.Int64
	var group sync.WaitGroup
	for range max(1, o.Workers) {
		group.Go(func() {
			m := &maker{o: o, world: theWorld()}
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

// publisher writes the files of one publisher.
func (m *maker) publisher(ctx context.Context, dir string, p *publisher) (*account, error) {
	a := newAccount()
	s := series{dir: dir, stem: p.ref, gzip: m.o.Gzip, most: p.longest()}
	for n := p.first; n < p.first+p.count; n++ {
		if err := ctx.Err(); err != nil {
			return nil, errors.Join(err, s.close())
		}
		m.page.b = m.page.b[:0]
		m.light(n, p)
		m.writeLight()
		a.take(&m.facts)
		if err := s.add(m.page.b); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	err := s.close()
	a.files = s.files
	return a, err
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
