package wording

import (
	"testing"

	"resolute"
)

func TestAReviewHoldsForTheEnglishTextItWasReadBeside(t *testing.T) {
	const key = "about.title"
	now := catalogues()[resolute.English][key].fingerprint()
	for _, c := range []struct {
		name string
		rows string
		lang resolute.Lang
		want bool
	}{
		{"no row", "", "fr", false},
		{"read beside the text of today", "fr," + key + "," + now + "\n", "fr", true},
		{"the English text has changed since", "fr," + key + ",000000000000\n", "fr", false},
		{"read in another language", "es," + key + "," + now + "\n", "fr", false},
		{"another key", "fr,about.lead," + now + "\n", "fr", false},
		{"English is the source", "", "en", true},
	} {
		list := readReviews([]byte("lang,key,english\n" + c.rows))
		if got := For(c.lang).reviewedIn(list, key); got != c.want {
			t.Errorf("%s: reviewed %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAFingerprintTellsFormsApart(t *testing.T) {
	one := message{forms: map[string]string{"one": "a day", "other": "{n} days"}}
	other := message{forms: map[string]string{"one": "a day", "other": "{n} nights"}}
	if one.fingerprint() == other.fingerprint() || len(one.fingerprint()) != 12 {
		t.Errorf("fingerprints %s and %s", one.fingerprint(), other.fingerprint())
	}
}

func TestEveryRowOfReviewedNamesATranslation(t *testing.T) {
	for row := range reviews() {
		if !row.lang.Known() || row.lang == resolute.English || !For(row.lang).Has(row.key) {
			t.Errorf("reviewed.csv: %s %s is no translation", row.lang, row.key)
		}
		if !For(row.lang).Reviewed(row.key) {
			now := catalogues()[resolute.English][row.key].fingerprint()
			t.Logf("reviewed.csv: the English text of %s is %s now; %s was read beside another", row.key, now, row.lang)
		}
	}
}

func TestReviewsCountEveryTextOfATranslatedLanguage(t *testing.T) {
	list := Reviews()
	if len(list) != len(resolute.Langs)-1 {
		t.Fatalf("%d languages, want every one but English", len(list))
	}
	for _, r := range list {
		if r.Total != len(Keys()) || r.Reviewed+For(r.Lang).Unreviewed() != r.Total {
			t.Errorf("%s: %d of %d reviewed, %d unreviewed", r.Lang, r.Reviewed, r.Total, For(r.Lang).Unreviewed())
		}
	}
	if n := For(resolute.English).Unreviewed(); n != 0 {
		t.Errorf("%d English texts are unreviewed, want 0", n)
	}
}
