package resolute_test

import (
	"fmt"
	"testing"
	"time"

	"resolute"
)

func TestADayIsValidWhenTheCalendarHasIt(t *testing.T) {
	list := []string{"", "2024-1-01", "2024-01-1", "2024/01/01", "24-01-01", "2024-01-01T", "x024-01-01", "2024-0x-01", "2024-01-0x", "+024-01-01"}
	for _, year := range []int{0, 1900, 2000, 2023, 2024} {
		for month := range 15 {
			for day := range 34 {
				list = append(list, fmt.Sprintf("%04d-%02d-%02d", year, month, day))
			}
		}
	}
	for _, day := range list {
		_, err := time.Parse(time.DateOnly, day)
		if got := resolute.ValidDay(day); got != (err == nil) {
			t.Errorf("%q: %v, the calendar says %v", day, got, err)
		}
	}
}
