package sdmx

import (
	"fmt"

	"resolute"
)

// RefusedError says that a message is refused as a whole, and where. Rules: sdmx-gzip,
// sdmx-encoding, sdmx-empty, sdmx-unknown-format, sdmx-not-well-formed, sdmx-doctype, sdmx-limit,
// sdmx-version, sdmx-no-data, sdmx-header, sdmx-row, sdmx-reference, sdmx-action, sdmx-content.
type RefusedError struct {
	Finding resolute.Finding
}

// Error gives the place, the rule and the sentence of the finding.
func (e *RefusedError) Error() string {
	f := e.Finding
	return fmt.Sprintf("line %d, column %d: %s: %s", f.Line, f.Column, f.Rule, f.Message)
}

// place is where something stands, from 1.
type place struct{ line, column int }

func refuse(rule string, at place, found, expected, message string, args ...any) error {
	return &RefusedError{Finding: resolute.Finding{
		Rule: rule, Severity: resolute.SeverityError, Line: at.line, Column: at.column,
		Found: short(found), Expected: expected, Message: fmt.Sprintf(message, args...),
	}}
}

func finding(rule string, severity resolute.Severity, at place, found, expected, message string, args ...any) resolute.Finding {
	return resolute.Finding{Rule: rule, Severity: severity, Line: at.line, Column: at.column,
		Found: short(found), Expected: expected, Message: fmt.Sprintf(message, args...)}
}

// shownLength is how much of what was found a finding repeats.
const shownLength = 120

func short(s string) string {
	if len(s) <= shownLength {
		return s
	}
	runes := []rune(s[:shownLength])
	return string(runes[:len(runes)-1]) + "..."
}

// The limits of a message; beyond them it is refused with sdmx-limit.
const (
	maxDepth      = 64
	maxText       = 1 << 20 // bytes of one row, text or element
	maxComponents = 2000
)
