package coverage

import "sync/atomic"

// ties are what an activity is linked to: the same for many activities, which share them.
type ties struct {
	links    links
	refused  []link    // what people said that it is not about
	proposal *proposal // beside the links; nil: none, or among the links as people decided about it

	room     [2][]link
	proposed proposal
}

// tiesKept bounds the sets of links that are shared, and stay ready to be used: those met first,
// which are the most frequent ones. Others stand in the records, and are read from them each time.
const tiesKept = 32 << 10

// knownTies are the sets of links that are ready, by number, as one book reads them.
type knownTies struct {
	of   *dictionary
	list [tiesKept]atomic.Pointer[ties]
}

// get gives the ties of a number, read by whoever asks first.
func (k *knownTies) get(n uint64, read func(*ties)) *ties {
	if t := k.list[n].Load(); t != nil {
		return t
	}
	t := &ties{}
	read(t)
	k.list[n].CompareAndSwap(nil, t)
	return k.list[n].Load()
}

// tiesOf gives the ready ties of a dictionary.
func (b *book) tiesOf(of *dictionary) *knownTies {
	k := b.known.Load()
	if k == nil || k.of != of {
		k = &knownTies{of: of}
		b.known.Store(k)
	}
	return k
}
