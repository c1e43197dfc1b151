package framework

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

func TestRulesNameThingsThatExist(t *testing.T) {
	c, r := Builtin(), TaggingRules()
	concept := func(rule, scheme string, codes []string) {
		for _, code := range codes {
			if _, ok := c.Concept(scheme, code); !ok && code != "*" {
				t.Errorf("%s: %s has no %s", rule, scheme, code)
			}
		}
	}
	for _, s := range r.Sectors {
		concept(s.ID, ActionLine, s.Lines)
		if s.Reason == "" || !regexp.MustCompile(`^\d{3}(\d{2})?$`).MatchString(s.Code) {
			t.Errorf("%+v: a code of three or five digits and a reason wanted", s)
		}
	}
	for _, k := range r.Keywords {
		concept(k.ID, ActionLine, []string{k.Line})
		if len(k.Words) == 0 {
			t.Errorf("%s has no words", k.ID)
		}
	}
	for _, m := range r.Markers {
		concept(m.ID, InclusionGroup, m.Groups)
	}
	for _, s := range r.Scopes {
		concept(s.ID, Level, []string{s.Level})
	}
	alias := regexp.MustCompile(`^[RIFMQ]\d+(\.[ivx]+)?$`)
	for _, rule := range r.Threads {
		concept(rule.ID, ActionLine, rule.Lines)
		concept(rule.ID, Kind, rule.Kinds)
		concept(rule.ID, Level, rule.Levels)
		concept(rule.ID, InclusionGroup, rule.Groups)
		for _, pattern := range rule.Schemes {
			if !schemeNamed(c, pattern) {
				t.Errorf("%s: no scheme is named by %s", rule.ID, pattern)
			}
		}
		conditions := len(rule.Lines) + len(rule.Sectors) + len(rule.Kinds) + len(rule.Levels) + len(rule.Groups) + len(rule.Schemes) + len(rule.Words)
		if conditions == 0 || rule.Reason == "" || len(rule.Aliases) == 0 {
			t.Errorf("%+v: a condition, a reason and a paragraph wanted", rule)
		}
		for _, a := range rule.Aliases {
			if !alias.MatchString(a) {
				t.Errorf("%s: alias %q", rule.ID, a)
			}
		}
		for _, w := range rule.Words {
			if w != strings.Join(strings.Fields(strings.ToLower(w)), " ") || !regexp.MustCompile(`^[a-z0-9 ]+$`).MatchString(w) {
				t.Errorf("%s: %q is not folded", rule.ID, w)
			}
		}
	}
}

func schemeNamed(c *Catalogue, pattern string) bool {
	prefix, wild := strings.CutSuffix(pattern, "*")
	for _, s := range c.Schemes() {
		if s.Key == pattern || (wild && strings.HasPrefix(s.Key, prefix)) {
			return true
		}
	}
	return false
}

func TestThePatternOfThePlanLeavesStudyGroupsOut(t *testing.T) {
	for _, rule := range TaggingRules().Threads {
		if rule.ID != "r30:plan" {
			continue
		}
		for _, pattern := range rule.Schemes {
			if prefix, _ := strings.CutSuffix(pattern, "*"); strings.HasPrefix("itu-d-sg-2018-2021", prefix) {
				t.Errorf("%s takes study groups for the plan", pattern)
			}
		}
	}
}

func TestSectorsOfTheOracleStandInTheTable(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(sample(t, "coverage/dac_action_line.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, rule := range TaggingRules().Sectors {
		got[rule.Code] = strings.Join(rule.Lines, "|")
	}
	for _, row := range rows[1:] {
		if lines, ok := got[row[0]]; !ok || lines != row[1] {
			t.Errorf("%s gives %q, want %q", row[0], lines, row[1])
		}
	}
	if got["11220"] != "" {
		t.Errorf("11220 gives %q, want none", got["11220"])
	}
}

// No word rule may fire on the twelve activities of the oracle, whose rows are known.
func TestNoWordOccursInTheOracle(t *testing.T) {
	text := " " + strings.Join(regexp.MustCompile(`[a-z0-9]+`).FindAllString(strings.ToLower(prose(t, sample(t, "coverage/twelve.xml"))), -1), " ") + " "
	fold := func(w string) string {
		return " " + strings.Join(regexp.MustCompile(`[a-z0-9]+`).FindAllString(strings.ToLower(w), -1), " ") + " "
	}
	for _, rule := range TaggingRules().Keywords {
		for _, w := range rule.Words {
			if strings.Contains(text, fold(w)) {
				t.Errorf("%s: %q occurs", rule.ID, w)
			}
		}
	}
	for _, rule := range TaggingRules().Threads {
		for _, w := range rule.Words {
			if strings.Contains(text, fold(w)) {
				t.Errorf("%s: %q occurs", rule.ID, w)
			}
		}
	}
}

// prose gathers the text of titles and descriptions.
func prose(t *testing.T, document []byte) string {
	t.Helper()
	var b strings.Builder
	d, depth := xml.NewDecoder(bytes.NewReader(document)), 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth > 0 || token.Name.Local == "title" || token.Name.Local == "description" {
				depth++
			}
		case xml.EndElement:
			depth = max(0, depth-1)
		case xml.CharData:
			if depth > 0 {
				b.Write(token)
				b.WriteByte(' ')
			}
		}
	}
}
