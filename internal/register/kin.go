package register

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"resolute/internal/db"
)

// The relations of the table kin: the types of related activities of the standard.
const (
	namesParent = 1
	namesChild  = 2
)

var kinColumns = []string{"named", "version", "relation"}

// kin is an activity that another one of its reporting organisation names as its parent or child.
type kin struct {
	named    identity
	relation int64
}

// kinOf gives whom an activity names, each once and without itself.
func kinOf(reporter, identifier string, parents, children []string) []kin {
	var list []kin
	for relation, refs := range map[int64][]string{namesParent: parents, namesChild: children} {
		for _, ref := range refs {
			if ref != identifier {
				list = append(list, kin{identityOf(reporter, ref), relation})
			}
		}
	}
	slices.SortFunc(list, func(a, b kin) int {
		return cmp.Or(bytes.Compare(a.named[:], b.named[:]), cmp.Compare(a.relation, b.relation))
	})
	return slices.Compact(list)
}

func kinRows(version int64, list []kin) (rows [][]any) {
	for _, k := range list {
		rows = append(rows, []any{k.named[:], version, k.relation})
	}
	return rows
}

// namer is one that stands and names another.
type namer struct {
	name
	standing
	named     identity
	relation  int64
	hierarchy int
}

func (n namer) identity() identity { return identityOf(n.reporter, n.identifier) }

// namers calls do with those that stand in a source and name some.
func namers(ctx context.Context, q db.Queryer, source string, named []identity, do func(namer)) error {
	return inPieces(named, lookupIDs, func(some []identity) error {
		args, marks := []any{source}, make([]string, len(some))
		for i := range some {
			args, marks[i] = append(args, some[i][:]), fmt.Sprintf("$%d", i+2)
		}
		return each(ctx, q, `SELECT k.named, k.relation, a.reporter, a.iati_id, a.occurrence, a.version, a.hierarchy
			FROM kin k JOIN activity a ON a.version = k.version JOIN current c ON c.key = a.key AND c.version = a.version
			WHERE k.named IN (`+strings.Join(marks, ", ")+`) AND a.source = $1 AND c.absent = 0`, func(rows *sql.Rows) error {
			var n namer
			var to []byte
			if err := rows.Scan(&to, &n.relation, &n.reporter, &n.identifier, &n.occurrence, &n.version, &n.hierarchy); err != nil {
				return err
			}
			copy(n.named[:], to)
			do(n)
			return nil
		}, args...)
	})
}
