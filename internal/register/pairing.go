package register

import (
	"bytes"
	"math"
	"slices"
)

// standing is one activity as its source left it before the import: what a record of the
// new file may continue.
type standing struct {
	key        string
	occurrence int
	version    int64
	line       int    // of its start tag in the file that it came from
	updated    string // its own date of last update
	hash       []byte
	given      []byte // hash of what an export gives of it, when it is a row of a table; nil: not known
	lowest     bool
	absent     int64 // import since which the source no longer held it; 0: present
}

// says tells whether a record of a hash says what stands.
func (s standing) says(hash []byte) bool {
	return bytes.Equal(hash, s.hash) || s.given != nil && bytes.Equal(hash, s.given)
}

// slot names a version during an import: above 0 a version that stands, below 0 the staged
// record of that number (-1 is the first), 0 none.
type slot int64

// placed is what pairing says of one record.
type placed struct {
	unchanged  bool
	back       bool // and was absent
	row        bool // and is a row of a table, of which the record is what an export gives
	occurrence int  // of a record to stage; that of a group is settled at the end
	said       bool // by the record itself: not settled at the end
	stood      int  // line under which it said the same, when it is staged for its place alone
	slot       slot
	firstLine  int // of the first record of its identity in the file, when it is not the first
}

// arrival is one record of the file as pairing sees it.
type arrival struct {
	id        identity
	hash      []byte
	line      int // of its identifier
	starts    int // line of its start tag; 0: its place among equal identifiers says nothing, as of a row
	updated   string
	hierarchy int
	lowest    bool // the flag with which it would be staged
	continues int  // occurrence of the standing activity that it says it is; 0: not said
}

// extra is the second or a later record of an identity.
type extra struct {
	slot   slot
	lowest bool
}

// group is an identity with several records or several standing activities.
type group struct {
	standing []standing
	byHash   map[string][]int // those that stand with a content and are not known to be paired
	at       map[int]int      // where each occurrence stands
	paired   []bool
	staged   []slot
	last     map[string]int64 // by date of last update: the greatest version as which a record of the file goes on
	anew     bool             // its first record was staged, whatever its date
}

// stagedLast is greater than any version that stands: what is staged gets a greater one.
const stagedLast = math.MaxInt64

// pairing decides which activity each record of a file continues: equal content first, the rest
// in the order of the file (design: keys).
type pairing struct {
	seen   seen
	more   map[identity][]extra
	groups map[identity]*group
	staged int64
	back   []standing // stands unchanged, and was absent
	kept   map[string]bool
}

func newPairing() *pairing {
	return &pairing{more: map[identity][]extra{}, groups: map[identity]*group{}, kept: map[string]bool{}}
}

// keep notes the keys of activities of which the file held something that was refused.
func (p *pairing) keep(keys []string) {
	for _, key := range keys {
		p.kept[key] = true
	}
}

// place takes the next record of the file. before are the activities of its identity that
// stand in the source, by occurrence.
func (p *pairing) place(a arrival, before []standing) placed {
	known, result := p.seen.find(a.id), placed{occurrence: 1}
	if known != nil {
		result.occurrence, result.firstLine = int(known.records)+1, int(known.line)
	}
	lowest, match := a.lowest, p.match(a, before, known, &result)
	if result.row = match >= 0 && !bytes.Equal(a.hash, before[match].hash); result.row {
		a.starts = 0
	}
	if g := p.groups[a.id]; g != nil && match >= 0 && !g.keepsOrder(a.starts, before[match]) {
		result.occurrence, result.said, result.stood = before[match].occurrence, true, before[match].line
		match = -1
	}
	if match >= 0 {
		s := before[match]
		result.unchanged, result.slot, result.occurrence = true, slot(s.version), s.occurrence
		lowest = s.lowest
		if result.back = s.absent != 0; result.back {
			p.back = append(p.back, s)
		}
	} else {
		p.staged++
		result.slot = slot(-p.staged)
		if g := p.groups[a.id]; g != nil {
			g.stage(a, result)
		}
	}
	if known != nil {
		known.records++
		known.hierarchy = min(known.hierarchy, level(a.hierarchy))
		p.more[a.id] = append(p.more[a.id], extra{result.slot, lowest})
		return result
	}
	p.seen.add(first{id: a.id, slot: result.slot, records: 1, line: int32(a.line), hierarchy: level(a.hierarchy), lowest: lowest})
	return result
}

// match gives the standing activity of equal content that a record continues, or -1.
func (p *pairing) match(a arrival, before []standing, known *first, result *placed) int {
	switch {
	case len(before) == 0:
		return -1
	case known == nil && len(before) == 1:
		result.occurrence = before[0].occurrence
		if before[0].says(a.hash) {
			return 0
		}
		return -1
	}
	g := p.groups[a.id]
	if g == nil {
		g = p.group(a.id, before, known)
	}
	if i := g.named(a.continues); i >= 0 {
		g.paired[i] = true
		if before[i].says(a.hash) {
			return i
		}
		result.occurrence, result.said = a.continues, true
		return -1
	}
	return g.take(a.hash)
}

// group begins the bookkeeping of an identity that turned out to be several.
func (p *pairing) group(id identity, before []standing, known *first) *group {
	g := &group{standing: before, byHash: map[string][]int{}, at: make(map[int]int, len(before)), paired: make([]bool, len(before)), last: map[string]int64{}}
	for i, s := range before {
		g.byHash[string(s.hash)] = append(g.byHash[string(s.hash)], i)
		if s.given != nil {
			g.byHash[string(s.given)] = append(g.byHash[string(s.given)], i)
		}
		g.at[s.occurrence] = i
	}
	switch {
	case known == nil || known.records != 1:
	case known.slot > 0:
		i := slices.IndexFunc(before, func(s standing) bool { return slot(s.version) == known.slot })
		g.paired[i], g.last[before[i].updated] = true, before[i].version
	default:
		g.staged, g.anew = append(g.staged, known.slot), true
	}
	p.groups[id] = g
	return g
}

// keepsOrder notes that a record says what stands, and tells whether it may go on as that version: of equal
// identifiers of one date the later in the newest file counts, which is the greater version. One behind
// which a smaller version stood, or that was staged, is followed by staged ones.
func (g *group) keepsOrder(starts int, s standing) bool {
	keeps := starts == 0 || !g.anew && g.last[s.updated] < s.version
	if keeps {
		g.last[s.updated] = max(g.last[s.updated], s.version)
	}
	return keeps
}

// stage notes that a record is staged; one that says what it continues is not paired at the end.
func (g *group) stage(a arrival, p placed) {
	g.last[a.updated] = stagedLast
	if !p.said {
		g.staged = append(g.staged, p.slot)
	}
}

// named gives the free activity of an occurrence, or -1.
func (g *group) named(occurrence int) int {
	if i, stands := g.at[occurrence]; stands && !g.paired[i] {
		return i
	}
	return -1
}

// take pairs a record with the first free activity of equal content, or gives -1.
func (g *group) take(hash []byte) int {
	for equal := g.byHash[string(hash)]; len(equal) > 0; {
		i := equal[0]
		equal = equal[1:]
		g.byHash[string(hash)] = equal
		if !g.paired[i] {
			g.paired[i] = true
			return i
		}
	}
	return -1
}

// settle pairs what is left of a group in the order of the file and gives the occurrence of
// each staged record; more records than activities get new occurrences.
func (g *group) settle() map[slot]int {
	occurrences := make(map[slot]int, len(g.staged))
	last, next := 0, 0
	for _, s := range g.standing {
		last = max(last, s.occurrence)
	}
	for _, staged := range g.staged {
		for next < len(g.standing) && g.paired[next] {
			next++
		}
		if next < len(g.standing) {
			g.paired[next] = true
			occurrences[staged] = g.standing[next].occurrence
			continue
		}
		last++
		occurrences[staged] = last
	}
	return occurrences
}

// holds tells whether the file held an activity that stands in the source. Groups must be
// settled before.
func (p *pairing) holds(id identity, occurrence int) bool {
	if g := p.groups[id]; g != nil {
		i, stands := g.at[occurrence]
		return stands && g.paired[i]
	}
	return p.seen.find(id) != nil
}

// unchanged tells whether the file holds what stands as it is.
func (p *pairing) unchanged(id identity, s standing) bool {
	known := p.seen.find(id)
	return known != nil && (known.slot == slot(s.version) || slices.ContainsFunc(p.more[id], func(e extra) bool { return e.slot == slot(s.version) }))
}

// stays tells whether what stands goes on standing when nothing is absent: the file holds it as it is, or
// does not hold it. Groups must be settled before.
func (p *pairing) stays(id identity, s standing) bool {
	return p.unchanged(id, s) || !p.holds(id, s.occurrence)
}
