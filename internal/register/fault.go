package register

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati"
)

// FindingUntold says how many findings of a kind an import did not list one by one.
const FindingUntold = "findings-untold"

// What an import lists of findings that come in masses. Which of them comes first depends on the
// order of the file alone.
const (
	faultsPerActivity = 100
	listedPerKind     = 100
	listedKinds       = 1000
)

// faultsOf holds an activity against the schema. An importer is lenient: a fault is a warning, and
// the activity is stored.
func faultsOf(judge *iati.Judge, el *iati.Element) (faults []resolute.Finding, more int) {
	faults = judge.Element(el)
	if len(faults) > faultsPerActivity {
		faults, more = slices.Clip(faults[:faultsPerActivity]), len(faults)-faultsPerActivity
	}
	for i := range faults {
		faults[i].Severity = resolute.SeverityWarning
	}
	return faults, more
}

// bounded lists findings that come in masses: of each kind the first, and at the end how many
// more there are.
type bounded struct {
	kinds map[faultKind]*untold
	more  int // of activities with too many
}

type faultKind struct{ rule, path string }

type untold struct {
	n, more int
	line    int // of the first that is not listed
}

func newBounded() *bounded { return &bounded{kinds: map[faultKind]*untold{}} }

// list gives those of the findings that are listed.
func (b *bounded) list(findings []resolute.Finding) []resolute.Finding {
	listed := findings[:0:0]
	for _, f := range findings {
		kind := faultKind{f.Rule, f.Path}
		k := b.kinds[kind]
		if k == nil && len(b.kinds) < listedKinds {
			k = &untold{}
			b.kinds[kind] = k
		}
		switch {
		case k == nil:
			b.more++
		case k.n < listedPerKind:
			k.n++
			listed = append(listed, f)
		default:
			if k.more++; k.more == 1 {
				k.line = f.Line
			}
		}
	}
	return listed
}

// rest says what was not listed, a note for each kind.
func (b *bounded) rest() []resolute.Finding {
	var notes []resolute.Finding
	for kind, k := range b.kinds {
		if k.more > 0 {
			notes = append(notes, untoldNote(k.line, kind.path, k.more, fmt.Sprintf("more findings %s about %s, from line %d on", kind.rule, kind.path, k.line)))
		}
	}
	slices.SortFunc(notes, func(a, b resolute.Finding) int { return strings.Compare(a.Path+a.Message, b.Path+b.Message) })
	if b.more > 0 {
		notes = append(notes, untoldNote(0, "", b.more, "more faults against the schema"))
	}
	return notes
}

func untoldNote(line int, path string, n int, what string) resolute.Finding {
	return resolute.Finding{Rule: FindingUntold, Severity: resolute.SeverityNote, Line: line, Path: path, Found: fmt.Sprint(n),
		Expected: "none", Message: fmt.Sprintf("%d %s are not listed here; resolute iati check lists every one", n, what)}
}
