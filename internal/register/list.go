package register

import (
	"context"
	"database/sql"
	"fmt"

	"resolute"
	"resolute/internal/db"
)

// TagFilter narrows a list of tags and mandate links; an empty field is any. For mandate links
// Scheme is ThreadScheme and Code the key of a thread.
type TagFilter struct {
	Reach
	Basis  Basis
	Review Review
	After  string // key of the activity behind which to begin
	Limit  int    // about how many tags are wanted; 0: all
}

// ListedTag is a tag or mandate link with its activity.
type ListedTag struct {
	Key        string        `json:"activity"`
	Identifier string        `json:"iati_identifier"`
	Reporter   string        `json:"reporter"`
	Title      resolute.Text `json:"title"`
	ReviewedTag
}

// Tags lists tags and mandate links of the activities that readers see, by the activities' keys,
// with what people decided about them. An activity's tags are listed whole: the list may pass
// the limit by a few.
func (r *Register) Tags(ctx context.Context, f TagFilter) ([]ListedTag, error) {
	var list []ListedTag
	matrix, err := r.matrix(ctx)
	if err != nil {
		return nil, err
	}
	err = r.DB.View(ctx, func(q db.Queryer) error {
		decisions, err := Decisions(ctx, q)
		if err != nil {
			return err
		}
		rulings := NewRulings(decisions)
		for after := f.After; ; {
			batch, err := readForList(ctx, q, f, after)
			if err != nil || len(batch) == 0 {
				return err
			}
			after = batch[len(batch)-1].Key
			found, err := listTags(ctx, q, f, matrix, rulings, batch)
			if err != nil {
				return err
			}
			if list = append(list, found...); f.Limit > 0 && len(list) >= f.Limit {
				return nil
			}
		}
	})
	return list, err
}

func readForList(ctx context.Context, q db.Queryer, f TagFilter, after string) ([]stored, error) {
	var batch []stored
	err := each(ctx, q, `SELECT `+activityColumns+` FROM current c JOIN activity a ON a.version = c.version
		WHERE c.key > $1 AND c.absent = 0 AND ($2 = '' OR c.key = $2) AND ($3 = '' OR a.reporter = $3) ORDER BY c.key LIMIT $4`, func(rows *sql.Rows) error {
		var s stored
		err := scanActivity(rows, &s.Activity)
		batch = append(batch, s)
		return err
	}, after, f.Key, f.Reporter, int64(rederiveBatch))
	return batch, err
}

func listTags(ctx context.Context, q db.Queryer, f TagFilter, matrix Matrix, rulings *Rulings, batch []stored) ([]ListedTag, error) {
	tags, links, err := readTagsOf(ctx, q, batch)
	if err != nil {
		return nil, err
	}
	matrix.complete(tags)
	countries, err := readCountriesOf(ctx, q, batch)
	if err != nil {
		return nil, err
	}
	var list []ListedTag
	for _, s := range batch {
		facts := Facts{Key: s.Key, Reporter: s.Reporter, Countries: countries[s.Version]}
		if f.Country != "" && !(Decision{Reach: Reach{Country: f.Country}}).reaches("", "", facts) {
			continue
		}
		all := rulings.Tags(facts, tags[s.Version])
		for _, l := range rulings.Links(facts, links[s.Version]) {
			all = append(all, ReviewedTag{Tag{Scheme: ThreadScheme, Code: l.Thread, Share: l.Share, Basis: l.Basis, Rule: l.Rule, Reason: l.Reason, Line: l.Line}, l.Review, l.Decision})
		}
		for _, t := range all {
			if f.wants(t) {
				list = append(list, ListedTag{s.Key, s.Identifier, s.Reporter, resolute.Text{resolute.Lang(s.TitleLang): s.TitleShown}, t})
			}
		}
	}
	return list, nil
}

func (f TagFilter) wants(t ReviewedTag) bool {
	return (f.Scheme == "" || f.Scheme == t.Scheme) && (f.Code == "" || f.Code == t.Code) && (f.Rule == "" || f.Rule == t.Rule) &&
		(f.Basis == "" || f.Basis == t.Basis) && (f.Review == "" || f.Review == t.Review)
}

// readCountriesOf gives the countries of several versions on every level.
func readCountriesOf(ctx context.Context, q db.Queryer, batch []stored) (map[int64][]string, error) {
	versions := make([]int64, len(batch))
	for i, s := range batch {
		versions[i] = s.Version
	}
	countries := map[int64][]string{}
	err := inChunks(versions, func(chunk string) error {
		return each(ctx, q, `SELECT DISTINCT version, code FROM place WHERE kind = 'country' AND version IN (`+chunk+`) ORDER BY version, code`, func(rows *sql.Rows) error {
			var version int64
			var code string
			err := rows.Scan(&version, &code)
			countries[version] = append(countries[version], code)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read countries: %w", err)
	}
	return countries, nil
}
