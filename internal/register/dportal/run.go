package dportal

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/db"
	"resolute/internal/search"
)

// Names are the columns of the answer, in order.
func (q Query) Names() []string {
	names := make([]string, len(q.items))
	for i, it := range q.items {
		names[i] = it.name
	}
	return names
}

// Run answers a question over the activities that count, row by row. A value is nil, a string, an
// int64 or a float64. It stops at the first error of give.
func Run(ctx context.Context, d db.Queryer, q Query, give func([]any) error) error {
	statement, args := q.sql()
	rows, err := d.Query(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("answer a question of d-portal: %w", err)
	}
	defer func() { _ = rows.Close() }()
	values, into := make([]any, len(q.items)), make([]any, len(q.items))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		out := make([]any, len(values))
		for i, it := range q.items {
			out[i] = it.given(values[i])
		}
		if err := give(out); err != nil {
			return err
		}
	}
	return rows.Err()
}

// given turns a stored value into what d-portal gives, rounded where that is asked for.
func (i item) given(v any) any {
	v = i.stored(v)
	n, ok := v.(float64)
	switch {
	case ok && i.fn == rounded0:
		return math.Round(n)
	case ok && i.fn == rounded1:
		return math.Round(n*10) / 10
	}
	return v
}

func (i item) stored(v any) any {
	if b, ok := v.([]byte); ok {
		v = string(b)
	}
	stored, isText := v.(string)
	if !isText || i.fn == count {
		return v
	}
	switch {
	case stored == "":
		return nil
	case i.of.kind == day:
		if n, ok := dayNumber(stored); ok {
			return n
		}
		return nil
	case i.of.name == "sector_code": // a number there; what is none stays text
		if n, err := strconv.ParseInt(stored, 10, 64); err == nil {
			return n
		}
	case i.of.name == "trans_code" && letters[stored] != "":
		return letters[stored]
	case i.of.kind == number: // PostgreSQL gives exact numbers as text
		var n float64
		if _, err := fmt.Sscan(stored, &n); err == nil {
			return n
		}
	}
	return stored
}

// sql writes the statement. Names are those of the tables above; values are arguments.
func (q Query) sql() (string, []any) {
	var b strings.Builder
	b.WriteString("SELECT ")
	for i, it := range q.items {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(q.expression(it) + " AS r" + fmt.Sprint(i))
	}
	b.WriteString(elected)
	for _, t := range tables {
		if t.join != "" && slices.Contains(q.from, t.name) {
			b.WriteString(" " + t.join)
		}
	}
	where, args := q.where()
	b.WriteString(" WHERE" + electedOnly + where)
	if len(q.group) > 0 {
		b.WriteString(" GROUP BY ")
		for i, name := range q.group {
			if i > 0 {
				b.WriteString(", ")
			}
			c, _ := columnNamed(name, q.from)
			b.WriteString(c.sql)
		}
	}
	b.WriteString(q.ordered())
	b.WriteString(q.cut())
	return b.String(), args
}

// expression writes one column of the answer.
func (q Query) expression(i item) string {
	if i.of.name == "" {
		return "COUNT(*)"
	}
	return i.unmixed(q.made(i))
}

// made writes what is made of a column.
func (q Query) made(i item) string {
	e := i.of.sql
	switch i.fn {
	case count:
		return "COUNT(DISTINCT " + e + ")"
	case sum, average, lowest, highest:
		return strings.ToUpper(string(i.fn)) + "(" + e + ")"
	case any_:
		return "MAX(" + e + ")"
	case partOf:
		return "(" + e + q.parts() + ")"
	case sumOfParts:
		return "SUM(" + e + q.parts() + ")"
	}
	return e
}

// parts multiplies by the shares of the tables that are joined.
func (q Query) parts() string {
	factors := ""
	for _, table := range []string{"country", "sector"} {
		if slices.Contains(q.from, table) {
			c, _ := columnNamed(shared[table], q.from)
			factors += " * (" + c.sql + ") / 100.0"
		}
	}
	return factors
}

// cut leaves the rows of the page. SQLite skips none without a limit, so that no limit is one that is never met.
func (q Query) cut() string {
	limit := int64(q.limit)
	if limit < 0 {
		limit = math.MaxInt64
	}
	return fmt.Sprintf(" LIMIT %d OFFSET %d", limit, max(0, q.skip))
}

func (q Query) ordered() string {
	var keys []string
	for _, o := range q.order {
		at := slices.IndexFunc(q.items, func(i item) bool { return i.name == o.name })
		key := fmt.Sprintf("r%d", at)
		if o.down {
			key += " DESC"
		}
		keys = append(keys, key+" NULLS LAST") // databases differ on what is not known
	}
	switch {
	case len(q.group) > 0:
		for _, name := range q.group { // so that pages do not overlap
			c, _ := columnNamed(name, q.from)
			keys = append(keys, c.sql)
		}
	case !q.grouped:
		keys = append(keys, "a.iati_id", "a.version")
		for _, t := range []struct{ name, key string }{{"trans", "t.n"}, {"budget", "b.n"}, {"country", "p.n"}, {"sector", "s.n"}, {"location", "l.n"}} {
			if slices.Contains(q.from, t.name) {
				keys = append(keys, t.key)
			}
		}
	}
	if len(keys) == 0 {
		return ""
	}
	return " ORDER BY " + strings.Join(keys, ", ")
}

func (q Query) where() (string, []any) {
	var b strings.Builder
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	for _, c := range q.conditions {
		b.WriteString(" AND (" + c.sql(arg) + ")")
	}
	for _, word := range search.Index(q.words) {
		b.WriteString(" AND EXISTS (SELECT 1 FROM words w WHERE w.version = a.version AND ' ' || w.tokens || ' ' LIKE " + arg("% "+escaped(word)+" %") + ` ESCAPE '\')`)
	}
	return b.String(), args
}

// empty is how a column stores that nothing is known.
func (c condition) empty() string {
	if c.of.kind == number {
		return "(" + c.of.sql + ") IS NULL"
	}
	return "COALESCE(" + c.of.sql + ", '') = ''"
}

func (c condition) sql(arg func(any) string) string {
	switch c.operator {
	case "null":
		return c.empty()
	case "not_null":
		return "NOT (" + c.empty() + ")"
	}
	var any []string
	for _, v := range c.values {
		switch {
		case c.operator == "like":
			any = append(any, "UPPER("+c.of.sql+") LIKE UPPER("+arg(strings.ReplaceAll(v, `\`, `\\`))+`) ESCAPE '\'`) // databases differ on capitals and on escapes
		case c.of.kind == number:
			any = append(any, "("+c.of.sql+") "+c.operator+" CAST("+arg(v)+" AS NUMERIC)")
		default:
			any = append(any, c.of.sql+" "+c.operator+" "+arg(v))
		}
	}
	if c.operator == "!=" {
		if c.orNull || c.of.kind == day {
			any = append(any, "NOT ("+c.empty()+")")
		}
		return strings.Join(any, " AND ")
	}
	if c.orNull {
		any = append(any, c.empty())
	}
	joined := strings.Join(any, " OR ")
	if c.of.kind == day && !c.orNull { // what has no day is before every day as text
		return "NOT (" + c.empty() + ") AND (" + joined + ")"
	}
	return joined
}

// escaped takes the meaning from the signs of LIKE.
func escaped(word string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word)
}
