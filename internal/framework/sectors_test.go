package framework

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sectorRows gives the rows of the table by DAC code.
func sectorRows() map[string]SectorRule {
	rows := map[string]SectorRule{}
	for _, rule := range TaggingRules().Sectors {
		rows[rule.Code] = rule
	}
	return rows
}

// purposes gives the five-digit rows of a three-digit category.
func purposes(category string) []SectorRule {
	var list []SectorRule
	for _, rule := range TaggingRules().Sectors {
		if len(rule.Code) == 5 && strings.HasPrefix(rule.Code, category) {
			list = append(list, rule)
		}
	}
	return list
}

func TestEveryCodeOfTheSectorListHasARow(t *testing.T) {
	rows := sectorRows()
	for list, least := range map[string]int{"Sector": 295, "SectorCategory": 38} {
		var codes struct {
			Items []struct {
				Status string `xml:"status,attr"`
				Code   string `xml:"code"`
			} `xml:"codelist-items>codelist-item"`
		}
		if err := xml.Unmarshal(sample(t, "iati/reference/codelists/"+list+".xml"), &codes); err != nil {
			t.Fatal(err)
		}
		active := 0
		for _, item := range codes.Items {
			if _, ok := rows[item.Code]; !ok {
				t.Errorf("the %s code %s of %s has no row", item.Status, item.Code, list)
			}
			if item.Status != "withdrawn" {
				active++
			}
		}
		if active < least {
			t.Errorf("%s holds %d codes that are not withdrawn, want %d or more", list, active, least)
		}
	}
}

func TestEveryRowOfASectorSaysWhy(t *testing.T) {
	for _, rule := range TaggingRules().Sectors {
		label, why, ok := strings.Cut(rule.Reason, ": ")
		if !ok || label == "" || why == "" {
			t.Errorf("%s: reason %q: want what the code is, a colon, and why", rule.ID, rule.Reason)
		}
		if len(rule.Reason) > 120 {
			t.Errorf("%s: the reason has %d characters, want 120 at most", rule.ID, len(rule.Reason))
		}
		if halved := strings.Contains(rule.Reason, "each half of the share"); halved != (len(rule.Lines) == 2) {
			t.Errorf("%s: %d lines, and the reason speaks of halves: %v", rule.ID, len(rule.Lines), halved)
		}
		if len(slices.Compact(slices.Sorted(slices.Values(rule.Lines)))) != len(rule.Lines) || len(rule.Lines) > 2 {
			t.Errorf("%s: lines %v: want two different ones at most", rule.ID, rule.Lines)
		}
	}
}

func TestSectorsStandInOrder(t *testing.T) {
	var codes []string
	for _, rule := range TaggingRules().Sectors {
		codes = append(codes, rule.Code)
	}
	byLengthAndCode := func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	}
	if !slices.IsSortedFunc(codes, byLengthAndCode) {
		t.Error("categories of three digits come first, then codes of five, each in order")
	}
}

// A row that says "as for 22040" must lead where that code leads.
func TestASectorThatFollowsAnotherLeadsToTheSameLines(t *testing.T) {
	rows, follows := sectorRows(), regexp.MustCompile(`as for (\d+)`)
	found := 0
	for _, rule := range rows {
		m := follows.FindStringSubmatch(rule.Reason)
		if m == nil {
			if strings.Contains(rule.Reason, "withdrawn code") && !strings.Contains(rule.Reason, "not named") {
				t.Errorf("%s is withdrawn and names no successor", rule.ID)
			}
			continue
		}
		found++
		if other, ok := rows[m[1]]; !ok || !slices.Equal(other.Lines, rule.Lines) {
			t.Errorf("%s gives %v, and %s, which it follows, %v", rule.ID, rule.Lines, m[1], other.Lines)
		}
	}
	if found < 25 {
		t.Errorf("%d rows follow another, want 25 or more", found)
	}
}

func TestACategoryAgreesWithItsCodes(t *testing.T) {
	for _, category := range TaggingRules().Sectors {
		if len(category.Code) != 3 {
			continue
		}
		codes, served := purposes(category.Code), map[string]int{}
		for _, code := range codes {
			for _, line := range code.Lines {
				served[line]++
			}
		}
		for _, line := range category.Lines {
			if served[line] == 0 {
				t.Errorf("%s leads to %s, and none of its codes does", category.ID, line)
			}
		}
		for line, n := range served {
			if 2*n > len(codes) && !slices.Contains(category.Lines, line) {
				t.Errorf("%d of %d codes of %s lead to %s, and it does not", n, len(codes), category.ID, line)
			}
		}
	}
}

// In the list of the DAC a code that ends in 81 is training and one that ends in 82 research.
func TestTrainingAndResearchHaveALineInEverySector(t *testing.T) {
	for _, rule := range TaggingRules().Sectors {
		if len(rule.Code) == 5 && (rule.Code[3:] == "81" || rule.Code[3:] == "82") && len(rule.Lines) == 0 {
			t.Errorf("%s has no line", rule.ID)
		}
	}
}

func TestMoneyWithoutAFieldHasNoLine(t *testing.T) {
	for _, category := range []string{"510", "520", "530", "600", "910", "920", "930", "998"} {
		codes := append(purposes(category), sectorRows()[category])
		if len(codes) < 2 {
			t.Errorf("category %s has no codes", category)
		}
		for _, rule := range codes {
			if len(rule.Lines) > 0 {
				t.Errorf("%s leads to %v: budget support, goods, debt and costs of donors lead nowhere", rule.ID, rule.Lines)
			}
		}
	}
}

func TestASectorStaysWithItsApplication(t *testing.T) {
	for category, lines := range map[string][]string{
		"111": {"C7.3", "C4"}, "112": {}, "113": {"C4"}, "114": {"C7.3", "C4"}, "121": {"C7.4"}, "122": {"C7.4"}, "123": {"C7.4"},
		"240": {"C7.2"}, "250": {"C7.2"}, "311": {"C7.7"}, "312": {"C7.7"}, "313": {"C7.7"}, "331": {"C7.2"}, "332": {"C7.2"},
		"410": {"C7.6", "C8"}, "740": {"C7.6"},
	} {
		for _, rule := range purposes(category) {
			for _, line := range rule.Lines {
				if !slices.Contains(lines, line) {
					t.Errorf("%s leads to %s, and its neighbours to %v", rule.ID, line, lines)
				}
			}
		}
	}
}

// docs/explanation/tags.md says so.
func TestNoSectorLeadsToGovernanceSecurityOrCooperation(t *testing.T) {
	for _, rule := range TaggingRules().Sectors {
		for _, line := range rule.Lines {
			if slices.Contains([]string{"C1", "C5", "C11"}, line) {
				t.Errorf("%s leads to %s, which publishers state or words suggest", rule.ID, line)
			}
		}
	}
}
