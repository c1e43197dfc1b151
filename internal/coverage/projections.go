package coverage

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unique"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/register"
	"resolute/internal/search"
)

// title is the title of an activity in the languages it has, two or three of them.
type title []titleIn

type titleIn struct {
	lang resolute.Lang
	text string
}

// text gives the title as answers hold it.
func (t title) text() resolute.Text {
	if len(t) == 0 {
		return nil
	}
	text := make(resolute.Text, len(t))
	for _, x := range t {
		text[x.lang] = x.text
	}
	return text
}

// in gives the title in a language, or in that it falls back to.
func (t title) in(want resolute.Lang) string {
	for _, x := range t {
		if x.lang == want && x.text != "" {
			return x.text
		}
	}
	text, _ := t.text().In(want)
	return text
}

func readTitles(ctx context.Context, q db.Queryer, r reader) error {
	var lang, text string
	return r.each(ctx, q, `SELECT x.version, x.lang, x.text FROM title`+r.joined(`x.lang`), []any{&lang, &text}, func(a *activity) {
		a.title = append(a.title, titleIn{resolute.Lang(r.one(lang)), text})
	})
}

// readWords keeps the words of a batch in one text, which takes less room than a thousand.
func readWords(ctx context.Context, q db.Queryer, r reader) error {
	var tokens string
	all := make([]byte, 0, 600*len(r.batch))
	ends := map[*activity][2]int{}
	err := r.each(ctx, q, `SELECT x.version, x.tokens FROM words`+r.joined(`x.version`), []any{&tokens}, func(a *activity) {
		begin := len(all)
		all = append(append(append(all, ' '), tokens...), ' ')
		ends[a] = [2]int{begin, len(all)}
	})
	text := string(all)
	for a, at := range ends {
		a.words = text[at[0]:at[1]] + r.reporterWords(a)
	}
	return err
}

// reporterWords gives the words of the name of the reporter and of its reference.
func (r reader) reporterWords(a *activity) string {
	key := a.reporter + "\x00" + a.reporterName
	words, known := r.reporters[key]
	if !known {
		words = search.Padded(search.Index(a.reporterName, a.reporter)...)
		r.reporters[key] = words
	}
	return words
}

// readLocations counts the locations of each activity; they are read where they are listed.
func readLocations(ctx context.Context, q db.Queryer, r reader) error {
	var n int64
	return r.each(ctx, q, `SELECT x.version, COUNT(*) FROM location x WHERE x.version `+r.versions+` GROUP BY x.version ORDER BY x.version`, []any{&n}, func(a *activity) {
		a.locations = uint32(n)
	})
}

func readTransactions(ctx context.Context, q db.Queryer, r reader) error {
	var w flow
	var kind, code, on string
	var usable int64
	return r.each(ctx, q, `SELECT x.version, x.n, x.type, x.day, x.currency, x.cents, x.usable FROM txn`+r.joined(`x.n`),
		[]any{&w.txn, &kind, &on, &code, &w.cents, &usable}, func(a *activity) {
			var known bool
			if w.figure, known = figureOf[kind]; known && usable == 1 {
				w.day, w.currency = dayOf(on), unique.Make(code)
				a.flows = append(a.flows, w)
			}
		})
}

// readCounterparts reads which other activities transactions name.
func readCounterparts(ctx context.Context, q db.Queryer, r reader) error {
	var txn int32
	var provider, receiver string
	return r.each(ctx, q, `SELECT x.version, x.n, x.provider, x.receiver FROM counterpart`+r.joined(`x.n`), []any{&txn, &provider, &receiver}, func(a *activity) {
		a.names(txn, r.one(register.FoldIdentifier(provider)), r.one(register.FoldIdentifier(receiver)))
	})
}

func readBudgets(ctx context.Context, q db.Queryer, r reader) error {
	w := flow{figure: budgets}
	var code, on string
	var usable int64
	return r.each(ctx, q, `SELECT x.version, x.starts, x.currency, x.cents, x.usable FROM budget`+r.joined(`x.n`),
		[]any{&on, &code, &w.cents, &usable}, func(a *activity) {
			if usable == 1 && a.lowest {
				w.day, w.currency = dayOf(on), unique.Make(code)
				a.flows = append(a.flows, w)
			}
		})
}

func readParticipants(ctx context.Context, q db.Queryer, r reader) error {
	var organisation int64
	var role, name string
	var parties finder[int64]
	var roles finder[string]
	var of *activity
	return r.each(ctx, q, `SELECT x.version, x.organisation, x.role, x.name FROM participant`+r.joined(`x.n`), []any{&organisation, &role, &name}, func(a *activity) {
		if a != of {
			of, parties, roles = a, finder[int64]{}, finder[string]{}
		}
		a.takesPart(&parties, r.parts.Of(organisation, name), role)
		if role != "" && roles.find(a.roles, role) < 0 {
			a.roles = append(a.roles, r.one(role))
		}
	})
}

func readProofs(ctx context.Context, q db.Queryer, r reader) error {
	var p proof
	var on string
	return r.each(ctx, q, `SELECT x.version, x.kind, x.day FROM evidence`+r.joined(`x.n`), []any{&p.kind, &on},
		func(a *activity) {
			p.kind, p.day = r.one(p.kind), dayOf(on)
			a.proofs = append(a.proofs, p)
		})
}

// readTags reads tags and lays the decisions of people over them. Refused ones are left out; those
// derived and not confirmed are open. What the matrix proposes is derived from the others.
func readTags(ctx context.Context, q db.Queryer, r reader, rulings *register.Rulings, b *book) error {
	var t register.Tag
	var tags []register.Tag
	return r.eachActivity(ctx, q, `SELECT x.version, x.txn, x.scheme, x.code, x.share, x.basis, x.rule FROM tag`+r.joined(`x.n`, askedFor),
		[]any{&t.Txn, &t.Scheme, &t.Code, &t.Share, &t.Basis, &t.Rule},
		func() { tags = append(tags, t) },
		func(a *activity) {
			if rulings.MayReach(a.key, register.MatrixRule) {
				tags = append(tags, b.proposer.matrix.Derive(tags)...)
			} else {
				b.proposer.propose(a, tags, b)
			}
			a.takeTags(rulings.Tags(a.about(b), tags), b)
			tags = tags[:0]
		})
}

// readLinks reads mandate links as readTags does tags.
func readLinks(ctx context.Context, q db.Queryer, r reader, rulings *register.Rulings, b *book) error {
	var l register.Link
	var links []register.Link
	return r.eachActivity(ctx, q, `SELECT x.version, x.thread, x.share, x.basis, x.rule FROM mandate_link`+r.joined(`x.n`),
		[]any{&l.Thread, &l.Share, &l.Basis, &l.Rule},
		func() {
			l.Thread = r.one(l.Thread)
			links = append(links, l)
		},
		func(a *activity) {
			a.takeLinks(rulings.Links(a.about(b), links))
			links = links[:0]
		})
}

// askedFor limits tags to those that any walk looks at. The condition on the rule, which all meet, lets
// SQLite read the narrow index.
var askedFor = ` AND x.rule <> '` + register.MatrixRule + `' AND x.scheme IN ('` + strings.Join(slices.Sorted(maps.Keys(kindOf)), `', '`) + `')`

// about is what decisions ask of an activity, whose places are read.
func (a *activity) about(b *book) register.Facts {
	about := register.Facts{Key: a.key, Reporter: a.reporter}
	for _, p := range a.places {
		if p.row != noRow {
			about.Countries = appendNew(about.Countries, b.countries.ids[p.row])
		}
	}
	return about
}

func (a *activity) takeTags(tags []register.ReviewedTag, b *book) {
	for _, t := range tags {
		k, asked := kindOf[t.Scheme]
		if !asked {
			continue
		}
		l := link{kind: k, txn: int32(t.Txn), row: b.rowOf(k, t.Code), share: int64(t.Share), open: !register.Counted(t.Basis, t.Review)}
		if t.Review == register.Refused {
			a.refused = append(a.refused, l)
			continue
		}
		a.links.all = append(a.links.all, l)
	}
}

func (a *activity) takeLinks(links []register.ReviewedLink) {
	for _, l := range links {
		if l.Review != register.Refused {
			a.threads = append(a.threads, answer{l.Thread, link{row: noRow, share: int64(l.Share), open: !register.Counted(l.Basis, l.Review)}})
		}
	}
}

// takeThread adds a link to a paragraph: of two threads that were joined, one that counts.
func takeThread(links []link, l link) []link {
	at := slices.IndexFunc(links, func(known link) bool { return known.kind == toThread && known.row == l.row })
	switch {
	case at < 0:
		return append(links, l)
	case links[at].open:
		links[at] = l
	}
	return links
}

func appendNew[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}
