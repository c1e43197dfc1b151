package rules

import (
	_ "embed" // the tables
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Rule is one rule of the standard.
type Rule struct {
	ID       string // official
	Severity string // official: error or warning
	Message  string // what is wrong and what to do

	context   path
	kind      string
	foreach   expression
	condition expression
	unless    string // an organisation that is known under its identifier need not follow it
	named     map[string]expression
	paths     []expression
	prefixes  []expression
	words     map[string]string
	pattern   *regexp.Regexp
}

//go:embed data/rules.tsv
var ruleTable string

//go:embed data/messages.tsv
var messageTable string

// about is the rules that are asked about the same elements.
type about struct {
	context path
	rules   []*Rule
}

// standard holds the rules of version 2.03 by the root of the files they are for.
var standard = sync.OnceValue(func() map[string][]about {
	list, err := parseRules(ruleTable, messageTable)
	if err != nil {
		panic(err)
	}
	byRoot := map[string][]about{}
	for _, r := range list {
		for _, root := range r.roots() {
			byRoot[root] = with(byRoot[root], r)
		}
	}
	return byRoot
})

// with adds a rule to those that are asked about the same elements.
func with(list []about, r *Rule) []about {
	i := slices.IndexFunc(list, func(a about) bool { return reflect.DeepEqual(a.context, r.context) })
	if i < 0 {
		return append(list, about{r.context, []*Rule{r}})
	}
	list[i].rules = append(list[i].rules, r)
	return list
}

// roots names the kinds of file that a rule is for.
func (r *Rule) roots() []string {
	if r.context.anywhere {
		return []string{"iati-activities", "iati-organisations"}
	}
	return []string{r.context.steps[0].name}
}

// parseRules reads the table of rules: each row has the columns id, severity, kind and context, then
// cells of the form NAME: VALUE.
func parseRules(table, messages string) ([]*Rule, error) {
	words := map[string]string{}
	for _, line := range strings.Split(strings.TrimRight(messages, "\n"), "\n")[1:] {
		id, message, _ := strings.Cut(line, "\t")
		words[id] = message
	}
	var list []*Rule
	for n, line := range strings.Split(strings.TrimRight(table, "\n"), "\n")[1:] {
		r, err := parseRule(strings.Split(line, "\t"))
		if err != nil {
			return nil, fmt.Errorf("rule in row %d: %w", n+2, err)
		}
		if r.Message = words[r.ID]; r.Message == "" {
			return nil, fmt.Errorf("rule %s has no message", r.ID)
		}
		list = append(list, r)
	}
	return list, nil
}

func parseRule(cells []string) (*Rule, error) {
	r := &Rule{ID: cells[0], Severity: cells[1], kind: cells[2], named: map[string]expression{}, words: map[string]string{}}
	context, err := parse(cells[3])
	if err != nil {
		return nil, err
	}
	r.context = context.(path)
	for _, cell := range cells[4:] {
		name, text, _ := strings.Cut(cell, ": ")
		if err := r.set(name, text); err != nil {
			return nil, fmt.Errorf("rule %s, %s: %w", r.ID, name, err)
		}
	}
	return r, nil
}

func (r *Rule) set(name, text string) (err error) {
	var e expression
	switch name {
	case "sum", "min", "max", "all", "separator":
		r.words[name] = text
		return nil
	case "unless":
		r.unless = text
		return nil
	case "regex":
		r.pattern, err = regexp.Compile(text)
		return err
	}
	if text == "ORG-ID-PREFIX" || text == "NOW" {
		r.words[name] = text
		return nil
	}
	if e, err = parse(text); err != nil {
		return err
	}
	switch name {
	case "path":
		r.paths = append(r.paths, e)
	case "prefix":
		r.prefixes = append(r.prefixes, e)
	case "foreach":
		r.foreach = e
	case "condition":
		r.condition = e
	default:
		r.named[name] = e
	}
	return nil
}
