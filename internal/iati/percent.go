package iati

import (
	"slices"
	"strconv"
	"strings"
)

// Share is a part of a whole in millionths: 100 % is Whole, one step is 0.0001 %.
type Share int32

// The whole, and the mark of a share that is not stated (which is not the same as 0 %).
const (
	Whole     Share = 1_000_000
	NotStated Share = -1
)

// percent is a percentage in thousand-millionths of a percent, so that sums of many decimals stay exact.
type percent int64

const onePercent percent = 1_000_000_000

// maxPercent bounds what is believed: publishers overshoot 100, none by ten times.
const maxPercent = 1000 * onePercent

// share rounds to millionths of the whole, half up.
func (p percent) share() Share { return Share(p.millionths()) }

// millionths is share for a sum, which may be more than a share holds.
func (p percent) millionths() int64 { return int64(p+50_000) / 100_000 }

// String writes the percentage to four decimals, as the standard's own rule compares them.
func (p percent) String() string {
	s := p.millionths()
	whole, rest := strconv.FormatInt(s/10_000, 10), s%10_000
	if rest == 0 {
		return whole
	}
	return whole + "." + strings.TrimRight(strconv.FormatInt(10_000+rest, 10)[1:], "0")
}

// parsePercent reads decimal text, with an exponent if need be; digits beyond the ninth decimal
// are dropped. ok is false for what is no number, negative or above 1000.
func parsePercent(s string) (p percent, ok bool) {
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n < -1000 || n > 3 {
			return 0, false
		}
		mantissa, exponent = s[:i], n
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(mantissa, "+"), ".")
	digits := whole + fraction
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	keep := len(whole) + exponent + 9
	for i := range max(keep, 0) {
		p *= 10
		if i < len(digits) {
			p += percent(digits[i] - '0')
		}
		if p > maxPercent {
			return 0, false
		}
	}
	return p, true
}

// percentages is the sum of one group of entries that together make a whole.
type percentages struct {
	group   string // as in "sector vocabulary 7"
	first   spot
	entries int
	stated  int
	sum     percent
}

// tally holds the groups of one activity in file order.
type tally struct {
	groups []percentages
	places map[string]int // of many groups, where each stands
}

// fewGroups is up to how many groups going through them is as fast as a map: one a vocabulary, so
// nearly always one or two.
const fewGroups = 32

// place gives where a group stands, -1 when it is new.
func (t *tally) place(group string) int {
	if len(t.groups) <= fewGroups {
		return slices.IndexFunc(t.groups, func(g percentages) bool { return g.group == group })
	}
	if t.places == nil {
		t.places = map[string]int{}
	}
	for i := len(t.places); i < len(t.groups); i++ { // what came since
		t.places[t.groups[i].group] = i
	}
	if i, there := t.places[group]; there {
		return i
	}
	return -1
}

// add counts one entry of a group.
func (t *tally) add(group string, at spot, share Share, p percent) {
	i := t.place(group)
	if i < 0 {
		i = len(t.groups)
		t.groups = append(t.groups, percentages{group: group, first: at})
	}
	g := &t.groups[i]
	g.entries++
	if share != NotStated {
		g.stated++
		g.sum += p
	}
}

// shareOf reads the percentage of the start tag at hand and adds it to its group.
func (d *decoder) shareOf(t *tally, group string, at spot) Share {
	printed, present := d.findAttr("percentage")
	if !present {
		t.add(group, at, NotStated, 0)
		return NotStated
	}
	number, signed := strings.CutSuffix(printed, "%")
	p, ok := parsePercent(strings.TrimSpace(number))
	if !ok {
		d.warn("bad-value", at, printed, "0 to 100", "percentage %q is no percentage; taken as not stated", printed)
		t.add(group, at, NotStated, 0)
		return NotStated
	}
	if signed {
		d.noteOnce("bad-value", at, printed, "a percentage is printed with its sign; it is read without")
	}
	t.add(group, at, p.share(), p)
	return p.share()
}

// judgeShares warns of every whole whose percentages do not make 100: the sectors of each
// vocabulary and address of one's own, and countries together with the regions of each.
func (d *decoder) judgeShares() {
	for _, g := range d.sectors.groups {
		d.judgeSum(g)
	}
	wholes := d.regions.groups
	if len(d.countries.groups) == 1 {
		countries := d.countries.groups[0]
		if len(wholes) == 0 {
			wholes = []percentages{{}}
		}
		for i := range wholes {
			wholes[i].group = strings.TrimSuffix("recipient-country and "+wholes[i].group, " and ")
			wholes[i].first = countries.first
			wholes[i].entries += countries.entries
			wholes[i].stated += countries.stated
			wholes[i].sum += countries.sum
		}
	}
	for _, g := range wholes {
		d.judgeSum(g)
	}
}

// judgeSum warns of one whole. A single entry without a percentage stands for all of it.
func (d *decoder) judgeSum(g percentages) {
	switch {
	case g.stated == g.entries && g.sum.millionths() == int64(Whole), g.stated == 0 && g.entries == 1:
	case g.stated == 0:
		d.warn("percentage-sum", g.first, "", "100", "%s: %d entries and no percentages; equal shares are taken", g.group, g.entries)
	case g.stated < g.entries:
		d.warn("percentage-sum", g.first, g.sum.String(), "100", "%s: percentages add up to %s, and %d of %d entries have none",
			g.group, g.sum, g.entries-g.stated, g.entries)
	default:
		d.warn("percentage-sum", g.first, g.sum.String(), "100", "%s: percentages add up to %s", g.group, g.sum)
	}
}
