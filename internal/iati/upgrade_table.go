package iati

import (
	_ "embed"
	"strings"
)

//go:embed upgrade.tsv
var upgradeTSV string

// upgradeRule is a row of the table: what becomes of a part of an element of version 1.0x.
type upgradeRule struct{ deed, what, becomes string }

// upgrades is the table, read once.
var upgrades, olderCodes = readUpgrades(upgradeTSV)

// readUpgrades gives the rules by element and the codes by list.
func readUpgrades(table string) (map[string][]upgradeRule, map[string]map[string]string) {
	rules, lists := map[string][]upgradeRule{}, map[string]map[string]string{}
	for line := range strings.Lines(table) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			panic("upgrade.tsv: a row needs four cells: " + line)
		}
		if cells[1] != "list" {
			rules[cells[0]] = append(rules[cells[0]], upgradeRule{cells[1], cells[2], cells[3]})
			continue
		}
		if lists[cells[0]] == nil {
			lists[cells[0]] = map[string]string{}
		}
		lists[cells[0]][cells[2]] = cells[3]
	}
	return rules, lists
}

// olderCode gives the code of 2.03 for one that version 1.0x printed as a letter or word.
func olderCode(list, code string) (string, bool) {
	today, ok := olderCodes[list][strings.ToLower(strings.TrimSpace(code))]
	return today, ok
}
