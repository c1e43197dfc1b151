package resolute

import "errors"

// Code classes an Error; each edge turns it into its own status in one table.
type Code string

// The codes of errors that a reader can act on. Any other error is Internal.
const (
	Invalid   Code = "invalid"
	NotFound  Code = "not-found"
	Forbidden Code = "forbidden"
	Conflict  Code = "conflict"
	Usage     Code = "usage"
	Busy      Code = "busy" // would be done if it were asked again later
	Internal  Code = "internal"
)

// Error is an error the reader can act on: what class it is, which field is to blame, and a
// sentence. Message is a plain English sentence that names what was found and expected.
type Error struct {
	Code    Code
	Field   string
	Message string
	Err     error
}

// Error gives the sentence, the field and the cause.
func (e *Error) Error() string {
	s := e.Message
	if s == "" {
		s = string(e.Code)
	}
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf classes any error: the code of the first Error in its chain, else Internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
