package measure_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/measure"
)

func TestConceptsAreWhole(t *testing.T) {
	known := measure.Builtin()
	for _, c := range known.Concepts() {
		if c.Unit == "" || c.Aggregation == "" || c.Confidence == "" || c.Source == "" {
			t.Errorf("%+v", c)
		}
		for _, lang := range resolute.Langs {
			if c.Name[lang] == "" {
				t.Errorf("%s has no name in %s", c.ID, lang)
			}
		}
	}
	if c, ok := known.Of("UNSD:SDG", "IT_USE_II99", `{"SEX":"F"}`); !ok || c.ID != "users_female" {
		t.Errorf("codes compare without regard to case, with their breakdown: got %+v, %v", c, ok)
	}
	if _, ok := known.Of("UNSD:SDG", "IT_USE_ii99", `{"SEX":"X"}`); ok {
		t.Error("a breakdown that is no concept was taken for one")
	}
	if c, ok := known.Of("PLAIN", "mobile", "{}"); !ok || c.ID != "mobile" {
		t.Errorf("a table of our own may call a concept by its name: got %+v, %v", c, ok)
	}
	for _, alias := range []string{"R9", "M1", "M5"} {
		if len(known.Evidence(alias)) == 0 {
			t.Errorf("no figures evidence %s", alias)
		}
	}
	if got := known.Evidence(mandate.Aliases()[0].Alias); len(got) != 0 {
		t.Errorf("%s is evidenced by %v", mandate.Aliases()[0].Alias, got)
	}
}

// reference reads a reference table by its header.
func reference(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	file, err := os.Open("../../../shared/reference/" + name)
	if err != nil {
		t.Skipf("the reference tables are not here: %v", err)
	}
	defer func() { _ = file.Close() }()
	list, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range list[1:] {
		row := map[string]string{}
		for i, cell := range cells {
			row[list[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// unitIn tells whether a unit of the catalogue is that of a reference row, whose denominator has a
// column of its own with us.
func unitIn(unit, printed string) bool {
	switch {
	case strings.HasSuffix(unit, "GNI p.c."):
		return strings.Contains(printed, "GNI")
	case unit == "%":
		return strings.HasPrefix(printed, "%")
	}
	return strings.HasPrefix(printed, unit)
}

func TestTheCatalogueHasTheWholeCoreList(t *testing.T) {
	rows := reference(t, "ict_core_indicators.csv")
	if len(rows) != 70 {
		t.Fatalf("%d rows, want 70", len(rows))
	}
	list := measure.Builtin().Concepts()
	for _, row := range rows {
		of := slices.DeleteFunc(slices.Clone(list), func(c measure.Concept) bool { return c.Core != row["code"] })
		if len(of) == 0 {
			t.Errorf("%s %s is not in the catalogue", row["code"], row["label"])
			continue
		}
		if !slices.ContainsFunc(of, func(c measure.Concept) bool {
			return unitIn(c.Unit, row["unit"]) && c.Cell("denominator") == row["denominator"]
		}) {
			t.Errorf("%s: none is measured in %q of %q", row["code"], row["unit"], row["denominator"])
		}
		for _, c := range of {
			if c.Confidence != row["confidence"] || c.Cell("status") != row["status"] || c.Cell("custodian") != row["custodian"] {
				t.Errorf("%s: got %s, %s, %s; want %s, %s, %s", c.ID, c.Confidence, c.Cell("status"), c.Cell("custodian"), row["confidence"], row["status"], row["custodian"])
			}
			if c.ID == c.Core && c.Name[resolute.English] != row["label"] {
				t.Errorf("%s is called %q, want %q", c.ID, c.Name[resolute.English], row["label"])
			}
		}
	}
}

func TestTheCatalogueHasTheWholeCrossWalk(t *testing.T) {
	rows := reference(t, "ict_indicator_map.csv")
	if len(rows) != 30 {
		t.Fatalf("%d rows, want 30", len(rows))
	}
	for _, row := range rows {
		c, known := measure.Builtin().Concept(row["concept"])
		if !known {
			t.Errorf("%s is not in the catalogue", row["concept"])
			continue
		}
		code := strings.Trim(strings.TrimSpace(row["itu_code"]), "()")
		if strings.Contains(code, "*") || strings.Contains(code, "numerator") { // a family, or another quantity: named in the note
			code, _, _ = strings.Cut(code, " ")
			if code = strings.TrimRight(code, "*"); !strings.Contains(c.Cell("note"), code) {
				t.Errorf("%s: the note does not name %s", c.ID, code)
			}
			code = ""
		}
		id := row["itu_codeID"]
		if strings.Contains(id, " ") { // collections
			id = ""
		}
		ceiling := row["natural_max"]
		if strings.ContainsAny(ceiling, " ne") { // "none", "0 (min)"
			ceiling = ""
		}
		direction := row["normal_direction"]
		if direction == "" {
			direction = "none"
		}
		for column, want := range map[string]string{"itu": code, "itu_id": id, "idi": row["idi_node"], "sdg": row["sdg_series"], "sdg_indicator": row["sdg_indicator"], "wdi": row["wdi_code"],
			"core": row["core_list"], "direction": direction, "ceiling": ceiling} {
			if got := c.Cell(column); got != want {
				t.Errorf("%s: %s is %q, want %q", c.ID, column, got, want)
			}
		}
		if rule := map[string]string{"weighted average": "weighted-mean", "sum": "sum"}[row["wdi_aggregation"]]; rule != "" && c.Aggregation != rule {
			t.Errorf("%s: rule %s, want %s", c.ID, c.Aggregation, rule)
		}
		if !unitIn(c.Unit, row["unit"]) {
			t.Errorf("%s: unit %q, want %q", c.ID, c.Unit, row["unit"])
		}
	}
}
