package register

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/search"
)

// Rulebook is what reading an activity needs to know, compiled once: codes and addresses of the
// frameworks, names of paragraphs, and the tables of the tagging rules. It is immutable and safe
// for several goroutines.
type Rulebook struct {
	catalogue *framework.Catalogue
	rules     *framework.Rules
	aliases   map[string]string // folded alias of a paragraph to the key of its thread
	known     map[string]string // folded keys of threads to the keys as they are spelled

	sectors map[string]framework.SectorRule
	markers map[string]framework.MarkerRule
	scopes  map[string]string
	words   phrases
	threads []threadRule
}

// NewRulebook compiles a catalogue with its rules. aliases are the short names of the paragraphs
// that may be named ("R8") with the keys of their threads, threads the keys of those without.
func NewRulebook(c *framework.Catalogue, rules *framework.Rules, aliases map[string]string, threads ...string) *Rulebook {
	b := &Rulebook{catalogue: c, rules: rules, aliases: map[string]string{}, known: map[string]string{},
		sectors: map[string]framework.SectorRule{}, markers: map[string]framework.MarkerRule{}, scopes: map[string]string{}}
	for alias, thread := range aliases {
		b.aliases[strings.ToLower(alias)] = thread
		b.known[strings.ToLower(thread)] = thread
	}
	for _, thread := range threads {
		b.known[strings.ToLower(thread)] = thread
	}
	for _, r := range rules.Sectors {
		b.sectors[r.Code] = r
	}
	for _, r := range rules.Markers {
		b.markers[r.Code] = r
	}
	for _, r := range rules.Scopes {
		b.scopes[r.Scope] = r.Level
	}
	var words []phrase
	for i, r := range rules.Keywords {
		for _, word := range r.Words {
			words = append(words, phrase{i, word})
		}
	}
	b.words = compilePhrases(words)
	for _, r := range rules.Threads {
		b.threads = append(b.threads, compileThread(r))
	}
	return b
}

// spell gives a code as its table spells it.
func (b *Rulebook) spell(scheme, code string) (string, bool) {
	c, ok := b.catalogue.Concept(scheme, code)
	return c.Code, ok
}

// parent gives the broader concept of a concept.
func (b *Rulebook) parent(scheme, code string) (string, bool) {
	c, ok := b.catalogue.Concept(scheme, code)
	return c.Parent, ok && c.Parent != ""
}

// country gives the two capital letters of a country.
func (b *Rulebook) country(code string) (string, bool) {
	if len(code) != 2 {
		return "", false
	}
	c, ok := b.catalogue.Country(strings.ToUpper(code))
	return c.ISO2, ok
}

// thread finds a paragraph of an instrument by alias or path.
func (b *Rulebook) thread(instrument, code string) (string, bool) {
	code = strings.ToLower(strings.TrimSpace(code))
	if thread, ok := b.aliases[code]; ok && strings.HasPrefix(thread, instrument+"#") {
		return thread, true
	}
	thread, ok := b.known[strings.ToLower(instrument)+"#"+code]
	return thread, ok
}

// named finds a paragraph by its alias or the key of its thread; empty: there is none.
func (b *Rulebook) named(name string) string {
	name = strings.ToLower(name)
	if thread, ok := b.aliases[name]; ok {
		return thread
	}
	return b.known[name]
}

// resolve checks that what a decision names exists, and spells it as its table does.
func (b *Rulebook) resolve(d *Decision) error {
	if d.Rule != "" && !b.knows(d.Rule) {
		return &resolute.Error{Code: resolute.NotFound, Field: "rule", Message: fmt.Sprintf("no rule %q: resolute tag list names the rule of each tag", d.Rule)}
	}
	if _, known := b.country(d.Country); d.Country != "" && !known && d.Verdict != Withdraw { // one that was recorded can be taken back
		return &resolute.Error{Code: resolute.NotFound, Field: "country", Message: fmt.Sprintf("no country %q: want two letters of ISO 3166 such as KE", d.Country)}
	}
	if d.Code == "" {
		return nil
	}
	if d.Scheme == ThreadScheme {
		thread := b.named(d.Code)
		if thread == "" {
			return &resolute.Error{Code: resolute.NotFound, Field: "code", Message: fmt.Sprintf("no paragraph %q: want an alias such as R8, or the key of a thread of a text that is held", d.Code)}
		}
		d.Code = thread
		return nil
	}
	code, ok := b.spell(d.Scheme, d.Code)
	if !ok {
		return &resolute.Error{Code: resolute.NotFound, Field: "code", Message: fmt.Sprintf("no code %q in the scheme %q", d.Code, d.Scheme)}
	}
	d.Code = code
	return nil
}

// knows reports whether a rule gives tags or links: one of the tables, or a place where publishers
// state them ("sector:7").
func (b *Rulebook) knows(rule string) bool {
	if origin, _, stated := strings.Cut(rule, ":"); stated && (origin == "tag" || origin == "sector" || origin == "result") {
		return true
	}
	if slices.Contains([]string{MatrixRule, ruleTargetGoal, ruleIndicator}, rule) {
		return true
	}
	r := b.rules
	return slices.ContainsFunc(r.Sectors, func(x framework.SectorRule) bool { return x.ID == rule }) ||
		slices.ContainsFunc(r.Markers, func(x framework.MarkerRule) bool { return x.ID == rule }) ||
		slices.ContainsFunc(r.Scopes, func(x framework.ScopeRule) bool { return x.ID == rule }) ||
		slices.ContainsFunc(r.Keywords, func(x framework.KeywordRule) bool { return x.ID == rule }) ||
		slices.ContainsFunc(r.Threads, func(x framework.ThreadRule) bool { return x.ID == rule })
}

// phrases are the words of several rules, found in one pass over a text.
type phrases struct {
	entries []phrase // in the order of the lexicon
	lexicon *search.Lexicon
}

type phrase struct {
	rule  int
	shown string
}

// hit is one rule with the words that called for it, in the order of the text.
type hit struct {
	rule  int
	words []string
}

func compilePhrases(entries []phrase) phrases {
	texts := make([]string, len(entries))
	for i, e := range entries {
		texts[i] = e.shown
	}
	return phrases{entries, search.NewLexicon(texts)}
}

// find gives the rules whose words occur in a text of folded words, in the order of the rules.
func (p phrases) find(text []string) []hit {
	var hits []hit
	for _, place := range p.lexicon.Find(text) {
		e := p.entries[place]
		n := slices.IndexFunc(hits, func(h hit) bool { return h.rule == e.rule })
		if n < 0 {
			hits, n = append(hits, hit{rule: e.rule}), len(hits)
		}
		hits[n].words = append(hits[n].words, e.shown)
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.rule - b.rule })
	return hits
}
