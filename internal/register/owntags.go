package register

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/iati"
)

// Our own tags travel with an activity as tags of vocabulary 99 whose address is that of the scheme
// with a query, which tells them from what the publisher states and survives tools that know
// nothing of it:
//
//	https://resolute.example/scheme/wsis-action-line?resolute-review=confirmed&basis=derived&rule=...
//
// A refused one is no tag: it travels as an element of OwnNamespace at the end of the activity.

// OwnNamespace is that of the elements that we add to activities.
const OwnNamespace = "https://resolute.example/iati"

// SchemeAddress begins the vocabulary address of a scheme that has none of its own; its key follows.
const SchemeAddress = "https://resolute.example/scheme/"

const (
	ownMark     = "resolute-review" // the first name of the query
	refusedName = "refused"
)

// ownTag is a tag or mandate link of ours on its way out or in.
type ownTag struct {
	scheme, code string // ThreadScheme and the key of a thread for a mandate link
	basis        Basis
	review       Review
	rule, reason string
	share        Share
}

// ownTags gives what is ours of an activity: what a person set or decided about, and what rules
// propose, each concept once. What the matrix proposes follows from the action lines and is not
// repeated, nor are goals that follow from targets.
func ownTags(tags []ReviewedTag, links []ReviewedLink) []ownTag {
	var list []ownTag
	add := func(t ownTag, d *Decision) {
		if d == nil && (t.basis != Derived || t.rule == MatrixRule) || t.rule == ruleTargetGoal && t.basis == Set {
			return
		}
		if t.reason = ""; d != nil {
			t.reason = d.Reason
		}
		if !slices.ContainsFunc(list, func(have ownTag) bool { return have.scheme == t.scheme && have.code == t.code }) {
			list = append(list, t)
		}
	}
	for _, t := range tags {
		add(ownTag{t.Scheme, t.Code, t.Basis, t.Review, t.Rule, "", t.Share}, t.Decision)
	}
	for _, l := range links {
		add(ownTag{ThreadScheme, l.Thread, l.Basis, l.Review, l.Rule, "", l.Share}, l.Decision)
	}
	return list
}

// withOwnTags adds our own tags to an activity.
func (b *Rulebook) withOwnTags(raw []byte, own []ownTag) []byte {
	var tags, foreign []byte
	for _, t := range own {
		address, code, title := b.named99(t)
		attrs := fmt.Sprintf(` vocabulary="99" vocabulary-uri="%s" code="%s"`, iati.EscapeAttribute(address+"?"+t.query()), iati.EscapeAttribute(code))
		if t.review == Refused {
			foreign = fmt.Appendf(foreign, `<resolute:%s xmlns:resolute="%s"%s/>`, refusedName, OwnNamespace, attrs)
		} else {
			tags = fmt.Appendf(tags, `<tag%s><narrative xml:lang="en">%s</narrative></tag>`, attrs, iati.EscapeText(title))
		}
	}
	if len(own) == 0 {
		return raw
	}
	return iati.InsertTags(raw, tags, foreign)
}

// named99 gives the vocabulary address of a tag, its code there, and what it is called.
func (b *Rulebook) named99(t ownTag) (address, code, title string) {
	if t.scheme == ThreadScheme {
		instrument, path, _ := strings.Cut(t.code, "#")
		return MandateAddress + instrument, path, t.code
	}
	address = SchemeAddress + t.scheme
	if s, ok := b.catalogue.Scheme(t.scheme); ok && len(s.Addresses) > 0 {
		address = s.Addresses[0]
	}
	concept, _ := b.catalogue.Concept(t.scheme, t.code)
	if title, _ = concept.Title.In(resolute.English); title == "" {
		title = t.code
	}
	return address, t.code, title
}

// query says what is ours about a tag.
func (t ownTag) query() string {
	q := ownMark + "=" + string(t.review) + "&basis=" + string(t.basis)
	if t.basis == Derived {
		q += "&rule=" + url.QueryEscape(t.rule)
	}
	if t.basis == Set && t.share != NoShare {
		q += "&share=" + strconv.Itoa(int(t.share))
	}
	if t.reason != "" {
		q += "&reason=" + url.QueryEscape(t.reason)
	}
	return q
}

// takeOwnTags takes our own tags off an activity that comes in, and gives what they say. Those that
// name nothing here are taken off too.
func (b *Rulebook) takeOwnTags(raw []byte) (rest []byte, own []ownTag) {
	if !bytes.Contains(raw, []byte(ownMark+"=")) {
		return raw, nil
	}
	rest = iati.WithoutChildren(raw, func(name string, attrs []iati.Attr) bool {
		if name != "tag" && name != refusedName {
			return false
		}
		var code string
		var address *url.URL
		for _, a := range attrs {
			switch a.Name {
			case "code":
				code = a.Value
			case "vocabulary-uri":
				address, _ = url.Parse(strings.TrimSpace(a.Value)) // nil: not one of ours
			}
		}
		if address == nil || !strings.HasPrefix(address.RawQuery, ownMark+"=") {
			return false
		}
		if t, ok := b.ownTag(address, code); ok {
			own = append(own, t)
		}
		return true
	})
	return rest, own
}

// ownTag reads a tag of ours.
func (b *Rulebook) ownTag(address *url.URL, code string) (ownTag, bool) {
	q := address.Query()
	t := ownTag{basis: Basis(q.Get("basis")), review: Review(q.Get(ownMark)), rule: q.Get("rule"), reason: q.Get("reason"), share: NoShare}
	if share, err := strconv.Atoi(q.Get("share")); err == nil && share >= 0 && Share(share) <= Whole {
		t.share = Share(share)
	}
	base := *address
	base.RawQuery = ""
	if instrument, ok := strings.CutPrefix(base.String(), MandateAddress); ok {
		t.scheme = ThreadScheme
		t.code, ok = b.thread(instrument, code)
		return t, ok
	}
	scheme, ok := b.catalogue.SchemeByAddress(base.String())
	if !ok {
		return t, false
	}
	t.scheme = scheme
	t.code, ok = b.spell(scheme, code)
	return t, ok
}

// decision is what a person decided about a tag of ours that came with an activity, as a decision
// about that; none for what no person decided. What our own rules do not give is set.
func (t ownTag) decision(p projection) (d Decision, rule string, ok bool) {
	d = Decision{Reach: Reach{Scheme: t.scheme, Code: t.code}, Share: NoShare, Reason: t.reason}
	given := false
	for _, have := range p.Tags {
		if have.Scheme == t.scheme && have.Code == t.code && !given {
			given, rule = true, have.Rule
		}
	}
	for _, have := range p.Links {
		if t.scheme == ThreadScheme && have.Thread == t.code {
			given, rule = true, have.Rule
		}
	}
	switch {
	case t.review == Refused:
		d.Verdict = Refuse
	case t.review != Confirmed:
		return d, "", false
	case t.basis == Set || !given:
		d.Verdict, d.Share = SetTag, t.share
	default:
		d.Verdict = Confirm
	}
	return d, rule, true
}
