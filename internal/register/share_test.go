package register

import (
	"encoding/json"
	"testing"
)

func TestSharesAreWrittenAsPercentages(t *testing.T) {
	for share, want := range map[Share]string{NoShare: "null", 0: "0", Whole: "100", 600_000: "60", 333_333: "33.3333", 5: "0.0005", 125_000: "12.5", 1_000_500: "100.05"} {
		if got, err := json.Marshal(share); err != nil || string(got) != want {
			t.Errorf("%d millionths: %s, want %s, %v", share, got, want, err)
		}
	}
}
