package register

import (
	"maps"
	"slices"
	"strings"
)

// eraseMark in a cell takes away what stands there; an empty cell leaves it.
const eraseMark = "-"

// onto gives what the activity is when a row comes onto what stands: empty cells leave what is there,
// a mark erases it. The lines of a table replace those of the activity when there are any; their
// empty cells are filled from the line of the same name.
func (r row) onto(standing row) row {
	merged := row{N: r.N, Line: r.Line, Cells: maps.Clone(standing.Cells), Lines: map[string][]tableLine{}}
	if merged.Cells == nil {
		merged.Cells = map[string]string{}
	}
	for _, t := range Tables[1:] {
		given, held := r.Lines[t.Name], standing.Lines[t.Name]
		if given == nil {
			if held != nil {
				merged.Lines[t.Name] = held
			}
			continue
		}
		for _, column := range t.cells {
			delete(merged.Cells, column)
		}
		if lines := linesOnto(t, given, held); len(lines) > 0 {
			merged.Lines[t.Name] = lines
		}
	}
	setCells(merged.Cells, r.Cells)
	if len(merged.Lines) == 0 {
		merged.Lines = nil
	}
	return merged
}

func setCells(cells, given map[string]string) {
	for column, text := range given {
		if text == eraseMark {
			delete(cells, column)
		} else {
			cells[column] = text
		}
	}
}

// linesOnto fills the lines of a table; those that stand already as they are given are left. A line of
// nothing but marks erases all that stand; the lines beside it are given anew.
func linesOnto(t Table, given, held []tableLine) []tableLine {
	if slices.ContainsFunc(given, erasesAll) {
		given, held = slices.DeleteFunc(slices.Clone(given), erasesAll), nil
	}
	held, same := slices.Clone(held), make([]bool, len(given))
	places := map[string][]int{} // of held lines, by their text
	for i, h := range held {
		text := h.text()
		places[text] = append(places[text], i)
	}
	taken := make([]bool, len(held))
	for n, g := range given {
		if at := places[g.text()]; len(at) > 0 {
			same[n], taken[at[0]] = true, true
			places[g.text()] = at[1:]
		}
	}
	held = without(held, taken)
	lines := make([]tableLine, 0, len(given))
	for n, g := range given {
		filled := tableLine{Cells: map[string]string{}, at: g.at}
		if !same[n] {
			if i := nameMatch(t, g, held); i >= 0 {
				maps.Copy(filled.Cells, held[i].Cells)
				held = slices.Delete(held, i, i+1)
			}
		}
		setCells(filled.Cells, g.Cells)
		lines = append(lines, filled)
	}
	return lines
}

func without(lines []tableLine, taken []bool) []tableLine {
	left := lines[:0]
	for i, l := range lines {
		if !taken[i] {
			left = append(left, l)
		}
	}
	return left
}

// erasesAll tells a line of nothing but marks.
func erasesAll(l tableLine) bool {
	for _, text := range l.Cells {
		if text != eraseMark {
			return false
		}
	}
	return len(l.Cells) > 0
}

// nameMatch finds the line that a given one continues: all that names it and is given is equal.
func nameMatch(t Table, given tableLine, held []tableLine) int {
	return slices.IndexFunc(held, func(h tableLine) bool {
		named := false
		for _, column := range t.names {
			if text := given.Cells[column]; text != "" {
				if text != h.Cells[column] {
					return false
				}
				named = true
			}
		}
		return named
	})
}

// text is equal for lines of equal cells.
func (l tableLine) text() string {
	var b strings.Builder
	for _, column := range slices.Sorted(maps.Keys(l.Cells)) {
		b.WriteString(column + "\x01" + l.Cells[column] + "\x02")
	}
	return b.String()
}
