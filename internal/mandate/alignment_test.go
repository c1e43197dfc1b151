package mandate_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute/internal/mandate"
)

// golds are the alignments worked out by hand, in the samples beside the project.
var golds = []struct{ file, old, new string }{
	{"alignment-A_RES_76_189-A_RES_77_150.tsv", "un/A_RES_76_189.txt", "un/A_RES_77_150.txt"},
	{"alignment-E_RES_2021_28-E_RES_2023_3.tsv", "un/E_RES_2021_28.txt", "un/E_RES_2023_3.txt"},
	{"alignment-res30-before-after.tsv", "wtdc21-res30-draft.before.txt", "wtdc21-res30-draft.after.txt"},
}

func TestAlignmentFindsEveryLinkOfTheGoldenPairs(t *testing.T) {
	for _, gold := range golds {
		t.Run(gold.file, func(t *testing.T) {
			found := map[[2]string]mandate.LinkJSON{}
			for _, l := range mandate.Align(parseFile(t, gold.old), parseFile(t, gold.new)) {
				found[[2]string{l.Old, l.New}] = l
			}
			open := map[string]bool{} // provisions that the gold is not sure of, by side and label
			for _, row := range readTSV(t, filepath.Join(resolutions, gold.file)) {
				pair := [2]string{row["a"], row["b"]}
				l, ok := found[pair]
				delete(found, pair)
				if strings.Contains(row["flags"], "unsure") {
					open["old "+row["a"]], open["new "+row["b"]] = true, true
					continue
				}
				flags := slices.DeleteFunc(slices.Clone(l.Flags), func(f string) bool { return f == "unsure" })
				if !ok || l.Kind != row["relation"] || strings.Join(flags, " ") != row["flags"] {
					t.Errorf("%s to %s: want %s %q, got %+v", pair[0], pair[1], row["relation"], row["flags"], l)
				}
			}
			for _, l := range found {
				if !slices.Contains(l.Flags, "unsure") || l.Old != "" && !open["old "+l.Old] || l.New != "" && !open["new "+l.New] {
					t.Errorf("no link of the golden alignment: %+v", l)
				}
			}
		})
	}
}

func TestProvisionsAreLabelledAsReadersCountThem(t *testing.T) {
	text := mandate.Parse(`Resolution adopted by the General Assembly on 3 March 2031
99/1. Lamps on the coast
The General Assembly,
Recalling its resolution 98/7 of 2 March 2030,1
A heading of its own
Noting that harbours freeze,
1. Requests the Keeper to count lamps:
(a) In winter;
(b) In summer;
2. Decides to meet again.
`)
	var got []string
	for _, l := range mandate.Align(text, text) {
		got = append(got, l.Old+" "+strconv.Itoa(l.NewLine)+" "+l.Kind)
	}
	want := []string{"P1 3 kept", "P2 4 kept", "P3 6 kept", "O1 7 kept", "O1.a 8 kept", "O1.b 9 kept", "O2 10 kept"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestATextWithoutStructureIsAlignedLineByLine(t *testing.T) {
	old, new := mandate.Parse("a) Nous comptons les lampes.\n\nb) Nous sonnons les cloches.\n"), mandate.Parse("a) Nous sonnons les cloches.\n")
	links := mandate.Align(old, new)
	if len(links) != 2 || links[0].Old != "L1" || links[0].Kind != "dropped" || links[1].Old != "L3" || links[1].New != "L1" || links[1].Kind != "kept" || links[1].Flags[0] != "renumbered" {
		t.Errorf("got %+v", links)
	}
}

// Over five years a text is aligned directly as well as year by year.
func TestAlignmentOverYearsAgreesWithTheChain(t *testing.T) {
	for _, chain := range [][]string{
		{"un/A_RES_74_197.txt", "un/A_RES_75_202.txt", "un/A_RES_76_189.txt", "un/A_RES_77_150.txt", "un/A_RES_78_132.txt"},
		{"un/E_RES_2019_24.txt", "un/E_RES_2020_12.txt", "un/E_RES_2021_28.txt", "un/E_RES_2023_3.txt"},
	} {
		direct := pairsOf(t, chain[0], chain[len(chain)-1])
		composed := pairsOf(t, chain[0], chain[1])
		for i := 2; i < len(chain); i++ {
			next := pairsOf(t, chain[i-1], chain[i])
			for old, label := range composed {
				if composed[old] = next[label]; composed[old] == "" {
					delete(composed, old)
				}
			}
		}
		agree := 0
		for old, new := range direct {
			if composed[old] == new {
				agree++
			}
		}
		if f := 2 * float64(agree) / float64(len(direct)+len(composed)); f < 0.98 {
			t.Errorf("%s to %s: %d links, composed %d, %d agree: F %.3f", chain[0], chain[len(chain)-1], len(direct), len(composed), agree, f)
		}
	}
}

// pairsOf aligns two samples and gives the new label of each old one that goes on.
func pairsOf(t *testing.T, old, new string) map[string]string {
	t.Helper()
	pairs := map[string]string{}
	for _, l := range mandate.Align(parseFile(t, old), parseFile(t, new)) {
		if l.Old != "" && l.New != "" {
			pairs[l.Old] = l.New
		}
	}
	return pairs
}

func readTSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[rows[0][i]] = cell
		}
		list = append(list, m)
	}
	return list
}

func TestAChangeTellsWhomItAddresses(t *testing.T) {
	old := mandate.Parse("RESOLUTION 9 (Atlantis, 2031)\nLamps\nresolves\n1 to count the lamps of the coast;\ninstructs the Director of the Bureau of Lamps\n1 to teach divers how to mend cables;\n2 to ring bells.\n")
	new := mandate.Parse("RESOLUTION 9 (Rev. Elbonia, 2035)\nLamps\nresolves\n1 to count the lamps of the coast;\ninstructs the Director of the Bureau of Lamps\n1 to teach divers and cooks how to mend cables.\n")
	var got []string
	for _, c := range mandate.Compare(old, new) {
		got = append(got, strings.Join(c.Addressees, "|")+" "+string(c.Kind))
	}
	want := []string{" kept", "Director of the Bureau of Lamps edited", "Director of the Bureau of Lamps dropped"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func BenchmarkCompare(b *testing.B) {
	old, new := parseFile(b, "un/A_RES_76_189.txt"), parseFile(b, "un/A_RES_77_150.txt")
	for b.Loop() {
		mandate.Compare(old, new)
	}
}
