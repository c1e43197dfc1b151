package iati

import (
	"regexp"
	"strings"
	"time"

	"resolute"
)

// afterDay is what xs:date and xs:dateTime may have after the day: a time of day, also behind a blank as
// databases print it, a time zone.
var afterDay = regexp.MustCompile(`^([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$`)

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
	if isInstant(printed) {
		return printed
	}
	whole := timeApart(printed)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, whole); err == nil && t.UTC().Year() > 0 && t.UTC().Year() < 10_000 {
			return t.UTC().Format(time.RFC3339)
		}
	}
	d.noteOnce("date-invalid", at, printed, "last-updated-datetime is no date with time")
	return printed
}

// timeApart puts a T between a day and its time where a blank parts them, as databases print them.
func timeApart(s string) string {
	day, time, parted := strings.Cut(s, " ")
	if !parted || !resolute.ValidDay(day) {
		return s
	}
	if len(time) == len("15:04") {
		time += ":00"
	}
	return day + "T" + time
}

// isInstant knows what instant would give as it is; it is false for some of these too.
func isInstant(s string) bool {
	if len(s) != len("2006-01-02T15:04:05Z") || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z' || s[:4] == "0000" {
		return false
	}
	for _, i := range []int{11, 12, 14, 15, 17, 18} {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s[11:13] <= "23" && s[14] <= '5' && s[17] <= '5' && resolute.ValidDay(s[:10])
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
