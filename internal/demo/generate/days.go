package generate

import "time"

// Days are counted from the first of January 2010. Their text is kept, since it is written some
// ten times an activity.
const knownDays = 366 * 26

var days = func() [knownDays]string {
	var list [knownDays]string
	first := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range list {
		list[i] = first.AddDate(0, 0, i).Format(time.DateOnly)
	}
	return list
}()

// dayOf gives the number of a day.
func dayOf(year, month, day int) int {
	return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Sub(time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)).Hours()) / 24
}

// today is the day on which everything was written; it does not follow the clock.
var today = dayOf(2026, 9, 30)
