package measure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// newestVersions leaves of dataflows that differ in nothing but the version the newest.
func newestVersions(list []*Flow) (newest []*Flow) {
	for _, f := range list {
		older := func(other *Flow) bool {
			return f.Ref.Agency == other.Ref.Agency && f.Ref.ID == other.Ref.ID && compareVersions(f.Ref.Version, other.Ref.Version) < 0
		}
		if !slices.ContainsFunc(list, older) {
			newest = append(newest, f)
		}
	}
	return newest
}

// compareVersions compares versions part by part, numbers by their worth.
func compareVersions(a, b string) int {
	one, other := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(one), len(other)) {
		m, failed := strconv.Atoi(one[i])
		n, broken := strconv.Atoi(other[i])
		order := cmp.Compare(one[i], other[i])
		if failed == nil && broken == nil {
			order = cmp.Compare(m, n)
		}
		if order != 0 {
			return order
		}
	}
	return cmp.Compare(len(one), len(other))
}
