package register

// fewThings is up to how many things going through them is as fast as a map: nearly all activities
// have fewer.
const fewThings = 32

// index finds things of a list that grows by their keys, of which no two are equal. The zero value is
// ready. An activity may hold hundreds of thousands, so they are not gone through each time.
type index[K comparable] struct{ at map[K]int }

// find gives the place of a key among the n things of the list, whose keys keyOf gives; -1 when it is
// not there.
func (x *index[K]) find(key K, n int, keyOf func(i int) K) int {
	if n <= fewThings {
		for i := range n {
			if keyOf(i) == key {
				return i
			}
		}
		return -1
	}
	if x.at == nil {
		x.at = make(map[K]int, 2*n)
	}
	for i := len(x.at); i < n; i++ { // what came since
		x.at[keyOf(i)] = i
	}
	if i, there := x.at[key]; there {
		return i
	}
	return -1
}
