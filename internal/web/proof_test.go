package web

import "testing"

func TestTheWayMadeIsToldOnlyWhereItCanBe(t *testing.T) {
	for name, c := range map[string]struct {
		base, actual, target string
		want                 int64
		known                bool
	}{
		"upwards":                {"0", "412", "900", 45, true},
		"downwards":              {"10", "6", "2", 50, true},
		"beyond the target":      {"0", "12", "10", 120, true},
		"without a base":         {"", "412", "900", 0, false},
		"nothing reached yet":    {"0", "", "300", 0, false},
		"words":                  {"0", "many", "300", 0, false},
		"base equals the target": {"5", "5", "5", 0, false},
	} {
		if got, known := wayMade(c.base, c.actual, c.target); got != c.want || known != c.known {
			t.Errorf("%s: %d, %v; want %d, %v", name, got, known, c.want, c.known)
		}
	}
}
