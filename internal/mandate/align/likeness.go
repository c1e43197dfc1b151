package align

import (
	"slices"

	"resolute/internal/search"
)

// profile is the different words of a text, and its different pairs of neighbouring words. What a
// text repeats counts once: a name that stands three times makes it no more like another.
type profile struct {
	words, pairs []int64 // sorted
}

func (p profile) size() int { return len(p.words) + len(p.pairs) }

// vocabulary numbers words.
type vocabulary map[string]int64

// profile reads a text. A text without words counts as one word of its own.
func (v vocabulary) profile(text string) profile {
	tokens := search.Tokens(text)
	if len(tokens) == 0 {
		tokens = []string{text}
	}
	words := make([]int64, len(tokens))
	for i, t := range tokens {
		id, known := v[t]
		if !known {
			id = int64(len(v))
			v[t] = id
		}
		words[i] = id
	}
	pairs := make([]int64, 0, len(words))
	for i := 1; i < len(words); i++ {
		pairs = append(pairs, words[i-1]<<32|words[i])
	}
	return profile{set(words), set(pairs)}
}

func set(items []int64) []int64 {
	slices.Sort(items)
	return slices.Compact(items)
}

// union reads two texts as one.
func union(a, b profile) profile {
	return profile{set(slices.Concat(a.words, b.words)), set(slices.Concat(a.pairs, b.pairs))}
}

// common counts what two sets share.
func common(a, b []int64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// likeness is the mean of Dice's coefficient over words and over pairs of words, 0 to 1.
func likeness(a, b profile) float64 {
	return mean(a, b, common(a.words, b.words), common(a.pairs, b.pairs))
}

// mean is likeness when it is known how much two texts share.
func mean(a, b profile, words, pairs int) float64 {
	if len(a.pairs)+len(b.pairs) == 0 {
		return dice(words, a.words, b.words)
	}
	return (dice(words, a.words, b.words) + dice(pairs, a.pairs, b.pairs)) / 2
}

func dice(shared int, a, b []int64) float64 { return 2 * float64(shared) / float64(len(a)+len(b)) }

// contained is the share of the words and pairs of part that stand in whole.
func contained(part, whole profile) float64 {
	shared := common(part.words, whole.words) + common(part.pairs, whole.pairs)
	return float64(shared) / float64(part.size())
}

// pair is an old and a new provision that share words.
type pair struct {
	old, new int
	likeness float64
	share    float64 // of the shorter one's words and pairs that the longer one holds
}

// weight ranks pairs: a provision that was lengthened keeps its words, though it is less like.
func (p pair) weight() float64 { return p.likeness + p.share/4 }

// candidates lists the pairs that are alike at least so much, by old and new. It walks the words
// that both sides share, so that its work grows with what is common, not with all pairs.
func candidates(old, new []profile, least float64) []pair {
	words, pairs := posted(old, func(p profile) []int64 { return p.words }), posted(old, func(p profile) []int64 { return p.pairs })
	sharedWords, sharedPairs := make([]int, len(old)), make([]int, len(old))
	var list []pair
	for j, p := range new {
		clear(sharedWords)
		clear(sharedPairs)
		words.add(sharedWords, p.words)
		pairs.add(sharedPairs, p.pairs)
		for i := range old {
			if s := mean(old[i], p, sharedWords[i], sharedPairs[i]); sharedWords[i] > 0 && s >= least {
				list = append(list, pair{i, j, s, float64(sharedWords[i]+sharedPairs[i]) / float64(min(old[i].size(), p.size()))})
			}
		}
	}
	slices.SortFunc(list, func(a, b pair) int {
		if a.old != b.old {
			return a.old - b.old
		}
		return a.new - b.new
	})
	return list
}

// postings tells for each item which profiles hold it.
type postings map[int64][]int

func posted(list []profile, of func(profile) []int64) postings {
	p := postings{}
	for i, x := range list {
		for _, item := range of(x) {
			p[item] = append(p[item], i)
		}
	}
	return p
}

func (p postings) add(shared []int, items []int64) {
	for _, item := range items {
		for _, at := range p[item] {
			shared[at]++
		}
	}
}
