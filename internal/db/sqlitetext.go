package db

import (
	"database/sql/driver"
	"strings"

	"modernc.org/sqlite"
)

// What PostgreSQL knows of text and SQLite does not: capitals of letters beyond ASCII, and by its name "C"
// the order by code point, which a statement states where a result hangs on it and not just a list's order.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("upper", 1, upper)
	sqlite.MustRegisterCollationUtf8("C", strings.Compare)
}

func upper(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	if text, ok := args[0].(string); ok {
		return strings.ToUpper(text), nil
	}
	return args[0], nil
}
