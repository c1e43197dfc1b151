package compare

// Exact is Words to the last sign: what is kept is the same on both sides. Words keeps a stretch
// though its blanks, or signs that are not seen, differ; here they are struck and inserted.
func Exact(old, new string) []Stretch {
	var list []Stretch
	for _, s := range Words(old, new) {
		if s.Kind == Kept && s.Old != s.New {
			list = append(list, signs(s.Old, s.New)...)
			continue
		}
		list = append(list, s)
	}
	return list
}

// signs compares words that are the same but for signs that are not seen.
func signs(old, new string) []Stretch {
	a, b := asWritten(old), asWritten(new)
	ids := map[string]int32{}
	deleted, inserted := edits(numbered(a, ids), numbered(b, ids))
	var list []Stretch
	for i, j := 0, 0; i < len(a) || j < len(b); {
		fromOld, fromNew := i, j
		for i < len(a) && deleted[i] {
			i++
		}
		for j < len(b) && inserted[j] {
			j++
		}
		list = append(list, replaced(joined(a[fromOld:i]), joined(b[fromNew:j]))...)
		fromOld = i
		for i < len(a) && j < len(b) && !deleted[i] && !inserted[j] {
			i, j = i+1, j+1
		}
		if kept := joined(a[fromOld:i]); kept != "" {
			list = append(list, Stretch{Kept, kept, kept})
		}
	}
	return list
}

// asWritten gives the tokens of a text, each compared by all its signs.
func asWritten(text string) []token {
	list := tokens(text)
	for i := range list {
		list[i].key = list[i].text
	}
	return list
}
