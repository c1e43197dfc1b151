package register

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/iati"
)

// Rules of findings that the register adds to those of the codec.
const (
	FindingUnknownCode = "unknown-code"
	FindingDuplicate   = "duplicate-identifier"
)

// MandateAddress begins the vocabulary address under which an activity names paragraphs of an
// instrument; the key of the instrument follows ("itu:wtdc/res/30"). A code is an alias ("R8")
// or the path of a thread ("resolves_8").
const MandateAddress = "https://resolute.example/mandate/"

// sdgTags and sdgSectors are the IATI vocabularies of the Sustainable Development Goals: tags
// from 2.03 on, sectors before (IATI TagVocabulary, SectorVocabulary).
var (
	sdgTags    = map[string]string{"2": framework.Goal, "3": framework.Target}
	sdgSectors = map[string]string{"7": framework.Goal, "8": framework.Target, "9": framework.Indicator}
)

// ownVocabularies are the reporting organisation's own ones, told apart by their address: 99,
// and 98 for a second (IATI SectorVocabulary).
var ownVocabularies = []string{"99", "98"}

// sdgResults is the vocabulary of SDG indicators in references of results (IATI
// IndicatorVocabulary).
const sdgResults = "9"

// statedCode is a code as an activity states it: of a vocabulary, and of its address where it has one.
type statedCode struct{ vocabulary, uri, code string }

// codeFinding is a finding about a code that is stated, and why, without where.
type codeFinding struct {
	resolute.Finding
	about statedCode
	why   string
}

// statement gathers what an activity states: one row for each level, scheme and code.
type statement struct {
	book     *Rulebook
	record   string
	tags     []Tag
	links    []Link
	findings []codeFinding
	unknown  map[string]bool // codes told of already

	tagAt  index[tagKey]
	linkAt index[string] // by thread
}

// stated reads what an activity states of itself and of its transactions.
func (b *Rulebook) stated(a iati.Activity) statement {
	s := statement{book: b, record: a.Identifier, unknown: map[string]bool{}}
	s.level(0, a.Sectors, a.Tags)
	for i, t := range a.Transactions {
		s.level(i+1, t.Sectors, nil)
	}
	for _, r := range a.Results {
		for _, i := range r.Indicators {
			for _, ref := range i.References {
				if ref.Vocabulary == sdgResults {
					s.concept(0, framework.Indicator, "indicator reference", "result", iati.Code{Vocabulary: sdgResults, Code: ref.Code, Share: iati.NotStated, Line: i.Line})
				}
			}
		}
	}
	s.implied()
	return s
}

func (s *statement) level(txn int, sectors, tags []iati.Code) {
	for _, c := range sectors {
		switch scheme := sdgSectors[c.Vocabulary]; {
		case scheme != "":
			s.concept(txn, scheme, "sector", "sector", c)
		case c.Vocabulary == "1" || c.Vocabulary == "2":
			s.dac(txn, c)
		default:
			s.own(txn, "sector", c)
		}
	}
	for _, c := range tags {
		if scheme := sdgTags[c.Vocabulary]; scheme != "" {
			s.concept(txn, scheme, "tag", "tag", c)
		} else {
			s.own(txn, "tag", c)
		}
	}
}

// own reads a code of a publisher's vocabulary; one whose address nobody here knows is not ours.
func (s *statement) own(txn int, element string, c iati.Code) {
	if !slices.Contains(ownVocabularies, c.Vocabulary) || c.URI == "" {
		return
	}
	if instrument, ok := strings.CutPrefix(c.URI, MandateAddress); ok {
		s.link(instrument, element, c)
		return
	}
	if scheme, ok := s.book.catalogue.SchemeByAddress(c.URI); ok {
		s.concept(txn, scheme, element, element, c)
	} else if name, ours := ownScheme(c.URI); ours {
		s.noScheme(element, name, c)
	}
}

// dac keeps a DAC purpose code (five digits) or category (three): a transaction that states
// sectors replaces those of its activity, whatever they mean here.
func (s *statement) dac(txn int, c iati.Code) {
	if c.Code != "" {
		s.add(Tag{Txn: txn, Scheme: DACSector, Code: c.Code, Share: Share(c.Share), Basis: Stated, Rule: "sector:" + c.Vocabulary, Line: c.Line})
	}
}

// concept states a concept of a known scheme, spelled as its table spells it.
func (s *statement) concept(txn int, scheme, element, origin string, c iati.Code) {
	code, ok := s.book.spell(scheme, c.Code)
	if !ok {
		s.tell(element, c, "a code of "+scheme, "no such code in "+scheme)
		return
	}
	s.add(Tag{Txn: txn, Scheme: scheme, Code: code, Share: Share(c.Share), Basis: Stated, Rule: origin + ":" + c.Vocabulary, Line: c.Line})
}

// link states a paragraph of an instrument. On a transaction it speaks for the activity too.
func (s *statement) link(instrument, element string, c iati.Code) {
	thread, ok := s.book.thread(instrument, c.Code)
	if !ok {
		s.tell(element, c, "an alias or a path of "+instrument, "no such paragraph of "+instrument)
		return
	}
	if i := s.linkAt.find(thread, len(s.links), func(i int) string { return s.links[i].Thread }); i >= 0 {
		s.links[i].Share = firstStated(s.links[i].Share, Share(c.Share))
		return
	}
	s.links = append(s.links, Link{Thread: thread, Share: Share(c.Share), Basis: Stated, Rule: element + ":" + c.Vocabulary, Line: c.Line})
}

// tell notes a code that does not exist, once for each code of an activity.
func (s *statement) tell(element string, c iati.Code, expected, why string) {
	why += "; kept in the document, not counted"
	key := element + "\x00" + c.Vocabulary + "\x00" + c.URI + "\x00" + c.Code
	if s.unknown[key] {
		return
	}
	s.unknown[key] = true
	s.findings = append(s.findings, codeFinding{resolute.Finding{Rule: FindingUnknownCode, Severity: resolute.SeverityWarning, Record: s.record, Line: c.Line, Column: c.Column,
		Path: element, Found: c.Code, Expected: expected,
		Message: fmt.Sprintf("%s vocabulary %s, code %q: %s", element, c.Vocabulary, c.Code, why)}, statedCode{c.Vocabulary, c.URI, c.Code}, why})
}

// add states a tag. The same link twice is one: a stated share stands, and shares of one
// vocabulary printed in parts are added (oracle rule 8).
func (s *statement) add(t Tag) {
	i := s.tagAt.find(t.key(), len(s.tags), func(i int) tagKey { return s.tags[i].key() })
	if i < 0 {
		s.tags = append(s.tags, t)
		return
	}
	have := &s.tags[i]
	if have.Rule == t.Rule {
		have.Share = added(have.Share, t.Share)
	} else {
		have.Share = firstStated(have.Share, t.Share)
	}
}

func firstStated(a, b Share) Share {
	if a == NoShare {
		return b
	}
	return a
}

// implied adds what a stated indicator says of its target, and a stated target of its goal.
func (s *statement) implied() {
	s.broader(framework.Indicator, framework.Target, ruleIndicator)
	s.broader(framework.Target, framework.Goal, ruleTargetGoal)
}

// broader states for each concept of one scheme its parent in another. Its share is the sum of
// theirs when all are stated; a share that the parent states itself stands (oracle rule 12).
func (s *statement) broader(from, to, rule string) {
	type parent struct {
		tagKey
		share  Share
		shared bool
		of     []string
		line   int
	}
	var parents []parent
	var at index[tagKey]
	for _, t := range s.tags {
		if t.Scheme != from {
			continue
		}
		code, ok := s.book.parent(from, t.Code)
		if !ok {
			continue
		}
		key := tagKey{t.Txn, to, code}
		i := at.find(key, len(parents), func(i int) tagKey { return parents[i].tagKey })
		if i < 0 {
			parents = append(parents, parent{tagKey: key, shared: true, line: t.Line})
			i = len(parents) - 1
		}
		p := &parents[i]
		p.of = append(p.of, t.Code)
		p.shared = p.shared && t.Share != NoShare
		p.share = min(p.share+t.Share, mostStated)
	}
	for _, p := range parents {
		if !p.shared {
			p.share = NoShare
		}
		s.add(Tag{Txn: p.txn, Scheme: p.scheme, Code: p.code, Share: p.share, Basis: Stated, Rule: rule, Reason: strings.Join(p.of, ", "), Line: p.line})
	}
}
