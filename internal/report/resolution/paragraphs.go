package resolution

import (
	"slices"

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
	settleEnds(list)
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

// settleEnds chooses which marks go where paragraphs went or came. A row of them takes as many marks away as it
// has, of its own and that of the paragraph before it; all but one go, and which one stays makes no difference to
// the text. That of the last paragraph must stay: the end of a document can be neither struck nor inserted. Otherwise it
// is the one before the row, unless LibreOffice would read that wrongly.
func settleEnds(list []paragraph) {
	for from := 0; from < len(list); from++ {
		gone, end := list[from].end, from
		for end < len(list) && list[end].end == gone {
			end++
		}
		if gone != compare.Kept {
			keepMark(list[max(0, from-1):end], from == 0 || list[from-1].end != compare.Kept, end == len(list), gone)
		}
		from = end - 1
	}
}

// keepMark lets one mark of a row stay; the first paragraph is the one before the row, whose mark has a fate of its
// own when it is taken.
func keepMark(row []paragraph, taken, last bool, gone compare.Kind) {
	stays := 0
	switch {
	case last:
		stays = len(row) - 1
	case taken:
		return
	default:
		stays = stayingMark(row, gone)
	}
	for i := range row {
		if !taken || i > 0 {
			row[i].end = gone
		}
	}
	row[stays].end = compare.Kept
}

// stayingMark chooses the mark that stays: the first, or the last for the sake of LibreOffice (7.4). It takes words that go
// at the end of a paragraph, and paragraphs that go behind it, for one change with the mark between them; and it
// forgets the mark of a paragraph with a footnote, so that an empty one is left.
func stayingMark(row []paragraph, gone compare.Kind) int {
	first, last := row[0], len(row)-1
	n := len(first.pieces)
	if n > 0 && first.pieces[n-1].kind == gone || row[last].hasNotes() && !first.hasNotes() {
		return last
	}
	return 0
}

func (p paragraph) hasNotes() bool {
	return slices.ContainsFunc(p.pieces, func(p piece) bool { return p.note != nil })
}
