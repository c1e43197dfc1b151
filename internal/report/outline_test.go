package report

import (
	"regexp"
	"slices"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/wording"
)

func outlines() []outline { return []outline{summaryOutline(), instrumentOutline()} }

// everyPart visits the blocks of both outlines, those within others too.
func everyPart(visit func(part)) {
	var walk func([]part)
	walk = func(parts []part) {
		for _, p := range parts {
			visit(p)
			walk(p.Blocks)
		}
	}
	for _, t := range outlines() {
		for _, b := range t.Box {
			walk(b.Blocks)
		}
		for _, s := range t.Sections {
			walk(s.Blocks)
		}
	}
}

func TestTheOutlineNamesWhatExists(t *testing.T) {
	en := wording.For("en")
	known := func(key string) {
		if key != "" && !en.Has(key) {
			t.Errorf("the catalogues have no %q", key)
		}
	}
	for _, o := range outlines() {
		known(o.Title)
		for _, s := range o.Sections {
			known(s.Title)
		}
	}
	everyPart(func(p part) {
		known(p.Say)
		known(p.Title)
		known(p.Part)
		if p.Table != "" && tables[p.Table] == nil || p.ListOf != "" && lists[p.ListOf] == nil {
			t.Errorf("%+v names a table or list that does not exist", p)
		}
		if p.For != "" && !slices.Contains([]string{"addressees", "roles", "regions"}, p.For) {
			t.Errorf("nothing can be repeated for %q", p.For)
		}
		for _, name := range p.Column {
			if columns[name].cell == nil {
				t.Errorf("no column is called %q", name)
			}
		}
		for _, name := range p.With {
			if figures[name] == nil {
				t.Errorf("no figure is called %q", name)
			}
		}
	})
}

func TestEverySentenceGetsWhatItsWordsAskFor(t *testing.T) {
	mark := regexp.MustCompile(`\{([a-z_]+)\}`)
	everyPart(func(p part) {
		if p.Say == "" {
			return
		}
		for _, found := range mark.FindAllStringSubmatch(wording.For("en").T(p.Say), -1) {
			if p.With[found[1]] == "" {
				t.Errorf("%s asks for %s and the outline names no figure for it", p.Say, found[1])
			}
		}
	})
}

// Coverage names the countries of concepts and paragraphs only: elsewhere the column would be a
// row of zeros.
func TestCountriesAreCountedWhereCoverageNamesThem(t *testing.T) {
	everyPart(func(p part) {
		if slices.Contains(p.Column, "countries") && !slices.Contains([]string{coverage.ByProvision, coverage.ByLine, coverage.ByGoal}, p.By) {
			t.Errorf("the table by %s has a column of countries", p.By)
		}
	})
}

func TestEveryFigureIsUsed(t *testing.T) {
	used := map[string]bool{}
	everyPart(func(p part) {
		for _, name := range p.With {
			used[name] = true
		}
	})
	for name := range figures {
		if !used[name] {
			t.Errorf("no sentence uses the figure %q", name)
		}
	}
}
