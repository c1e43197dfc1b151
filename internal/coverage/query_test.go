package coverage

import (
	"reflect"
	"testing"

	"resolute"
)

func TestAFilterIsReadAsThePageWritesIt(t *testing.T) {
	got, instrument, err := ParseQuery("?area=KE&area=UG&goal=9&org=7&thread=R4&reporter=ZZ-1&source=a.xml&q=rural+networks&sort=title&period=2022..2024&lang=fr&page=x&instrument=itu:pp/res/140")
	want := ListQuery{Sort: ByTitle, Period: resolute.Period{From: "2022-01-01", To: "2024-12-31"}, Filter: Filter{Text: "rural networks", Areas: []string{"KE", "UG"},
		Goals: []string{"9"}, Organisations: []string{"7"}, Threads: []string{"R4"}, Reporters: []string{"ZZ-1"}, Sources: []string{"a.xml"}}}
	if err != nil || !reflect.DeepEqual(got, want) || instrument != "itu:pp/res/140" {
		t.Errorf("got %+v, %q, %v\nwant %+v", got, instrument, err, want)
	}
	if years, _, err := ParseQuery("from=2022&to=2024"); err != nil || years.Period != want.Period {
		t.Errorf("years of the form: %+v, %v", years.Period, err)
	}
	for _, text := range []string{"area=KE&q=why?", "?area=KE&q=why?", "/activities?area=KE&q=why?", "https://wsis.example.org/sub/activities?area=KE&q=why?"} {
		got, _, err := ParseQuery(text)
		if err != nil || !reflect.DeepEqual(got.Filter, Filter{Text: "why?", Areas: []string{"KE"}}) {
			t.Errorf("%s: %+v, %v", text, got.Filter, err)
		}
	}
	for _, text := range []string{"at=7", "area=KE&year=2024", "/activities", "colour=red", "period=2022-26", "area=%zz", "rule=none-such"} {
		if _, _, err := ParseQuery(text); resolute.CodeOf(err) != resolute.Usage {
			t.Errorf("%q: %v", text, err)
		}
	}
}
