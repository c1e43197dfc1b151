package measure

import (
	"bytes"
	"strings"
	"testing"
)

// A file of indicators is refused with places, or every row of it makes an indicator that can be found by its code.
func FuzzIndicators(f *testing.F) {
	head, rest, _ := strings.Cut(builtinIndicators, "\n")
	first, _, _ := strings.Cut(rest, "\n")
	f.Add([]byte(head + "\n" + first + "\n"))
	f.Add([]byte("code,name_en,unit,direction,rule,source\na,A,%,up,none,s\na,B,%,down,sum,s\n"))
	f.Add([]byte("code;name_en;unit;direction;rule;source;floor;ceiling;weights;codes;threads\na;A;x;up;weighted-mean;s;1e309;NaN;a|b;X:Y c D=E D=F;R9\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, findings, err := readIndicators("i.csv", bytes.NewReader(text), Builtin())
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range findings {
			if finding.Message == "" || finding.File == "" || finding.Rule == "" {
				t.Errorf("a finding without words or place: %+v", finding)
			}
		}
		var list []Concept
		for _, cells := range rows {
			list = append(list, conceptOf(cells))
		}
		own := Builtin().with(list)
		for _, c := range list {
			if _, known := own.Concept(c.ID); !known {
				t.Errorf("%q is not found", c.ID)
			}
			if c.Floor != nil && c.Ceiling != nil && !(*c.Floor < *c.Ceiling) {
				t.Errorf("%q lies between %v and %v", c.ID, *c.Floor, *c.Ceiling)
			}
		}
	})
}
