package mandate

import (
	"context"
	"slices"
	"strings"

	"resolute"
)

// Shelved is an instrument with what is held of it.
type Shelved struct {
	Instrument
	InForce Edition // the newest known edition on the day that was asked for; Year is 0 when none is known
	Held    int     // editions whose text is held
	Cited   int     // provisions of texts in force that cite it
}

// Shelf lists the known instruments by key, with those of which only a text is held. What has no
// title in words of ours bears that of its text.
func (m *Mandate) Shelf(ctx context.Context, day string) ([]Shelved, error) {
	counts, err := m.citedCounts(ctx)
	if err != nil {
		return nil, err
	}
	held, err := m.Revisions(ctx, "")
	if err != nil {
		return nil, err
	}
	texts, newest := map[string]int{}, map[string]Revision{}
	for _, r := range slices.Backward(held) {
		texts[r.Instrument]++
		newest[r.Instrument] = r
	}
	var list []Shelved
	for _, i := range withHeld(newest) {
		e, _ := i.InForce(day)
		list = append(list, Shelved{Instrument: i, InForce: e, Held: texts[i.Key], Cited: counts[i.Key]})
	}
	return list, nil
}

func withHeld(newest map[string]Revision) []Instrument {
	list := slices.Clone(Instruments())
	known := map[string]bool{}
	for i := range list {
		if r, ok := newest[list[i].Key]; ok && len(list[i].Title) == 0 {
			list[i].Title = resolute.Text{resolute.English: r.Title}
		}
		known[list[i].Key] = true
	}
	for key, r := range newest {
		if !known[key] {
			list = append(list, Instrument{Key: key, Kind: r.Kind, Number: r.Number, Title: resolute.Text{resolute.English: r.Title}})
		}
	}
	slices.SortFunc(list, func(a, b Instrument) int { return strings.Compare(a.Key, b.Key) })
	return list
}

// ShelvedJSON is an instrument as others read it.
type ShelvedJSON struct {
	Key      string `json:"key"`
	Body     string `json:"body"`
	Kind     string `json:"kind"`
	Number   string `json:"number"`
	Title    string `json:"title"` // short words of ours, in the language asked for or its fallback
	Adopted  string `json:"adopted"`
	InForce  string `json:"in_force"` // as cited; empty: not known
	Recalled bool   `json:"in_force_recalled"`
	Followed string `json:"followed_by"`
	Held     int    `json:"texts_held"`
	Cited    int    `json:"citing_provisions"`
}

// JSON gives the instrument as others read it, its title in a language or the fallback.
func (s Shelved) JSON(lang resolute.Lang) ShelvedJSON {
	title, _ := s.Title.In(lang)
	out := ShelvedJSON{Key: s.Key, Body: s.Body, Kind: s.Kind, Number: s.Number, Title: title, Adopted: s.Adopted, Followed: s.FollowedBy, Held: s.Held, Cited: s.Cited}
	if s.InForce.Year > 0 {
		out.InForce, out.Recalled = s.InForce.Label(), !s.InForce.Sure()
	}
	return out
}

// RoleClaimJSON is a claim of a role as others read it.
type RoleClaimJSON struct {
	ActionLine   string `json:"action_line"`
	WithSubLines bool   `json:"with_sub_lines"`
	Organisation string `json:"organisation"`
	Role         string `json:"role"`
	Thread       string `json:"thread"`
	Alias        string `json:"alias"`
	Revision     string `json:"revision"`
	Words        string `json:"words"`
	LikelyStruck string `json:"likely_struck"`
	Certainty    string `json:"certainty"`
	Contradicts  bool   `json:"contradicts"` // another claim of the same text excludes it
}

// RolesJSON gives claims as others read them.
func RolesJSON(claims []RoleClaim) []RoleClaimJSON {
	list := make([]RoleClaimJSON, len(claims))
	for i, c := range claims {
		list[i] = RoleClaimJSON{c.ActionLine, c.WithSubLines, c.Organisation, c.Role, c.Thread(), c.Alias, c.Revision, c.Words, c.LikelyStruck, c.Certainty,
			slices.Contains(Contradictions(c.ActionLine), c)}
	}
	return list
}
