package iati

import (
	"fmt"

	"resolute"
)

// RefusedError says that a file is refused as a whole, and where: it is not well-formed, not
// IATI, of a version that is not read, or beyond a limit. Its Finding has severity error. Rules:
// empty-file, gzip, encoding, not-well-formed, doctype, not-iati, version-unsupported,
// limit-depth, limit-attributes, limit-text, limit-activity, limit-file.
type RefusedError struct {
	Finding resolute.Finding
}

// Error gives the place, the rule and the sentence of the finding.
func (e *RefusedError) Error() string {
	f := e.Finding
	return fmt.Sprintf("line %d, column %d: %s: %s", f.Line, f.Column, f.Rule, f.Message)
}
