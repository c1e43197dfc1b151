package coverage

import (
	"sync"
	"sync/atomic"
)

// dictionary numbers texts that occur again and again: codes, references, sets of links. It only
// grows, and states of the data share it: a number means the same text in all of them. It is safe
// for several writers and readers.
type dictionary struct {
	lock    sync.Mutex
	numbers map[string]uint32
	list    atomic.Pointer[[]string]
	most    int // how many texts it takes
}

func newDictionary(most int) *dictionary {
	d := &dictionary{numbers: map[string]uint32{"": 0}, most: most}
	d.list.Store(&[]string{""})
	return d
}

// dictionaryOf gives a dictionary of texts that have their numbers already.
func dictionaryOf(texts []string, most int) *dictionary {
	d := &dictionary{numbers: make(map[string]uint32, len(texts)), most: most}
	for n, text := range texts {
		d.numbers[text] = uint32(n)
	}
	d.list.Store(&texts)
	return d
}

// number gives the number of a text, a new one when it is new. That of the empty text is 0, and so
// is that of a new text when the dictionary is full.
func (d *dictionary) number(text string) uint32 {
	if text == "" {
		return 0
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	if n, known := d.numbers[text]; known {
		return n
	}
	if len(d.numbers) >= d.most {
		return 0
	}
	list := append(*d.list.Load(), text)
	n := uint32(len(list) - 1)
	d.numbers[text] = n
	d.list.Store(&list)
	return n
}

// texts are all texts by number, those added later left out.
func (d *dictionary) texts() []string { return *d.list.Load() }
