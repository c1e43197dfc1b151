package wording

import (
	"fmt"
	"regexp"
)

// Part is a piece of a text: words, or the value of the argument that Name names.
type Part struct {
	Name, Text string
}

var argument = regexp.MustCompile(`\{[a-z_]+\}`)

// Parts is T in pieces, so that a value can be marked within its sentence.
func (p *Printer) Parts(key string, args ...any) []Part {
	m, ok := p.messages[key]
	if !ok {
		return []Part{{Text: p.T(key)}}
	}
	text := m.plain
	if m.forms != nil {
		text = m.form(p, args)
	}
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values["{"+fmt.Sprint(args[i])+"}"] = p.value(args[i+1])
	}
	return cut(text, values)
}

// cut parts a text at the marks that have a value.
func cut(text string, values map[string]string) []Part {
	var parts []Part
	done := 0
	for _, at := range argument.FindAllStringIndex(text, -1) {
		mark := text[at[0]:at[1]]
		value, known := values[mark]
		if !known {
			continue
		}
		if at[0] > done {
			parts = append(parts, Part{Text: text[done:at[0]]})
		}
		parts = append(parts, Part{Name: mark[1 : len(mark)-1], Text: value})
		done = at[1]
	}
	if done < len(text) {
		parts = append(parts, Part{Text: text[done:]})
	}
	return parts
}
