package generate

import "strconv"

// Fault is something that was done wrong on purpose.
type Fault struct {
	File   string `json:"file"`
	Record string `json:"record"`
	Place  int    `json:"place"` // of the activity in its file, from 1
	Kind   string `json:"kind"`
	What   string `json:"what,omitempty"`
}

func (f *facts) fault(kind, what string) {
	f.wrong = append(f.wrong, Fault{Record: f.id, Kind: kind, What: what})
}

// faults does to some activities and transactions what publishers do wrong.
func (m *maker) faults() {
	c, f := &m.chance, &m.facts
	for i := range f.flows {
		x := &f.flows[i]
		switch n := c.below(10_000); {
		case n < 16 && (x.kind == "3" || x.kind == "2"):
			x.letter = map[string]string{"3": "D", "2": "C"}[x.kind]
			f.fault("letter-code", x.letter)
		case n >= 16 && n < 18:
			x.broken = "empty-value"
			f.fault(x.broken, "")
		case n >= 18 && n < 40 && x.cents != 0:
			x.scientific = true
			f.fault("scientific-value", scientific(x.cents))
		case n >= 40 && n < 42:
			x.broken = "date-zero"
			f.fault(x.broken, "0")
		}
	}
	for _, d := range [...]struct {
		kind     string
		thousand int
	}{{"sector-without-code", 60}, {"other-identifier-without-type", 53}, {"unknown-element", 5}, {"identifier-blank", 10}, {"role-in-words", 4}, {"identifier-missing", 1}} {
		if c.in(d.thousand) {
			f.fault(d.kind, "")
		}
	}
}

// scientific writes hundredths with an exponent.
func scientific(cents int64) string { return strconv.FormatInt(cents, 10) + "e-2" }

// has tells whether the activity has a fault of a kind.
func (f *facts) has(kind string) bool {
	for _, w := range f.wrong {
		if w.Kind == kind {
			return true
		}
	}
	return false
}
