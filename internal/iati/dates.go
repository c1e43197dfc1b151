package iati

import (
	"regexp"
	"time"

	"resolute"
)

// afterDay is what xs:date and xs:dateTime may have after the day: a time of day, a time zone.
var afterDay = regexp.MustCompile(`^(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$`)

// day reads a day from an attribute of the start tag at hand. Of a date with time or time zone
// the day as printed is kept. It warns of what is no date, and of an empty or absent one.
func (d *decoder) day(attr, element string, at spot) string {
	printed := d.attr(attr)
	if len(printed) >= 10 && resolute.ValidDay(printed[:10]) && (len(printed) == 10 || afterDay.MatchString(printed[10:])) {
		return printed[:10]
	}
	d.warn("date-invalid", at, printed, "YYYY-MM-DD", "%s %q is no date", element, printed)
	return ""
}

// instant reads a date with time and gives it in UTC to the second; one without time zone is
// taken as UTC. What is none stays as printed, with a note.
func (d *decoder) instant(printed string, at spot) string {
	if printed == "" {
		return ""
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, printed); err == nil && t.UTC().Year() > 0 && t.UTC().Year() < 10_000 {
			return t.UTC().Format(time.RFC3339)
		}
	}
	d.noteOnce("date-invalid", at, printed, "last-updated-datetime is no date with time")
	return printed
}

// boolean reads an attribute of type xs:boolean; nil when absent or neither.
func (d *decoder) boolean(attr string) *bool {
	var b bool
	switch d.attr(attr) {
	case "1", "true":
		b = true
	case "0", "false":
	default:
		return nil
	}
	return &b
}
