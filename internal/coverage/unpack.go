package coverage

import (
	"strings"
	"unique"

	"resolute"
)

// unpacker reads records into one activity, whose lists are used again and again: what it gives is
// good until it gives the next. It is for one goroutine.
type unpacker struct {
	book     *book
	united   *united
	texts    []string
	ties     []string
	known    *knownTies
	money    []currency // by number of the code
	roleSets map[uint32][]string
	record   string // what is left of the one being read
	reporter uint32 // numbers of the texts of the one read last
	source   uint32
	roleSet  uint32
	a        activity
	own      ties // of an activity that shares its links with none that is known
}

func (x *stock) unpacker(b *book) *unpacker {
	return &unpacker{book: b, texts: x.texts.texts(), ties: x.ties.texts(), known: b.tiesOf(x.ties), roleSets: map[uint32][]string{}}
}

// read reads one record.
func (u *unpacker) read(record string) *activity {
	u.record = record
	a := &u.a
	a.key, a.identifier, a.namings, a.under = u.text(), u.text(), a.namings[:0], 0
	for range u.number() {
		a.namings = append(a.namings, u.naming())
	}
	u.counts() // are in the flows
	a.version = int64(u.number())
	u.reporter, a.reporterName, u.source = uint32(u.number()), u.repeated(), uint32(u.number())
	a.reporter, a.source = u.texts[u.reporter], u.texts[u.source]
	a.kind, a.sector, a.level, a.status = u.repeated(), u.repeated(), u.repeated(), u.repeated()
	a.updated, a.starts, a.ends = stamp(u.number()), u.day(), u.day()
	flags := u.byte()
	a.dated, a.lowest, a.repeated = flags&1 != 0, flags&2 != 0, flags&4 != 0
	a.title = a.title[:0]
	for range u.number() {
		lang := u.repeated()
		a.title = append(a.title, titleIn{resolute.Lang(lang), u.text()})
	}
	u.parties()
	u.bonds()
	a.places = u.links(a.places[:0], false)
	a.own = txnsOf(a.own, a.links.all, a.places)
	u.flows()
	a.proofs = a.proofs[:0]
	for range u.number() {
		kind := u.repeated()
		a.proofs = append(a.proofs, proof{kind, u.day()})
	}
	a.locations = uint32(u.number())
	a.coded, a.settled.known = false, false
	return a
}

func (u *unpacker) parties() {
	a := &u.a
	a.organisations, a.parts = a.organisations[:0], a.parts[:0]
	var known finder[int64]
	for range u.number() {
		id, roles := u.united.of(int64(u.number())), u.byte()
		if at := known.find(a.organisations, id); at >= 0 {
			a.parts[at] |= roles
			continue
		}
		a.organisations, a.parts = append(a.organisations, id), append(a.parts, roles)
	}
	u.roleSet = uint32(u.number())
	roles, read := u.roleSets[u.roleSet]
	if !read && u.roleSet > 0 {
		roles = strings.Split(u.texts[u.roleSet], roleBreak)
		u.roleSets[u.roleSet] = roles
	}
	a.roles = roles
}

// bonds reads the links, or finds those that are shared.
func (u *unpacker) bonds() {
	a, t := &u.a, (*ties)(nil)
	if n := u.number(); n > 0 {
		t = u.known.get(n, func(t *ties) { u.tie(t, u.ties[n]) })
		a.ties = t
	} else {
		t = &u.own
		u.tie(t, u.text())
		a.ties = nil
	}
	a.links, a.refused, a.proposal = t.links, t.refused, t.proposal
}

// tie reads what appendTies wrote, with the paragraphs that are rows of the book.
func (u *unpacker) tie(t *ties, packed string) {
	rest := u.record
	defer func() { u.record = rest }()
	u.record = packed
	links, refused := u.links(t.room[0][:0], true), u.links(t.room[1][:0], true)
	for range u.number() {
		n := uint32(u.number())
		l := u.link(toThread)
		if l.row = u.book.rowOfThread(u.texts[n]); l.row != noRow {
			links = takeThread(links, l)
		}
	}
	t.room = [2][]link{links, refused}
	t.links, t.refused = arrange(links), refused
	t.proposal = nil
	if u.byte() == 1 {
		t.proposal = &t.proposed
		t.proposed.goals = u.rows(t.proposed.goals[:0])
		t.proposed.targets = u.rows(t.proposed.targets[:0])
	}
}

func (u *unpacker) rows(list []int16) []int16 {
	for range u.number() {
		list = append(list, int16(u.number())-1)
	}
	return list
}

func (u *unpacker) links(list []link, kinds bool) []link {
	for range u.number() {
		k := kind(0)
		if kinds {
			k = kind(u.byte())
		}
		list = append(list, u.link(k))
	}
	return list
}

func (u *unpacker) link(k kind) link {
	l := link{kind: k, row: int16(u.number()) - 1, share: int64(u.number()) - 1}
	n := u.number()
	l.txn, l.open = int32(n>>1), n&1 != 0
	return l
}

func (u *unpacker) flows() {
	a := &u.a
	a.flows, a.firstFlow, a.lastFlow = a.flows[:0], 0, 0
	for range u.number() {
		w := flow{figure: figure(u.byte()), day: u.day(), currency: u.currency(uint32(u.number())), txn: int32(u.number()), cents: resolute.Cents(u.signed())}
		a.flows = append(a.flows, w)
		a.lastFlow = max(a.lastFlow, w.day)
		if a.firstFlow == 0 || w.day < a.firstFlow {
			a.firstFlow = w.day
		}
	}
}

func (u *unpacker) currency(n uint32) currency {
	for int(n) >= len(u.money) {
		u.money = append(u.money, currency{})
	}
	if u.money[n] == (currency{}) {
		u.money[n] = unique.Make(u.texts[n])
	}
	return u.money[n]
}

func (u *unpacker) byte() byte {
	b := u.record[0]
	u.record = u.record[1:]
	return b
}

func (u *unpacker) number() uint64 {
	s := u.record
	if s[0] < 0x80 {
		u.record = s[1:]
		return uint64(s[0])
	}
	n, shift := uint64(0), uint(0)
	for i := 0; ; i++ {
		n |= uint64(s[i]&0x7f) << shift
		if s[i] < 0x80 {
			u.record = s[i+1:]
			return n
		}
		shift += 7
	}
}

func (u *unpacker) signed() int64 {
	n := u.number()
	return int64(n>>1) ^ -int64(n&1)
}

func (u *unpacker) text() string {
	n := u.number()
	s := u.record[:n]
	u.record = u.record[n:]
	return s
}

func (u *unpacker) repeated() string { return u.texts[u.number()] }

func (u *unpacker) day() day { return day(u.number()) }
