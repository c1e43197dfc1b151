package redline

import "strings"

// findJunctions cuts where two connecting words stand together so that either alone is grammar.
// The order is the one that the slots of the same text show; without any it stays doubtful.
func findJunctions(t *reading) {
	sure := t.orders[0] > 0 && t.orders[1] == 0
	for _, l := range t.lines {
		if len(l.text) > longestLine {
			continue
		}
		for _, j := range joints() {
			if j.open != nil {
				for _, m := range j.open.FindAllStringSubmatchIndex(l.text, -1) {
					t.pair("junction", l, m[2], m[3], m[5], true, doubt(0.93, sure))
				}
			}
			for _, m := range j.shut.FindAllStringSubmatchIndex(l.text, -1) {
				if !strings.ContainsAny(untilClosed(l.text[m[5]:]), ",") {
					t.pair("junction", l, m[2], m[3], m[5], true, doubt(0.95, sure))
				}
			}
		}
	}
}

func doubt(certainty float64, sure bool) float64 {
	if sure {
		return certainty
	}
	return 0.8
}

// untilClosed is the rest of a sentence, without the sign that closes the paragraph: a comma in
// it closes the insertion, and then both words are grammar.
func untilClosed(text string) string {
	text = strings.TrimRight(text, " ,;.")
	if i := strings.IndexAny(text, ";.:"); i >= 0 {
		return text[:i]
	}
	return text
}
