package mandate

import (
	"strconv"
	"strings"
	"sync"
)

// The reasons why a part of the structure was taken for what it is; reasons.csv says how sure each
// makes us.
const (
	whyVerbAlone = "verb-alone"
	whyFollows   = "mark-follows"
	whyFirst     = "mark-first"
	whyGap       = "mark-gap"
	whyVerb      = "verb-known"
	whyNoVerb    = "verb-unknown"
	whySingle    = "single-item"
	whyNoMark    = "no-mark"
	whyBullet    = "bullet"
	whyTopic     = "topic"
	whyLost      = "heading-lost"
	whyOpening   = "opening"
	whyGathered  = "gathered"
	whyCorrected = "corrected"
)

// Certainty says how sure a part of the structure is, from 0 to 1, and why.
type Certainty struct {
	Value  float64 `json:"value"`
	Reason string  `json:"reason"` // a code of reasons.csv
	Words  string  `json:"words"`  // the reason as an English sentence
}

var certainties = sync.OnceValue(func() map[string]Certainty {
	list := map[string]Certainty{}
	for _, row := range readTable("reasons.csv") {
		v, err := strconv.ParseFloat(row["certainty"], 64)
		if err != nil {
			panic("data/reasons.csv: " + row["reason"])
		}
		list[row["reason"]] = Certainty{v, row["reason"], row["words"]}
	}
	return list
})

// settleReasons gives every provision that has none yet the reason that its mark and its
// neighbours speak for.
func (d *Document) settleReasons() {
	for i := range d.Groups {
		settleItems(d.Groups[i].Items)
	}
}

func settleItems(items []Provision) {
	before := ""
	for i := range items {
		p := &items[i]
		if p.Why == "" {
			p.Why = reasonFor(p, before, len(items))
		}
		if p.Mark != "" {
			before = p.Mark
		}
		settleItems(p.Items)
	}
}

func reasonFor(p *Provision, before string, count int) string {
	switch {
	case p.Mark == "" && p.Verb != "":
		return whyVerb
	case p.Mark == "" && count == 1:
		return whySingle
	case p.Mark == "":
		return whyNoMark
	case before == "" && isFirst(p.Mark):
		return whyFirst
	case before != "" && follows(before, p.Mark):
		return whyFollows
	}
	return whyGap
}

func isFirst(mark string) bool { return follows("", mark) }

// follows tells whether a mark is the next one of a list: by letter, number or roman number. A
// decimal follows by its last part.
func follows(before, mark string) bool {
	if at := strings.LastIndexByte(mark, '.'); at >= 0 {
		cut := strings.LastIndexByte(before, '.')
		return follows(before[cut+1:], mark[at+1:])
	}
	if n := ordinal(mark); n > 0 && n == ordinal(before)+1 {
		return true
	}
	n := romanValue(mark)
	return n > 0 && n == romanValue(before)+1
}
