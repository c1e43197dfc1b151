package coverage

import (
	"strconv"
	"sync"

	"resolute/internal/register"
)

// proposal is what the matrix proposes for an activity as a whole, by the rows of goals and of
// targets. Activities with the same tags share one.
type proposal struct{ goals, targets []int16 }

// of gives the proposed rows of one kind.
func (p *proposal) of(k kind) []int16 {
	switch {
	case p == nil:
		return nil
	case k == toGoal:
		return p.goals
	case k == toTarget:
		return p.targets
	}
	return nil
}

// proposer derives what the matrix proposes, which reading does not take from the database: it is
// more than all other tags together, and the same for the same tags. It is safe for several readers.
type proposer struct {
	matrix register.Matrix
	lock   sync.Mutex
	known  map[string]derived // by the tags that it follows from
}

// derived is what the matrix proposes for one set of tags.
type derived struct {
	whole *proposal
	own   []link // of transactions with lines of their own
}

// proposerLimit bounds the sets of tags that a proposer remembers.
const proposerLimit = 20_000

// propose gives an activity what the matrix proposes beside its tags, about which nobody decided.
func (p *proposer) propose(a *activity, tags []register.Tag, b *book) {
	key := signature(tags)
	if len(key) == 0 {
		return
	}
	p.lock.Lock()
	d, known := p.known[string(key)]
	p.lock.Unlock()
	if !known {
		d = p.derive(tags, b)
		p.lock.Lock()
		if len(p.known) >= proposerLimit {
			clear(p.known)
		}
		p.known[string(key)] = d
		p.lock.Unlock()
	}
	a.proposal, a.links.all = d.whole, append(a.links.all, d.own...)
}

// signature writes down the tags that a proposal follows from: lines, and stated goals and
// targets. It is empty when there is no line.
func signature(tags []register.Tag) []byte {
	var key []byte
	lines := false
	for _, t := range tags {
		switch kindOf[t.Scheme] {
		case toLine:
			lines = true
		case toGoal, toTarget:
		default:
			continue
		}
		key = strconv.AppendInt(key, int64(t.Txn), 10)
		key = append(append(append(append(append(append(key, ' '), t.Rule...), ' '), t.Scheme...), ' '), t.Code...)
		key = append(key, '\n')
	}
	if !lines {
		return nil
	}
	return key
}

func (p *proposer) derive(tags []register.Tag, b *book) derived {
	d := derived{whole: &proposal{}}
	for _, t := range p.matrix.Derive(tags) {
		k := kindOf[t.Scheme]
		row := b.rowOf(k, t.Code)
		switch {
		case t.Txn > 0:
			d.own = append(d.own, link{kind: k, txn: int32(t.Txn), row: row, share: int64(t.Share), open: true})
		case k == toGoal:
			d.whole.goals = append(d.whole.goals, row)
		default:
			d.whole.targets = append(d.whole.targets, row)
		}
	}
	return d
}
