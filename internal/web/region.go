package web

import "fmt"

// regions counts the names of the regions of a page, so that whoever moves from one to the next by name can
// tell them apart.
type regions map[string]int

// name gives a name that no other region has: the second of one name is numbered.
func (r regions) name(text string) string {
	r[text]++
	if n := r[text]; n > 1 {
		return fmt.Sprintf("%s (%d)", text, n)
	}
	return text
}
