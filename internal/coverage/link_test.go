package coverage

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"resolute"
)

func TestLinksByKindAreThoseOfTheKindInTheirOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var list []link
		for i := range rapid.IntRange(0, 40).Draw(rt, "links") {
			list = append(list, link{txn: int32(i), kind: kind(rapid.IntRange(0, int(kinds)-1).Draw(rt, "kind"))})
		}
		arranged := arrange(slices.Clone(list))
		for k := range kinds {
			var want []link
			for _, l := range list {
				if l.kind == k {
					want = append(want, l)
				}
			}
			if got := arranged.of(k); !slices.Equal(got, want) {
				rt.Fatalf("kind %d: got %v, want %v", k, got, want)
			}
		}
	})
}

func TestCodesKeepEachRowOfEachListOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var c codes
		var want [abouts][]int16
		for x := range abouts {
			for range rapid.IntRange(0, 6).Draw(rt, "rows") {
				row := int16(rapid.IntRange(0, 4).Draw(rt, "row"))
				c.put(x, row)
				want[x] = appendNew(want[x], row)
			}
		}
		for x := range abouts {
			if got := c.of(x); !slices.Equal(got, want[x]) {
				rt.Fatalf("list %d: got %v, want %v", x, got, want[x])
			}
		}
	})
}

func TestATitleFallsBackAsItsTextDoes(t *testing.T) {
	langs := rapid.SampledFrom([]resolute.Lang{"ar", "en", "es", "fr", "ru", "zh", "sw", "pt"})
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.MapOfN(langs, rapid.SampledFrom([]string{"", "a", "b"}), 1, 4).Draw(rt, "title")
		var kept title
		for _, lang := range slices.Sorted(maps.Keys(text)) {
			kept = append(kept, titleIn{lang, text[lang]})
		}
		if !maps.Equal(kept.text(), text) {
			rt.Fatalf("text is %v, want %v", kept.text(), text)
		}
		want := langs.Draw(rt, "reader")
		in, _ := resolute.Text(text).In(want)
		if got := kept.in(want); got != in {
			rt.Fatalf("%v in %s: got %q, want %q", text, want, got, in)
		}
	})
}
