package search_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/search"
)

func TestLexiconFindsPhrasesInSixLanguages(t *testing.T) {
	for _, c := range []struct{ text, phrase string }{
		{"The universal-service fund of 2024", "Universal service"},
		{"Le fonds du service universel à Genève", "service universel"},
		{"Capacitación en el año 2024", "AÑO"},
		{"Всё о подготовке учителей", "все о подготовке"},
		{"صندوق الخدمة الشاملة", "خدمة شاملة"},
		{"المجتمع والمعلومات", "معلومات"},
		{"农村信息社会建设", "信息社会"},
	} {
		if got := search.NewLexicon([]string{c.phrase}).Find(search.Tokens(c.text)); !slices.Equal(got, []int{0}) {
			t.Errorf("%q in %q: got %v", c.phrase, c.text, got)
		}
	}
}

func TestLexiconMatchesWholeWordsOnly(t *testing.T) {
	for _, c := range []struct{ text, phrase string }{
		{"health", "heal"},
		{"telehealth", "health"},
		{"universal and service", "universal service"},
		{"service universal", "universal service"},
		{"universal", "universal service"},
		{"año", "ano"},
		{"会信息", "信会"},
		{"any text", " ,. "},
	} {
		if got := search.NewLexicon([]string{c.phrase}).Find(search.Tokens(c.text)); got != nil {
			t.Errorf("%q in %q: got %v", c.phrase, c.text, got)
		}
	}
}

func TestLexiconGivesEachPhraseOnceInTheOrderOfTheText(t *testing.T) {
	l := search.NewLexicon([]string{"fund", "universal service", "service", "universal service fund", "never"})
	got := l.Find(search.Tokens("A service: the universal service fund, a fund of universal service."))
	if want := []int{2, 1, 3, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNoPhraseReachesOverAnEmptyWord(t *testing.T) {
	l := search.NewLexicon([]string{"universal service"})
	if got := l.Find([]string{"universal", "", "service"}); got != nil {
		t.Errorf("got %v, want none", got)
	}
}

// The slow way: every phrase at every place of the text.
func TestLexiconAgreesWithLookingEverywhere(t *testing.T) {
	words := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c", ""}))
	phrases := rapid.SliceOf(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 3))
	rapid.Check(t, func(t *rapid.T) {
		text, list := words.Draw(t, "text"), phrases.Draw(t, "phrases")
		var joined []string
		for _, p := range list {
			joined = append(joined, strings.Join(p, " "))
		}
		var want []int
		for i := range text {
			for n, p := range list {
				if i+len(p) <= len(text) && slices.Equal(text[i:i+len(p)], p) && !slices.Contains(want, n) {
					want = append(want, n)
				}
			}
		}
		if got := search.NewLexicon(joined).Find(text); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// BenchmarkLexicon looks for 500 phrases in the text of one activity.
func BenchmarkLexicon(b *testing.B) {
	var phrases []string
	for i := range 500 {
		phrases = append(phrases, "universal service "+strconv.Itoa(i), "term"+strconv.Itoa(i))
	}
	l, words := search.NewLexicon(append(phrases, "community centres")), search.Tokens(longText)
	for b.Loop() {
		if len(l.Find(words)) != 1 {
			b.Fatal("not found")
		}
	}
}
