package coverage

import "slices"

// fewValues is up to how many values looking through them is as fast as a map: nearly all lists have fewer.
const fewValues = 32

// finder finds values in a list that grows and holds each once. The zero value is ready, and one that is
// used for another list has to be cleared first.
type finder[T comparable] struct{ at map[T]int }

// find gives the place of a value in the list, or -1.
func (f *finder[T]) find(list []T, v T) int {
	if len(list) <= fewValues {
		return slices.Index(list, v)
	}
	if f.at == nil {
		f.at = make(map[T]int, 2*len(list))
	}
	for i := len(f.at); i < len(list); i++ { // what came since
		f.at[list[i]] = i
	}
	if i, there := f.at[v]; there {
		return i
	}
	return -1
}
