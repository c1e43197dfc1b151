package mandate_test

import (
	"strconv"
	"testing"

	"resolute"
	"resolute/internal/mandate"
)

func TestWhatIsPrintedBehindANumber(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"Rev. Kigali, 2022": "基加利 2022 revised", "Rév. Kigali, 2022": "基加利 2022 revised", "2022年，基加利，修订版": "基加利 2022 revised", "Guadalajara, 2010": "瓜达拉哈拉 2010",
		"Rev. 2015": " 2015 revised", "2009": " 2009",
		"Rev. Atlantis, 2031": "", "Rev. Busan, 2014 Dubai, 2018": "", "05/2013": "", "PP-18": "", "draft (Addis-Ababa, 2021)": "", "30 (2017-01-02)": "", "": "",
	} {
		e, ok := mandate.ReadLabel(label)
		got := ""
		if ok {
			got = e.Place[resolute.Chinese] + " " + strconv.Itoa(e.Year)
			if e.Revised {
				got += " revised"
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", label, got, want)
		}
	}
	for _, i := range mandate.Instruments() {
		for _, e := range i.Editions {
			if got, ok := mandate.ReadLabel(e.Label()); !ok || got.Year != e.Year || got.Revised == e.First || (len(got.Place) > 0) != (e.Place != "") {
				t.Errorf("%s: %q is read as %+v, %v", i.Key, e.Label(), got, ok)
			}
		}
	}
}
