package measure

import (
	"context"
	"encoding/json"
	"fmt"

	"resolute/internal/db"
)

// newest selects of each series that holds something the version that readers see at $1; s, v and i
// are series, version and import.
func newest(condition string) string {
	return ` FROM series s JOIN series_version v ON v.series = s.id JOIN import i ON i.id = v.import
		WHERE v.n > 0 AND ` + visible(1) + ` ` + condition + ` AND NOT EXISTS (SELECT 1 FROM series_version later JOIN import j ON j.id = later.import
			WHERE later.series = s.id AND j.seq > i.seq AND j.seq <= $1 AND (j.state = 'done' OR j.state = 'undone' AND j.undo_seq > $1))`
}

func eachSeries(ctx context.Context, q db.Queryer, seq int64, condition string, args []any, take func(Series) error) error {
	return eachWanted(ctx, q, seq, condition, args, func(*Series) bool { return true }, take)
}

// eachWanted is eachSeries of the series that are wanted by their key.
func eachWanted(ctx context.Context, q db.Queryer, seq int64, condition string, args []any, wanted func(*Series) bool, take func(Series) error) error {
	return eachBody(ctx, q, seq, narrowed{condition, args}, byKey, func(s *Series, body []byte) (err error) {
		if !wanted(s) {
			return nil
		}
		one := *s
		if one.Observations, err = unpack(body); err != nil {
			return err
		}
		return take(one)
	})
}

// mostDims is how many different dimensions a walk through series keeps in mind: they repeat.
const mostDims = 1000

// byKey is the order of dataflow, indicator, area and dimensions.
const byKey = ` ORDER BY s.dataflow, s.indicator, s.area, LENGTH(s.dims), s.dims`

// eachBody gives the series that readers see at a sequence in an order (empty: any), their observations
// packed.
func eachBody(ctx context.Context, q db.Queryer, seq int64, n narrowed, order string, take func(*Series, []byte) error) error {
	rows, err := q.Query(ctx, `SELECT s.id, s.dataflow, s.indicator, s.area, s.area_name, s.dims, v.import, v.body`+newest(n.condition)+order, append([]any{seq}, n.args...)...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var s Series
	met := map[string]map[string]string{}
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err // rows that were read ahead are not wanted any more
		}
		var body []byte
		if err := rows.Scan(&s.ID, &s.Dataflow, &s.Indicator, &s.Area, &s.AreaName, &s.DimsText, &s.Import, &body); err != nil {
			return err
		}
		if s.Dims = met[s.DimsText]; s.Dims == nil {
			if len(met) == mostDims {
				clear(met)
			}
			s.Dims = dimsOf(s.DimsText)
			met[s.DimsText] = s.Dims
		}
		if err := take(&s, body); err != nil {
			return fmt.Errorf("series %d: %w", s.ID, err)
		}
	}
	return rows.Err()
}

// dimsOf reads dimensions as they are stored.
func dimsOf(text string) map[string]string {
	dims := map[string]string{}
	if err := json.Unmarshal([]byte(text), &dims); err != nil {
		panic(err) // written by appendDims, or a file of ours
	}
	return dims
}
