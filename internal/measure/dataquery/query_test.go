package dataquery_test

import (
	"strings"
	"testing"

	"resolute/internal/measure/dataquery"
)

func TestTheCodesThatAQuestionIsBoundTo(t *testing.T) {
	for _, c := range []struct{ key, query, want string }{
		{"*", "", "any any"},
		{"u.KEN", "", "u KEN"},
		{"u.KEN.F,p.UGA.*", "", "p,u KEN,UGA"},
		{"u.*.F", "", "u any"},
		{"u.KEN,p", "", "p,u any"},
		{"*", "c[REF_AREA]=KEN,eq:UGA", "any KEN,UGA"},
		{"*", "c[REF_AREA]=KEN+ne:UGA&c[INDICATOR]=sw:u", "any KEN"},
		{"*", "c[REF_AREA]=KEN,ne:UGA", "any any"},
	} {
		q, err := dataquery.Parse("*/*/*/*/"+c.key, c.query)
		if err != nil {
			t.Errorf("%s?%s: %v", c.key, c.query, err)
			continue
		}
		var got []string
		for i, id := range []string{"INDICATOR", "REF_AREA"} {
			codes, bound := q.Codes(i, id)
			if !bound {
				codes = []string{"any"}
			}
			got = append(got, strings.Join(codes, ","))
		}
		if all := strings.Join(got, " "); all != c.want {
			t.Errorf("%s?%s: %s, want %s", c.key, c.query, all, c.want)
		}
	}
}
