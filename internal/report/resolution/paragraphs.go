package resolution

import (
	"resolute/internal/mandate"
	"resolute/internal/mandate/compare"
)

// merged gives the paragraphs of two texts with what became of each.
func merged(old, new mandate.Printed) []paragraph {
	w := &weaver{un: new.Family == unFamily, counted: counts(old) && counts(new)}
	pairs := closed(mandate.Pairs(old, new))
	list := make([]paragraph, len(pairs))
	for i, p := range pairs {
		list[i] = paragraph{line: p.New, pieces: w.weave(p), end: fate(p)}
		if p.New == nil {
			list[i].line = p.Old
		}
	}
	settleEnd(list)
	return list
}

// alone gives the paragraphs of one text.
func alone(text mandate.Printed) []paragraph {
	w := &weaver{un: text.Family == unFamily, counted: counts(text)}
	list := make([]paragraph, len(text.Lines))
	for i := range text.Lines {
		l := &text.Lines[i]
		list[i] = paragraph{line: l, pieces: w.weave(mandate.Pair{Old: l, New: l}), end: compare.Kept}
	}
	return list
}

const unFamily = "un"

func fate(p mandate.Pair) compare.Kind {
	switch {
	case p.Old == nil:
		return compare.Inserted
	case p.New == nil:
		return compare.Deleted
	}
	return compare.Kept
}

// closed pairs the last lines of two texts when both were left over behind the last pair: the end
// of a document can be neither struck nor inserted.
func closed(pairs []mandate.Pair) []mandate.Pair {
	struck, inserted := -1, -1
	for i := len(pairs) - 1; i >= 0 && fate(pairs[i]) != compare.Kept; i-- {
		if pairs[i].New == nil && struck < 0 {
			struck = i
		}
		if pairs[i].Old == nil && inserted < 0 {
			inserted = i
		}
	}
	if struck < 0 || inserted < 0 {
		return pairs
	}
	last := mandate.Pair{Old: pairs[struck].Old, New: pairs[inserted].New}
	var out []mandate.Pair
	for i, p := range pairs {
		if i != struck && i != inserted {
			out = append(out, p)
		}
	}
	return append(out, last)
}

// settleEnd lets the last paragraph end the document on both sides. When paragraphs were struck or
// inserted at the end, the marks that go are those before them, from the last paragraph that stays.
func settleEnd(list []paragraph) {
	last := len(list) - 1
	if last < 0 {
		return
	}
	gone := list[last].end
	if gone == compare.Kept {
		return
	}
	list[last].end = compare.Kept
	for i := last - 1; i >= 0; i-- {
		stays := list[i].end == compare.Kept
		if list[i].end = gone; stays {
			return
		}
	}
}
