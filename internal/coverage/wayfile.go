package coverage

// landedViews are the views that blocks fall to by ways.
func (b *book) landedViews() []*view {
	return []*view{b.countries, b.lines, b.goals, b.targets, b.provision}
}

// allWays are the lists of ways of a view.
func (v *view) allWays() []*ways { return []*ways{&v.ways, &v.openWays, &v.cellWays} }

// write writes the ways there are. Those that blocks named before are among them.
func (w *ways) write(to *scribe) {
	l := w.now()
	to.number(int64(l.words))
	writeColumn(to, l.ways)
	writeColumn(to, l.rows)
	writeColumn(to, l.kinds)
	writeColumn(to, l.sizes)
	writeColumn(to, l.masks)
}

// read reads what write wrote, of a view with so many places.
func (w *ways) read(r *lector, places int) {
	l := wayList{words: int(r.number()), ways: readColumn[way](r), rows: readColumn[uint16](r), kinds: readColumn[uint16](r), sizes: readColumn[size](r), masks: readColumn[uint64](r)}
	r.must(l.sound(places))
	w.lock.Lock()
	defer w.lock.Unlock()
	w.wayList = l
}

// sound tells whether all that ways name is there.
func (l *wayList) sound(places int) bool {
	if len(l.ways) > 0 && l.words != maskWords(places) || len(l.masks) != len(l.ways)*l.words || len(l.kinds) != len(l.rows) || !below(l.rows, places-extraPlaces) {
		return false
	}
	for i := range l.ways {
		w := &l.ways[i]
		if int(w.first)+int(w.rows) > len(l.rows) || int(w.sizes)+int(w.kinds) > len(l.sizes) || w.whole == 0 || w.rest > w.whole {
			return false
		}
		if !below(l.kinds[w.first:w.first+uint32(w.rows)], int(w.kinds)) {
			return false
		}
	}
	if spare := places % 64; spare > 0 && l.words > 0 {
		for i := l.words - 1; i < len(l.masks); i += l.words {
			if l.masks[i]>>spare != 0 {
				return false
			}
		}
	}
	return true
}
