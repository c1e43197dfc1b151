package coverage

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/register"
)

// Located is one location with the activity that states it. The standard gives a location no country:
// it is of those of its activity, of each of them when they are several.
type Located struct {
	register.Location
	Activity Summary
}

// LocationList is one page of the locations of a list of activities.
type LocationList struct {
	Total      int // locations
	Activities int // that state them
	Without    int // activities of the list that state none
	Items      []Located
	Next       string // cursor of the next page, empty at the end
	Version    int64
}

// Locations answers a list of locations: those of each activity together, in the order in which the
// activity states them, the activities in that of the query. An unknown order or a broken cursor is
// an Error with code Usage.
func (c *Coverage) Locations(ctx context.Context, q ListQuery) (LocationList, error) {
	s, err := c.listed(ctx, &q)
	if err != nil {
		return LocationList{}, err
	}
	start, err := readStart(q.Cursor, q.Sort)
	if err != nil {
		return LocationList{}, err
	}
	f := s.foundLocations(q)
	list := f.list
	list.Items, list.Next, err = c.locationPage(ctx, s, q, f, start)
	return list, err
}

// EachLocation hands the whole list to take, one location after the other, all of one state of the
// data; cursor and limit do not count. It stops at the first error, or when the context ends.
func (c *Coverage) EachLocation(ctx context.Context, q ListQuery, take func(Located) error) error {
	s, err := c.listed(ctx, &q)
	if err != nil {
		return err
	}
	return c.eachLocation(ctx, s, q, take)
}

// eachLocation is EachLocation of one snapshot, for a question that was checked.
func (c *Coverage) eachLocation(ctx context.Context, s *snapshot, q ListQuery, take func(Located) error) error {
	u := s.facts.unpacker(s.book)
	return s.eachStride(q, &s.foundLocations(q).found, func(places []place) error {
		for part := range slices.Chunk(places, locationBatch) {
			located, err := c.locate(ctx, s, u, q.Period, part)
			if err != nil {
				return err
			}
			for _, l := range located {
				if err := take(l); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// locationBatch is of how many activities locations are read at a time.
const locationBatch = 500

// foundLocations are the activities of a list that state locations.
type foundLocations struct {
	found
	list LocationList // without a page
}

func (s *snapshot) foundLocations(q ListQuery) *foundLocations {
	return once(s, "locations "+key(q.Filter)+key(q.Period), func(s *snapshot) *foundLocations { return s.findLocations(q) })
}

func (s *snapshot) findLocations(q ListQuery) *foundLocations {
	all := s.found(q)
	f := &foundLocations{list: LocationList{Version: s.facts.head.Seq}}
	for i, rows := range all.rows {
		c := s.facts.pieces[i].columnsOf(&s.facts.stock, s.book)
		rows = slices.Clone(rows)
		rows.only(c.located.has)
		rows.each(func(row int) { f.list.Total += int(c.locations[row]) })
		f.list.Activities += rows.count()
		f.rows = append(f.rows, rows)
	}
	f.list.Without = all.list.Total - f.list.Activities
	return f
}

// start is where a page begins: behind an activity, and when the next one is that of key, behind so many
// of its locations.
type start struct {
	after *place
	key   string
	taken int
}

// locationPage gives one page, and the cursor of the next.
func (c *Coverage) locationPage(ctx context.Context, s *snapshot, q ListQuery, f *foundLocations, from start) (items []Located, next string, err error) {
	o := s.order(q)
	places := s.places(q, &f.found, from.after, q.Limit+1) // each has one location at least
	behind := ""                                           // the cursor of the activity before
	if at := strings.IndexByte(q.Cursor, '.'); at > 0 {
		behind = q.Cursor[:at]
	}
	for part := range slices.Chunk(places, locationBatch) {
		located, err := c.locate(ctx, s, o.u, q.Period, part)
		if err != nil {
			return nil, "", err
		}
		for _, p := range part {
			key, taken := o.keyOf(p), 0
			own := located[:countWhile(located, func(l Located) bool { return l.Activity.Key == key })]
			located = located[len(own):]
			if key == from.key {
				taken = min(from.taken, len(own))
			}
			if room := q.Limit - len(items); room < len(own)-taken {
				items = append(items, own[taken:taken+room]...)
				return items, fmt.Sprintf("%s.%s.%d", behind, base64.RawURLEncoding.EncodeToString([]byte(key)), taken+room), nil
			}
			items = append(items, own[taken:]...)
			behind = o.cursor(p)
		}
	}
	return items, "", nil
}

// countWhile counts the first of a list that hold a claim.
func countWhile[T any](list []T, claim func(T) bool) int {
	n := slices.IndexFunc(list, func(x T) bool { return !claim(x) })
	if n < 0 {
		return len(list)
	}
	return n
}

// readStart reads the cursor of a page of locations.
func readStart(text, sort string) (start, error) {
	if text == "" {
		return start{}, nil
	}
	parts := strings.Split(text, ".")
	broken := &resolute.Error{Code: resolute.Usage, Field: "page", Message: "this is no place in the list: begin again at its start"}
	if len(parts) != 3 {
		return start{}, broken
	}
	after, err := readCursor(parts[0], sort)
	if err != nil {
		return start{}, err
	}
	key, wrong := base64.RawURLEncoding.DecodeString(parts[1])
	taken, odd := strconv.Atoi(parts[2])
	if wrong != nil || odd != nil || taken < 0 {
		return start{}, broken
	}
	return start{after, string(key), taken}, nil
}

// locate reads the locations of some activities, in the order of these.
func (c *Coverage) locate(ctx context.Context, s *snapshot, u *unpacker, p resolute.Period, places []place) ([]Located, error) {
	versions := make([]int64, len(places))
	for i, at := range places {
		versions[i] = s.facts.at(u, at.at).version
	}
	stated, err := readLocationsOf(ctx, c.DB, versions)
	if err != nil {
		return nil, err
	}
	var list []Located
	for i, at := range places {
		own := stated[versions[i]]
		if len(own) == 0 {
			continue
		}
		of := s.summary(s.facts.at(u, at.at), p)
		for _, l := range own {
			list = append(list, Located{l, of})
		}
	}
	return list, nil
}

// readLocationsOf reads the locations of some versions, each with its own in their order.
func readLocationsOf(ctx context.Context, q db.Queryer, versions []int64) (map[int64][]register.Location, error) {
	stated := map[int64][]register.Location{}
	if len(versions) == 0 {
		return stated, nil
	}
	sorted := slices.Sorted(slices.Values(versions))
	rows, err := q.Query(ctx, `SELECT l.version, `+register.LocationColumns+` FROM location l WHERE l.version `+among(sorted, func(v int64) int64 { return v })+` ORDER BY l.version, l.n`)
	if err != nil {
		return nil, fmt.Errorf("read locations: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var version int64
	var row register.LocationRow
	for rows.Next() {
		if err := rows.Scan(append([]any{&version}, row.Dest()...)...); err != nil {
			return nil, fmt.Errorf("read locations: %w", err)
		}
		l, err := row.Location()
		if err != nil {
			return nil, fmt.Errorf("version %d: %w", version, err)
		}
		stated[version] = append(stated[version], l)
	}
	return stated, rows.Err()
}
