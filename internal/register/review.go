package register

import (
	"slices"
	"strings"

	"resolute/internal/framework"
)

// Review is where a tag or mandate link stands with people.
type Review string

// The reviews.
const (
	Open      Review = "open"
	Confirmed Review = "confirmed"
	Refused   Review = "refused"
)

// Counted tells whether figures count a link: stated, set or confirmed, and not refused. Open
// derived ones stand beside the figures as proposed.
func Counted(basis Basis, review Review) bool {
	return review != Refused && (basis != Derived || review == Confirmed)
}

// Facts are what filters of decisions ask of an activity.
type Facts struct {
	Key       string
	Reporter  string
	Countries []string
}

// Rulings are all decisions in the form in which they are asked. Make them with NewRulings; the
// zero value holds none. They are safe for concurrent readers.
type Rulings struct {
	about map[about]Decision    // by activity, scheme and code
	sets  map[string][]Decision // by activity, oldest first
	rules map[string][]Decision // filter decisions by rule, oldest first
	keys  map[string]bool       // activities with decisions of their own
}

type about struct{ key, scheme, code string }

// NewRulings arranges decisions, oldest first. Of one reach the latest holds; a withdrawal ends
// it, and confirming what a person set changes nothing.
func NewRulings(decisions []Decision) *Rulings {
	r := &Rulings{about: map[about]Decision{}, sets: map[string][]Decision{}, rules: map[string][]Decision{}, keys: map[string]bool{}}
	for _, d := range inForce(decisions) {
		if d.Key == "" {
			r.rules[d.Rule] = append(r.rules[d.Rule], d)
			continue
		}
		r.about[about{d.Key, d.Scheme, d.Code}], r.keys[d.Key] = d, true
		if d.Verdict == SetTag {
			r.sets[d.Key] = append(r.sets[d.Key], d)
		}
	}
	return r
}

// inForce gives the decisions that hold, oldest first: of one reach the latest.
func inForce(decisions []Decision) []Decision {
	held := map[Reach]Decision{}
	for _, d := range decisions {
		switch {
		case d.Verdict == Withdraw:
			delete(held, d.Reach)
		case d.Verdict != Confirm || held[d.Reach].Verdict != SetTag:
			held[d.Reach] = d
		}
	}
	return slices.DeleteFunc(slices.Clone(decisions), func(d Decision) bool { return held[d.Reach].ID != d.ID })
}

// Review tells where a link of an activity stands, and by which decision; nil while nobody
// decided. A decision about the single activity wins over one about a rule; of those about
// rules that reach the link, the latest wins.
func (r *Rulings) Review(rule, scheme, code string, f Facts) (Review, *Decision) {
	if d, ok := r.about[about{f.Key, scheme, code}]; ok {
		held := d // a copy of its own, so that the many links nobody decided about cost none
		return review(held), &held
	}
	list := r.rules[rule]
	for i := len(list) - 1; i >= 0; i-- {
		if d := &list[i]; d.reaches(scheme, code, f) {
			return review(*d), d
		}
	}
	return Open, nil
}

// MayReach tells whether a decision may be about what a rule gave an activity.
func (r *Rulings) MayReach(key, rule string) bool { return r.keys[key] || len(r.rules[rule]) > 0 }

func review(d Decision) Review {
	if d.Verdict == Refuse {
		return Refused
	}
	return Confirmed
}

// reaches tells whether a filter decision is about a link of an activity.
func (d Decision) reaches(scheme, code string, f Facts) bool {
	return (d.Scheme == "" || d.Scheme == scheme) && (d.Code == "" || d.Code == code) &&
		(d.Reporter == "" || d.Reporter == f.Reporter) && (d.Country == "" || slices.Contains(f.Countries, d.Country))
}

// ReviewedTag is a tag with what people decided about it.
type ReviewedTag struct {
	Tag
	Review   Review    `json:"review"`
	Decision *Decision `json:"decision,omitempty"`
}

// ReviewedLink is a mandate link with what people decided about it.
type ReviewedLink struct {
	Link
	Review   Review    `json:"review"`
	Decision *Decision `json:"decision,omitempty"`
}

// Tags gives the tags of an activity with their reviews, and behind them those that a person
// set. A confirmed or set target states its goal, as a stated one does.
func (r *Rulings) Tags(f Facts, tags []Tag) []ReviewedTag {
	list := make([]ReviewedTag, 0, len(tags))
	for _, t := range tags {
		review, d := r.Review(t.Rule, t.Scheme, t.Code, f)
		list = append(list, ReviewedTag{t, review, d})
	}
	for _, d := range r.sets[f.Key] {
		if d.Scheme != ThreadScheme {
			list = put(list, ReviewedTag{Tag{Scheme: d.Scheme, Code: d.Code, Share: d.Share, Basis: Set, Rule: "person", Reason: d.Reason}, Confirmed, &d})
		}
	}
	for i := range len(list) { // the goals come behind, and replace no target
		t := list[i]
		if t.Scheme != framework.Target || t.Decision == nil || t.Review != Confirmed {
			continue
		}
		goal, _, _ := strings.Cut(t.Code, ".")
		if _, own := r.about[about{f.Key, framework.Goal, goal}]; own {
			continue
		}
		list = put(list, ReviewedTag{Tag{Txn: t.Txn, Scheme: framework.Goal, Code: goal, Share: t.Share, Basis: Set, Rule: ruleTargetGoal, Reason: t.Code}, Confirmed, t.Decision})
	}
	return list
}

// put adds what a person set: it stands in for a derived tag of the same concept, and adds
// nothing to one that counts already.
func put(list []ReviewedTag, t ReviewedTag) []ReviewedTag {
	for i, have := range list {
		if have.Txn != t.Txn || have.Scheme != t.Scheme || have.Code != t.Code {
			continue
		}
		if !Counted(have.Basis, have.Review) || have.Basis == Derived {
			list[i] = t
		}
		return list
	}
	return append(list, t)
}

// Links gives the mandate links of an activity with their reviews, and behind them those that
// a person set.
func (r *Rulings) Links(f Facts, links []Link) []ReviewedLink {
	list := make([]ReviewedLink, 0, len(links))
	for _, l := range links {
		review, d := r.Review(l.Rule, ThreadScheme, l.Thread, f)
		list = append(list, ReviewedLink{l, review, d})
	}
	for _, d := range r.sets[f.Key] {
		if d.Scheme != ThreadScheme {
			continue
		}
		t := ReviewedLink{Link{Thread: d.Code, Share: d.Share, Basis: Set, Rule: "person", Reason: d.Reason}, Confirmed, &d}
		i := slices.IndexFunc(list, func(l ReviewedLink) bool { return l.Thread == d.Code })
		if i < 0 {
			list = append(list, t)
		} else if list[i].Basis == Derived {
			list[i] = t
		}
	}
	return list
}
