package mandate_test

import (
	"strings"
	"testing"

	"resolute/internal/mandate"
)

// Each row of the table shows its form, and in all six languages there is one for lists under
// headings and one for numbered paragraphs.
func TestEverySelfCitationFormReadsItsExample(t *testing.T) {
	forms := map[string]int{}
	for _, row := range rowsOf(t, "self_citations.csv") {
		body := "un:a"
		if row["family"] == "itu" {
			body = "itu:wtdc"
		}
		if got := idsIn(row["example"], body); got != row["ids"] {
			t.Errorf("%s\n got %s\nwant %s", row["example"], got, row["ids"])
		}
		forms[row["lang"]+row["family"]]++
	}
	for _, lang := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		if forms[lang] == 0 || forms[lang+"itu"] == 0 {
			t.Errorf("%s has no form for lists or none for paragraphs: %v", lang, forms)
		}
	}
}

func idsIn(text, body string) string {
	var ids []string
	for _, c := range mandate.CiteLine(text, 1, body) {
		ids = append(ids, c.IDs()...)
	}
	return strings.Join(ids, " ")
}

func TestSelfCitationsAreToldFromWordsThatLookLikeThem(t *testing.T) {
	for _, c := range []struct{ text, body, ids string }{
		{"le problème que résout le programme, qui décide 3 mesures", "itu:wtdc", ""},
		{"una medida que resuelve 2 problemas", "itu:wtdc", ""},
		{"conforme al resuelve 2;", "itu:wtdc", "self#resolves_2"},
		{"решает 7 задач", "itu:wtdc", ""},
		{"مع مراعاة يقـرر 3 أعلاه", "itu:wtdc", "self#resolves_3"},
		{"在责成秘书长第5段中", "itu:wtdc", "self#instructs-sg_5"},
		{"encarga además al Director de la Oficina de Desarrollo de las Telecomunicaciones 9", "itu:wtdc", "self#further_instructs-director-bdt_9"},
		{"reconociendo a) supra", "itu:wtdc", "self#recognizing_a"},
		{"paragraph 12 of this resolution", "un:a", "self#12"},
		{"paragraph 12 of resolution 70/125", "un:a", "un:a/res/70/125#12"},
		{"resolves 5 above", "un:a", ""},
	} {
		if got := idsIn(c.text, c.body); got != c.ids {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.ids)
		}
	}
}
