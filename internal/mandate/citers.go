package mandate

import (
	"context"
	"slices"
	"strings"
)

// Citers lists the citations of one provision of an instrument in the texts in force of others, by the
// thread that their words led to in the edition they name, else in the newest text held. They are
// judged on a day, in the order of instruments and texts.
func (m *Mandate) Citers(ctx context.Context, thread, day string) ([]Edge, error) {
	key := InstrumentOfThread(thread)
	all, err := m.graph(ctx)
	if err != nil {
		return nil, err
	}
	var named []Edge
	for _, e := range all.judged(day) {
		if e.To == key && e.From != key && len(citedParts(e.Part)) > 0 {
			named = append(named, e)
		}
	}
	if len(named) == 0 {
		return nil, nil
	}
	held, err := heldTexts(ctx, m.DB, map[string]bool{key: true})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(named, func(e Edge) bool { return !leadsTo(held[key], e, thread) }), nil
}

// leadsTo tells whether the words of a citation mean a thread, in texts with the oldest first.
func leadsTo(held []heldText, e Edge, thread string) bool {
	for _, h := range slices.Backward(held) {
		if e.Edition != "" && !strings.HasPrefix(h.day, e.Edition) {
			continue
		}
		return slices.ContainsFunc(h.between(citedParts(e.Part)), func(w Wording) bool { return w.Thread == thread })
	}
	return false
}

// between lists the paragraphs from the first part to the last.
func (h heldText) between(parts []string) []Wording {
	first, _ := h.find(parts[0])
	last, _ := h.find(parts[len(parts)-1])
	if len(first) != 1 || len(last) != 1 || last[0] < first[0] {
		return nil
	}
	return h.own[first[0] : last[0]+1]
}
