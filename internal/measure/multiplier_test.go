package measure_test

import (
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
	"resolute/internal/sdmx"
)

// Figures are in units: the point is shifted as the multiplier says, and no digit is lost. What was received
// is given back as it was.
func TestFiguresAreInUnits(t *testing.T) {
	for name, c := range map[string]struct{ value, multiplier, want string }{
		"no multiplier":              {"4.10", "", "4.10"},
		"units":                      {"4.10", "0", "4.10"},
		"units by name":              {"4.10", "Units", "4.10"},
		"millions":                   {"5", "6", "5000000"},
		"millions by name":           {"5", "Millions", "5000000"},
		"within the digits":          {"4.1234", "3", "4123.4"},
		"all the digits":             {"4.123", "3", "4123"},
		"digits that binary has not": {"0.1234567890123456789", "6", "123456.7890123456789"},
		"smaller":                    {"12", "-3", "0.012"},
		"smaller, within":            {"-12345.6", "-2", "-123.456"},
		"nothing before the point":   {"-.5", "2", "-50"},
		"nothing behind the point":   {"7.", "1", "70"},
		"a plus":                     {"+7", "1", "70"},
		"zero":                       {"0.00", "1", "0.0"},
		"an exponent":                {"1.5e3", "6", "1.5e9"},
		"a power out of bounds":      {"5", "31", ""},
		"no power":                   {"5", "dozens", ""},
		"half a power":               {"5", "1.5", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := "dataflow,indicator,area,period,value,multiplier\nX:Y,pop,UGA,2020,1,0\nX:Y,pop,KEN,2020," + c.value + "," + c.multiplier + "\n"
			want, faults := strings.TrimSpace("2020="+c.want+" 2020=1"), 0
			if c.want == "" {
				want, faults = "2020=1", 1
			}
			file, findings, err := measure.ReadFrame(strings.NewReader(text), "a.csv", statfile.Options{}, measure.Pick{})
			if err != nil || printed(file) != want || len(findings) != faults {
				t.Errorf("file: got %s, %v, %v; want %s", printed(file), findings, err, want)
			}
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m := room(d)
				account := take(t, m, "a.csv", text)
				stored, err := m.Frame(ctx, measure.IndicatorKey{Dataflow: "X:Y", Code: "pop"}, nil, 0)
				if err != nil || printed(stored) != want || account.Total.Warning != faults {
					t.Errorf("store: got %s, %v, %+v; want %s", printed(stored), err, account.Total, want)
				}
				if out := messageOf(t, m, sdmx.CSV21, measure.Selection{}); !strings.Contains(out, ",KEN,2020,"+c.value+","+c.multiplier) {
					t.Errorf("given back: %s", out)
				}
			})
		})
	}
}
