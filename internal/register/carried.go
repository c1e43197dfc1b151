package register

import (
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/mandate"
)

// findingCarried tells of decisions that came with a file.
const findingCarried = "decisions-carried"

// carried is what people decided about an activity elsewhere, or here before, as its file tells it.
type carried struct {
	slot      slot
	owner     string
	countries []string
	decisions []carriedDecision
}

// carriedDecision is one decision; rule is that of the tag that it is about, as our rules give it.
type carriedDecision struct {
	Decision
	rule string
}

// carriedOf gives the decisions among tags of ours that came with an activity.
func carriedOf(own []ownTag, p projection) (list []carriedDecision) {
	for _, t := range own {
		if d, rule, ok := t.decision(p); ok {
			list = append(list, carriedDecision{d, rule})
		}
	}
	return list
}

// toTake gives those carried decisions that say something new: nobody here decided about the same,
// not even to take a decision back. What the actor may not decide is left out.
func (i *importing) toTake(ctx context.Context, keys map[slot]string) ([]Decision, error) {
	if len(i.carried) == 0 || i.undecided {
		return nil, nil
	}
	decisions, err := Decisions(ctx, i.register.DB)
	if err != nil {
		return nil, err
	}
	rulings, decided := NewRulings(decisions), map[about]bool{}
	for _, d := range decisions {
		decided[about{d.Key, d.Scheme, d.Code}] = true
	}
	now := i.register.Now()
	var list []Decision
	for _, c := range i.carried {
		facts := Facts{Key: keys[c.slot], Reporter: c.owner, Countries: c.countries}
		if i.by.Can(resolute.Decide, resolute.Object{Kind: "tag", ID: facts.Key, Owner: c.owner}, now.Format(time.DateOnly)) != nil {
			continue
		}
		for _, d := range c.decisions {
			if decided[about{facts.Key, d.Scheme, d.Code}] {
				continue
			}
			if stands, _ := rulings.Review(d.rule, d.Scheme, d.Code, facts); stands != Open {
				continue
			}
			d.Key, d.Actor, d.At = facts.Key, i.by.ID, now.UnixMilli()
			if d.Reason == "" {
				d.Reason = "came with " + i.account.File
			}
			if d.check() == nil {
				list = append(list, d.Decision)
			}
		}
	}
	return list, nil
}

// keysOfCarried gives the keys of the activities that decisions came with.
func (i *importing) keysOfCarried(ctx context.Context, rekeyed []rekeyed) (map[slot]string, error) {
	versions := make([]int64, len(i.carried))
	for n, c := range i.carried {
		versions[n] = i.version(c.slot)
	}
	keys := make(map[int64]string, len(versions))
	err := inChunks(versions, func(chunk string) error {
		rows, err := i.register.DB.Query(ctx, `SELECT version, key FROM activity WHERE version IN (`+chunk+`)`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var version int64
			var key string
			if err := rows.Scan(&version, &key); err != nil {
				return err
			}
			keys[version] = key
		}
		return rows.Err()
	})
	for _, r := range rekeyed {
		if _, ok := keys[r.version]; ok {
			keys[r.version] = r.key
		}
	}
	slots := make(map[slot]string, len(i.carried))
	for n, c := range i.carried {
		slots[c.slot] = keys[versions[n]]
	}
	return slots, err
}

// carriedFinding tells how many decisions came with a file.
func carriedFinding(taken []Decision) []resolute.Finding {
	if len(taken) == 0 {
		return nil
	}
	return []resolute.Finding{{Rule: findingCarried, Severity: resolute.SeverityNote, Found: fmt.Sprint(len(taken)),
		Message: fmt.Sprintf("the file carries %d decisions about tags that nobody here had decided about; they are taken over with their reasons", len(taken))}}
}

// takeCarried stores carried decisions, behind the change that made their activities visible.
func takeCarried(ctx context.Context, tx *db.Tx, list []Decision) error {
	now := mandate.Standing{}
	for _, d := range list {
		if d.Scheme == ThreadScheme {
			var err error
			if d.Revision, err = now.Of(ctx, tx, d.Code); err != nil {
				return err
			}
		}
		if _, _, err := decide(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}
