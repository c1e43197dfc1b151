package coverage

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unique"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/framework"
	"resolute/internal/register"
	"resolute/internal/search"
)

// scaleOf is how many activities the benchmarks at scale look at; RESOLUTE_SCALE=1000000 are
// those of the whole IATI universe.
func scaleOf(t testing.TB) int {
	n, err := strconv.Atoi(os.Getenv("RESOLUTE_SCALE"))
	if err != nil {
		return 5_000
	}
	t.Logf("%d activities", n)
	return n
}

// crowd makes light activities as a large register holds them: places, lines, targets and
// organisations are frequent as by Zipf's law.
type crowd struct {
	random                                            *rand.Rand
	country, line, target, thread, organisation, word *rand.Zipf
	book                                              *book
	words                                             []string
}

func newCrowd(b *book, seed uint64, organisations int) *crowd {
	r := rand.New(rand.NewPCG(seed, 1))
	zipf := func(n int) *rand.Zipf { return rand.NewZipf(r, 1.1, 8, uint64(n-1)) }
	c := &crowd{random: r, book: b, country: zipf(len(b.countries.ids) - 1), line: zipf(len(b.lines.ids)), target: zipf(len(b.targets.ids)),
		thread: zipf(len(b.paragraphs)), organisation: zipf(organisations), word: zipf(20_000)}
	for i := range 20_000 {
		c.words = append(c.words, strings.TrimRight(strconv.FormatInt(int64(i)*7919+40_000, 36), "0123456789")+strconv.FormatInt(int64(i%997), 36)+"a")
	}
	return c
}

func (c *crowd) chance(percent int) bool { return c.random.IntN(100) < percent }

func (c *crowd) day() day {
	return day((2005+c.random.IntN(21))*10000 + (1+c.random.IntN(12))*100 + 1 + c.random.IntN(28))
}

func (c *crowd) pick(list ...string) string { return list[c.random.IntN(len(list))] }

// activity makes the nth one.
func (c *crowd) activity(n int) activity {
	a := activity{version: int64(n + 1), identifier: fmt.Sprintf("XM-SCALE-%d-%d", n%997, n), reporter: fmt.Sprintf("XM-SCALE-%d", n%997),
		reporterName: fmt.Sprintf("Agency %d of the plain", n%997), source: fmt.Sprintf("agency-%d.xml", n%997), kind: c.pick("project", "project", "training", ""),
		sector: c.pick("", "", "D"), level: c.pick("", "national", "regional"), status: c.pick("2", "2", "4", "1", "3"), dated: c.chance(95), lowest: true, locations: uint32(n % 3)}
	a.key = register.Key(a.reporter, a.identifier, a.source, 1)
	a.updated = stamp(c.day())*1_000_000 + 101500
	if a.dated {
		a.starts = c.day()
		if c.chance(80) {
			a.ends = a.starts + day(1+c.random.IntN(5))*10000
		}
	}
	var title []string
	for range 4 + c.random.IntN(5) {
		title = append(title, c.words[c.word.Uint64()])
	}
	a.title = append(a.title, titleIn{"en", strings.Join(title, " ")})
	for range 12 + c.random.IntN(10) {
		title = append(title, c.words[c.word.Uint64()])
	}
	a.words = search.Padded(search.Index(strings.Join(title, " "), a.identifier)...)
	c.tie(&a)
	for range 1 + c.random.IntN(3) {
		a.takesPart(&finder[int64]{}, 1+int64(c.organisation.Uint64()), c.pick("1", "2", "3", "4"))
		a.roles = appendNew(a.roles, c.pick("1", "2", "3", "4"))
	}
	for i := range c.random.IntN(4) {
		a.flows = append(a.flows, flow{cents: resolute.Cents(c.random.Int64N(1e10)), day: c.day(), currency: unique.Make(c.pick("USD", "USD", "EUR", "JPY")), txn: int32(i + 1),
			figure: figure(c.random.IntN(3))})
	}
	for range c.random.IntN(3) {
		a.proofs = append(a.proofs, proof{c.pick("start", "end", "document", "result"), c.day()})
	}
	return a
}

// tie gives it places, lines, targets with their goals, paragraphs, and what the matrix proposes.
func (c *crowd) tie(a *activity) {
	b := c.book
	if c.chance(97) {
		a.places = append(a.places, link{row: int16(c.country.Uint64()), share: -1})
	}
	var tags []register.Tag
	for range 1 + c.random.IntN(2) {
		tags = append(tags, register.Tag{Scheme: framework.ActionLine, Code: b.lines.ids[c.line.Uint64()], Share: register.NoShare, Basis: register.Stated})
	}
	for range c.random.IntN(5) {
		tags = append(tags, register.Tag{Scheme: framework.Target, Code: b.targets.ids[c.target.Uint64()], Share: register.NoShare, Basis: register.Stated})
	}
	for _, t := range tags {
		k := kindOf[t.Scheme]
		a.links.all = appendNew(a.links.all, link{kind: k, row: b.rowOf(k, t.Code), share: -1})
		if k == toTarget {
			goal, _, _ := strings.Cut(t.Code, ".")
			a.links.all = appendNew(a.links.all, link{kind: toGoal, row: b.rowOf(toGoal, goal), share: -1})
		}
	}
	b.proposer.propose(a, tags, b)
	for range c.random.IntN(4) {
		a.threads = append(a.threads, answer{b.paragraphs[c.thread.Uint64()].Thread, link{row: noRow, share: -1, open: c.chance(20)}})
	}
}

// crowded makes a snapshot of so many activities.
func crowded(t testing.TB, n int) *snapshot {
	t.Helper()
	b := builtinBook()
	organisations := max(50, n/6)
	f := &facts{head: audit.Head{Seq: 1, At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).UnixMilli()}, stock: newStock(), names: map[int64]Organisation{}}
	for id := range int64(organisations + 1) {
		f.names[id] = Organisation{ID: id, Name: fmt.Sprint("Organisation ", id)}
	}
	parts := newBlocks((n + batchSize - 1) / batchSize)
	var crew sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		crew.Go(func() {
			for i := w; i < len(parts.batches); i += runtime.GOMAXPROCS(0) {
				c := newCrowd(b, uint64(i), organisations)
				var batch []activity
				for k := i * batchSize; k < min(n, (i+1)*batchSize); k++ {
					batch = append(batch, c.activity(k))
				}
				parts.put(i, f.pack(batch))
			}
		})
	}
	crew.Wait()
	f.pieces = parts.pieces
	f.count(b)
	return &snapshot{facts: f, book: b}
}

// heap is how many bytes live after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// anyWord gives the first word of the first title.
func (s *snapshot) anyWord() string {
	word, _, _ := strings.Cut(s.facts.at(s.facts.unpacker(s.book), at{}).title[0].text, " ")
	return word
}

func BenchmarkScale(b *testing.B) {
	before := heap()
	began := time.Now()
	s := crowded(b, scaleOf(b))
	b.Logf("made in %s, %d pieces, heap %d MB, %d sets of links", time.Since(began).Round(time.Millisecond), len(s.facts.pieces), (heap()-before)>>20, len(s.facts.ties.texts()))
	n := 0
	fresh := func() resolute.Period { // one that nobody asked for yet
		n++
		return resolute.Period{From: fmt.Sprintf("20%02d-%02d-%02d", 10+n/336%10, 1+n/28%12, 1+n%28)}
	}
	b.Run("walk", func(b *testing.B) {
		for b.Loop() {
			walkTogether(&s.facts.stock, s.book, nil, func() *int { return new(int) }, func(n *int, a *activity) { *n += len(a.flows) }, func(*int) {})
		}
	})
	for _, by := range []string{ByProvision, ByLine, ByTarget, ByCountry} {
		b.Run("table by "+by, func(b *testing.B) {
			for b.Loop() {
				s.tally(Query{By: by, Period: fresh()})
			}
		})
	}
	b.Run("matrix", func(b *testing.B) {
		for b.Loop() {
			s.matrix(MatrixQuery{Period: fresh()})
		}
	})
	b.Run("grid", func(b *testing.B) {
		s.grid(GridQuery{}) // splits all flows, once for each block
		for b.Loop() {
			s.grid(GridQuery{Period: fresh()})
		}
	})
	b.Run("word", func(b *testing.B) {
		q := search.ParseQuery(s.anyWord()[:3])
		for b.Loop() {
			for _, p := range s.facts.pieces {
				p.words.Find(q)
			}
		}
	})
	b.Run("gaps", func(b *testing.B) {
		for b.Loop() {
			p := fresh()
			p.To = "2026-12-31"
			s.gaps(GapQuery{Period: p})
		}
	})
	filters := map[string]Filter{"none": {}, "frequent line": {Lines: []string{s.book.lines.ids[0]}}, "line and region": {Lines: []string{s.book.lines.ids[1]}, Regions: []string{"AFR"}},
		"target, status, role": {Targets: []string{s.book.targets.ids[2]}, Statuses: []string{"2"}, Roles: []string{"4"}}, "group": {Groups: []string{"LDC"}}, "state": {States: []string{Answered}},
		"word": {Text: s.anyWord()}, "paragraph of one country": {Threads: []string{s.book.paragraphs[0].ID}, Areas: []string{s.book.countries.ids[3]}}}
	for name, f := range filters {
		b.Run("list of "+name, func(b *testing.B) {
			for b.Loop() {
				s.find(f, resolute.Period{})
			}
		})
		b.Run("list of "+name+" in a period", func(b *testing.B) {
			for b.Loop() {
				s.find(f, fresh())
			}
		})
	}
	for _, sort := range Sorts {
		b.Run("page by "+sort, func(b *testing.B) {
			q := ListQuery{Sort: sort, Lang: "en", Limit: 50, Filter: filters["frequent line"]}
			f := s.found(q)
			for b.Loop() {
				s.page(q, f, nil)
			}
		})
	}
	b.Logf("heap %d MB", (heap()-before)>>20)
	runtime.KeepAlive(s)
}
