package generate

// Places counts the places (location) of activities: what a list or map of them must show.
type Places struct {
	Activities int            `json:"activities"` // that have a place at least
	Mapped     int            `json:"mapped"`     // that have a place at least whose point can be shown
	Locations  int            `json:"locations"`
	Points     int            `json:"points"`    // that can be shown: two numbers in range, of EPSG 4326 or no system stated, not 0 0
	Exactness  map[string]int `json:"exactness"` // of the places, by code; empty: not stated
	Reach      map[string]int `json:"reach"`     // as exactness
	Class      map[string]int `json:"class"`     // as exactness
}

func newPlaces() Places {
	return Places{Exactness: map[string]int{}, Reach: map[string]int{}, Class: map[string]int{}}
}

// take counts the places of one report.
func (p *Places) take(f *facts) {
	points := 0
	for i := range f.locations {
		l := &f.locations[i]
		points += one(l.point && l.broken == "")
		p.Exactness[l.exactness]++
		p.Reach[l.reach]++
		p.Class[l.class]++
	}
	p.Activities += one(len(f.locations) > 0)
	p.Mapped += one(points > 0)
	p.Locations += len(f.locations)
	p.Points += points
}

// add adds what was counted elsewhere.
func (p *Places) add(q Places) {
	p.Activities += q.Activities
	p.Mapped += q.Mapped
	p.Locations += q.Locations
	p.Points += q.Points
	for _, pair := range [...]struct{ to, of map[string]int }{{p.Exactness, q.Exactness}, {p.Reach, q.Reach}, {p.Class, q.Class}} {
		for code, n := range pair.of {
			pair.to[code] += n
		}
	}
}
