package search_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/search"
)

// pieces of texts and queries in six languages, so that many of them meet.
var pieces = []string{"rural", "rur", "ru", "r", "geneve", "Genève", "génie", "信息社会", "信息", "信", "社", "会", "مجتمع المعلومات", "معلومات", "المعلومات", "اتصالات", "والاتصالات",
	"учителей", "учит", "año", "ano", "9.c", "9", "XX-1", "ICT设备", "a", "b", ",.", "policy", "policies", "networks", "network", "réseaux", "réseau", "redes", "capacitaciones", "capacitación", "развития", "развитие", "\""}

func drawText(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, name), " ")
}

// TestListsFindWhatMatchFinds holds the lists to looking through every text.
func TestListsFindWhatMatchFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var texts []string
		var lister search.Lister
		for i := range rapid.IntRange(1, 200).Draw(t, "texts") {
			texts = append(texts, search.Padded(search.Index(drawText(t, "text"))...))
			lister.Add(i, texts[i])
		}
		lists := lister.Lists(len(texts))
		for range 4 {
			typed := drawText(t, "query")
			agree(t, lists, texts, typed)
		}
		// some of the texts, in other lists with new numbers
		var second search.Lister
		renumbered, kept := make([]int, len(texts)), []string{"", ""}
		for i := range texts {
			if renumbered[i] = -1; rapid.Bool().Draw(t, "kept") {
				renumbered[i] = len(kept)
				kept = append(kept, texts[i])
			}
		}
		second.AddAll(lists, renumbered)
		agree(t, second.Lists(len(kept)), kept, drawText(t, "query"))
	})
}

func agree(t *rapid.T, lists *search.Lists, texts []string, typed string) {
	q := search.ParseQuery(typed)
	found := lists.Find(q)
	for i, words := range texts {
		if got := found[i/64]>>(i%64)&1 == 1; got != q.Match(words) {
			t.Fatalf("%q in %q: the lists say %v", typed, words, got)
		}
	}
}

// BenchmarkLists looks for a word, a beginning and three words in 64,000 texts.
func BenchmarkLists(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.2, 8, 200_000)
	var lister search.Lister
	for i := range 64_000 {
		var words []string
		for range 60 {
			words = append(words, strconv.FormatUint(zipf.Uint64()*7919+50_000, 36))
		}
		lister.Add(i, search.Padded(words...))
	}
	lists := lister.Lists(64_000)
	b.Logf("%d bytes a text", lists.Weight()/64_000)
	for _, typed := range []string{strconv.FormatUint(50_000, 36), "1ab", strconv.FormatUint(50_000, 36) + " " + strconv.FormatUint(7919+50_000, 36) + " " + strconv.FormatUint(3*7919+50_000, 36)} {
		b.Run(fmt.Sprintf("%d signs", len(typed)), func(b *testing.B) {
			q := search.ParseQuery(typed)
			for b.Loop() {
				lists.Find(q)
			}
		})
	}
}
