package coverage

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// memory holds answers up to a weight. Of those that were not asked for lately it forgets all at once:
// whoever asks for one odd list after the other must not fill the machine, and the answers that
// everybody asks for must not go with the odd ones.
type memory struct {
	lock     sync.Mutex
	room     int                   // bytes, as the answers weigh themselves; 0: memoryLimit
	answers  map[string]remembered // asked for lately
	earlier  map[string]remembered // asked for before those
	underWay map[string]func() any // answers that somebody reckons now
	bytes    int                   // of answers
	before   int                   // bytes of earlier
}

type remembered struct {
	answer any
	bytes  int
	asked  time.Time                  // last
	again  func(*snapshot, time.Time) // asks another snapshot the same
}

// memoryLimit is the least that a snapshot may remember, in bytes; of what it holds it may remember a
// part as large again.
const (
	memoryLimit = 8 << 20
	memoryPart  = 12
)

// weighed is an answer that knows about how many bytes it holds.
type weighed interface{ weight() int }

// once computes an answer or gives the remembered one; those who ask while it is being computed
// wait for it. Answers are shared: nobody changes them. What computes it holds on to no snapshot but
// the one that it is given, since the next one may be asked the same.
func once[T weighed](s *snapshot, key string, compute func(*snapshot) T) T {
	if s.ready != nil {
		return onceAt(s, key, compute, time.Time{})
	}
	return onceAt(s, key, compute, time.Now())
}

// onceAt is once for somebody who asked at a moment.
func onceAt[T weighed](s *snapshot, key string, compute func(*snapshot) T, at time.Time) T {
	m := &s.memory
	if s.ready != nil {
		m = &s.ready.memory
	}
	known, reckon := m.recall(key, at, func() any { return compute(s) })
	if reckon == nil {
		return known.(T)
	}
	defer m.settled(key)
	answer := reckon().(T)
	m.remember(key, remembered{answer: answer, bytes: answer.weight() + len(key), asked: at,
		again: func(next *snapshot, at time.Time) { onceAt(next, key, compute, at) }})
	return answer
}

// recall gives the answer that is remembered, else what reckons it for all who ask.
func (m *memory) recall(key string, at time.Time, compute func() any) (known any, reckon func() any) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if r, ok := m.answers[key]; ok {
		if at.After(r.asked) {
			r.asked = at
			m.answers[key] = r
		}
		return r.answer, nil
	}
	if r, ok := m.earlier[key]; ok {
		if at.After(r.asked) {
			r.asked = at
		}
		m.take(key, r)
		return r.answer, nil
	}
	if reckon = m.underWay[key]; reckon == nil {
		reckon = sync.OnceValue(compute)
		if m.underWay == nil {
			m.underWay = map[string]func() any{}
		}
		m.underWay[key] = reckon
	}
	return nil, reckon
}

// settled says that an answer is not being computed any more.
func (m *memory) settled(key string) {
	m.lock.Lock()
	defer m.lock.Unlock()
	delete(m.underWay, key)
}

func (m *memory) remember(key string, r remembered) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if _, known := m.answers[key]; !known {
		m.take(key, r)
	}
}

// take keeps an answer among those asked for lately, as far as half of the room goes; when they are too
// many they become the earlier ones, and what was earlier is forgotten.
func (m *memory) take(key string, r remembered) {
	half := max(m.room, memoryLimit) / 2
	if r.bytes > half {
		return
	}
	if m.answers == nil || m.bytes+r.bytes > half {
		m.earlier, m.before = m.answers, m.bytes
		m.answers, m.bytes = map[string]remembered{}, 0
	}
	m.answers[key] = r
	m.bytes += r.bytes
	if old, ok := m.earlier[key]; ok {
		delete(m.earlier, key)
		m.before -= old.bytes
	}
}

// lately gives what was asked since a moment, the newest first.
func (m *memory) lately(since time.Time) (list []remembered) {
	m.lock.Lock()
	defer m.lock.Unlock()
	for _, answers := range []map[string]remembered{m.answers, m.earlier} {
		for _, r := range answers {
			if r.asked.After(since) {
				list = append(list, r)
			}
		}
	}
	slices.SortFunc(list, func(a, b remembered) int { return b.asked.Compare(a.asked) })
	return list
}

// held is about how many bytes are remembered.
func (m *memory) held() int {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.bytes + m.before
}

// key writes a question as text that is equal for equal questions only: strings are quoted, so
// that no value can pose as two, or as the next field.
func key(q any) string { return fmt.Sprintf("%q", q) }
