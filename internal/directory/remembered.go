package directory

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/search"
)

// Remembered gives candidates as of the newest change, and remembers them. What the organisations share is
// gathered when an import may have named more of them, and judged again, which takes little, when people
// decided something. The zero value with a Directory is ready.
type Remembered struct {
	Directory

	once sync.Once
	turn chan struct{} // held by the one who makes

	gathered *gathered
	parts    map[spelled]string // by which names were gathered
	found    *Found
}

// Found are the candidates as of one change. Nobody may change them.
type Found struct {
	Head audit.Head
	*listed
}

// listed is what is found, whatever change it is as of.
type listed struct {
	Candidates []Candidate

	places    map[string]int  // by ID
	of        map[int64][]int // by number of an organisation
	searching sync.Once
	lists     *search.Lists
}

// Candidates gives them as of the newest change. Whoever asks first, or first after an import, waits while
// they are made, and all others with them.
func (r *Remembered) Candidates(ctx context.Context) (*Found, error) {
	r.once.Do(func() { r.turn = make(chan struct{}, 1) })
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-r.turn }()
	head, err := audit.Newest(ctx, r.DB)
	if err != nil || r.found != nil && r.found.Head == head {
		return r.found, err
	}
	err = r.DB.View(context.WithoutCancel(ctx), func(q db.Queryer) error { return r.make(context.WithoutCancel(ctx), q) })
	if err != nil {
		return nil, fmt.Errorf("look for organisations that may be one: %w", err)
	}
	return r.found, nil
}

func (r *Remembered) make(ctx context.Context, q db.Queryer) error {
	head, err := audit.Newest(ctx, q)
	if err != nil {
		return err
	}
	u, err := ReadUnions(ctx, q, Newest)
	if err != nil {
		return err
	}
	moved, err := r.moved(ctx, q, u)
	if err != nil {
		return err
	}
	if moved == everything {
		if r.gathered, err = gather(ctx, q, u); err != nil {
			return err
		}
		r.parts = u.parts
	}
	if moved == nothing {
		r.found = &Found{head, r.found.listed}
		return nil
	}
	list, err := r.gathered.candidates(ctx, q, u)
	if err != nil {
		return err
	}
	r.found = &Found{head, newListed(list)}
	return nil
}

// What moved since candidates were made.
type movement int

const (
	nothing movement = iota
	decided
	everything
)

// mostFollowed is how many changes are looked at one by one.
const mostFollowed = 1000

// moved tells what the changes since may have moved.
func (r *Remembered) moved(ctx context.Context, q db.Queryer, u *Unions) (movement, error) {
	if r.found == nil || !maps.Equal(u.parts, r.parts) {
		return everything, nil
	}
	changes, err := audit.Since(ctx, q, r.found.Head.Seq-1, mostFollowed)
	if err != nil {
		return everything, err
	}
	if len(changes) == mostFollowed || len(changes) == 0 || changes[0].Seq != r.found.Head.Seq && r.found.Head.Seq > 0 {
		return everything, nil // too many, or another log
	}
	what := nothing
	for _, c := range changes {
		switch {
		case c.Seq == r.found.Head.Seq:
		case c.Verb == "organisation":
			what = max(what, decided)
		case c.Verb == "import" || c.Verb == "refuse":
			what = everything
		}
	}
	return what, nil
}

func newListed(list []Candidate) *listed {
	f := &listed{Candidates: list, places: make(map[string]int, len(list)), of: map[int64][]int{}}
	for i, c := range list {
		f.places[c.ID] = i
		for _, o := range c.Organisations {
			f.of[o.ID] = append(f.of[o.ID], i)
		}
	}
	return f
}

// Candidate gives one by its ID; false when there is none any more.
func (f *listed) Candidate(id string) (Candidate, bool) {
	at, found := f.places[id]
	if !found {
		return Candidate{}, false
	}
	return f.Candidates[at], true
}

// Of are the candidates that an organisation is among.
func (f *listed) Of(organisation int64) []Candidate {
	var list []Candidate
	for _, at := range f.of[organisation] {
		list = append(list, f.Candidates[at])
	}
	return list
}

// Searched gives a function that tells whether the candidate at a place has words in what its organisations
// share, or in the name or the reference of one of them.
func (f *listed) Searched(query string) func(place int) bool {
	q := search.ParseQuery(query)
	if q.Empty() {
		return func(int) bool { return true }
	}
	bits := f.words().Find(q)
	return func(place int) bool { return bits[place/64]&(1<<(place%64)) != 0 }
}

// words are the words of each candidate, made by whoever asks first.
func (f *listed) words() *search.Lists {
	f.searching.Do(func() {
		var words search.Lister
		for i, c := range f.Candidates {
			met := map[string]bool{}
			texts := append([]string{c.Value}, c.Names...)
			for _, o := range c.Organisations {
				for _, text := range []string{o.Name, o.Ref} {
					if !met[text] {
						met[text] = true
						texts = append(texts, text)
					}
				}
			}
			words.Add(i, search.Padded(search.Index(texts...)...))
		}
		f.lists = words.Lists(len(f.Candidates))
	})
	return f.lists
}

// Follow makes candidates anew after each change until the context ends, so that hardly anybody waits. It
// tells what fails and goes on.
func (r *Remembered) Follow(ctx context.Context, every time.Duration, tell func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if _, err := r.Candidates(ctx); err != nil && ctx.Err() == nil {
			tell(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
