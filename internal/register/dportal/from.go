package dportal

import (
	"net/url"
	"slices"
	"strings"
)

// tables are the tables with how they join the activity.
var tables = []struct{ name, join string }{
	{"act", ``},
	{"trans", `JOIN txn t ON t.version = a.version`},
	{"budget", `JOIN budget b ON b.version = a.version`},
	{"country", `JOIN place p ON p.version = a.version AND p.txn = 0 AND p.kind = 'country'`},
	// codes of five digits where there are any, else those of three, which say the same once more
	{"sector", `JOIN tag s ON s.version = a.version AND s.txn = 0 AND s.scheme = 'dac-sector' AND (LENGTH(s.code) >= 5 OR NOT EXISTS (
		SELECT 1 FROM tag y WHERE y.version = s.version AND y.txn = 0 AND y.scheme = 'dac-sector' AND LENGTH(y.code) >= 5))`},
	{"location", `JOIN location l ON l.version = a.version`},
}

func tableNames() []string {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.name
	}
	return names
}

// readFrom reads the tables; those whose columns are asked for are added, as d-portal does.
func (q *Query) readFrom(values url.Values) error {
	from := values.Get("from")
	if from == "" {
		from = "act"
	}
	for _, name := range strings.Split(from, ",") {
		if !slices.Contains(tableNames(), name) {
			return wrong("from", name, strings.Join(tableNames(), ", "))
		}
		q.join(name)
	}
	for name := range values {
		for _, c := range columns {
			if c.name != "aid" && (name == c.name || strings.HasPrefix(name, c.name+"_")) {
				q.join(c.table)
			}
		}
	}
	for _, name := range strings.Split(values.Get("select")+","+values.Get("groupby"), ",") {
		if i, ok := itemNamed(strings.TrimSpace(name), tableNames()); ok && i.of.name != "" {
			q.join(i.of.table)
		}
	}
	q.join("act")
	return nil
}

// join adds a table that is not among those of the question yet.
func (q *Query) join(table string) {
	if !slices.Contains(q.from, table) {
		q.from = append(q.from, table)
	}
}
