package coverage

import (
	"encoding/binary"
	"slices"
	"strings"

	"resolute/internal/search"
)

// packer writes activities as records: numbers of variable length, texts by their numbers in a
// dictionary. A record takes a twentieth of what the activity takes as a struct, and no pointer.
type packer struct {
	texts, ties *dictionary
	records     []byte
	ends        []uint32      // of each record
	words       []string      // of each record
	lists       *search.Lists // in place of the words: those of a block, whose rows have new numbers
	renumbered  []int
	tie         []byte
}

// list notes the words of the records, which are numbered from one on.
func (p *packer) list(to *search.Lister, from int) {
	for i, words := range p.words {
		to.Add(from+i, words)
	}
	if p.lists != nil {
		for i, row := range p.renumbered {
			if row >= 0 {
				p.renumbered[i] = from + row
			}
		}
		to.AddAll(p.lists, p.renumbered)
	}
}

// add writes one activity behind the others. What follows from the rest is left out.
func (p *packer) add(a *activity) {
	p.text(a.key)
	p.text(a.identifier)
	p.namings(a)
	p.words = append(p.words, a.words+a.partyMarks())
	p.number(uint64(a.version))
	for _, repeated := range []string{a.reporter, a.reporterName, a.source, a.kind, a.sector, a.level, a.status} {
		p.number(uint64(p.texts.number(repeated)))
	}
	p.number(uint64(a.updated))
	p.number(uint64(a.starts))
	p.number(uint64(a.ends))
	p.records = append(p.records, flagOf(a.dated, 0)|flagOf(a.lowest, 1)|flagOf(a.repeated, 2))
	p.number(uint64(len(a.title)))
	for _, t := range a.title {
		p.number(uint64(p.texts.number(string(t.lang))))
		p.text(t.text)
	}
	p.parties(a)
	p.bonds(a)
	p.places(a)
	p.flows(a)
	p.number(uint64(len(a.proofs)))
	for _, x := range a.proofs {
		p.number(uint64(p.texts.number(x.kind)))
		p.number(uint64(x.day))
	}
	p.number(uint64(a.locations))
	p.ends = append(p.ends, uint32(len(p.records)))
}

func (p *packer) parties(a *activity) {
	p.number(uint64(len(a.organisations)))
	for i, id := range a.organisations {
		p.number(uint64(id))
		p.records = append(p.records, a.parts[i])
	}
	p.number(uint64(p.texts.number(strings.Join(a.roles, roleBreak))))
}

// roleBreak parts the roles of a set where they are one text.
const roleBreak = "\x1f"

func (p *packer) places(a *activity) {
	p.number(uint64(len(a.places)))
	for _, l := range a.places {
		p.records = appendLink(p.records, l)
	}
}

func (p *packer) flows(a *activity) {
	p.number(uint64(len(a.flows)))
	for _, w := range a.flows {
		p.records = append(p.records, byte(w.figure))
		p.number(uint64(w.day))
		p.number(uint64(p.texts.number(w.currency.Value())))
		p.number(uint64(w.txn))
		p.records = binary.AppendVarint(p.records, int64(w.cents))
	}
}

// bonds writes the links of an activity by their number when no transaction has any of its own,
// since many activities have the same ones. Without a number they stand in the record.
func (p *packer) bonds(a *activity) {
	p.tie = appendTies(p.tie[:0], a, p.texts)
	n := uint32(0)
	if !slices.ContainsFunc(slices.Concat(a.links.all, a.refused), func(l link) bool { return l.txn > 0 }) {
		n = p.ties.number(string(p.tie))
	}
	if p.number(uint64(n)); n == 0 {
		p.text(string(p.tie))
	}
}

// appendTies writes the links, what people refused, what the matrix proposes, and the paragraphs,
// which are rows of one instrument or another.
func appendTies(to []byte, a *activity, texts *dictionary) []byte {
	for _, list := range [][]link{a.links.all, a.refused} {
		to = binary.AppendUvarint(to, uint64(len(list)))
		for _, l := range list {
			to = appendLink(append(to, byte(l.kind)), l)
		}
	}
	to = binary.AppendUvarint(to, uint64(len(a.threads)))
	for _, x := range a.threads {
		to = appendLink(binary.AppendUvarint(to, uint64(texts.number(x.thread))), x.link)
	}
	if a.proposal == nil {
		return append(to, 0)
	}
	to = append(to, 1)
	for _, rows := range [][]int16{a.proposal.goals, a.proposal.targets} {
		to = binary.AppendUvarint(to, uint64(len(rows)))
		for _, row := range rows {
			to = binary.AppendUvarint(to, uint64(row+1))
		}
	}
	return to
}

// appendLink writes a link but for its kind. Rows and shares begin at -1.
func appendLink(to []byte, l link) []byte {
	to = binary.AppendUvarint(to, uint64(l.row+1))
	to = binary.AppendUvarint(to, uint64(l.share+1))
	return binary.AppendUvarint(to, uint64(l.txn)<<1|uint64(flagOf(l.open, 0)))
}

func flagOf(claim bool, place int) byte {
	if claim {
		return 1 << place
	}
	return 0
}

func (p *packer) number(n uint64) { p.records = binary.AppendUvarint(p.records, n) }

func (p *packer) text(s string) {
	p.number(uint64(len(s)))
	p.records = append(p.records, s...)
}
