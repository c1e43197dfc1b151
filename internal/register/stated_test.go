package register

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"resolute/internal/framework"
	"resolute/internal/iati"
)

// crowded states n of each thing that is put together when it is stated twice, and each twice.
func crowded(n int) iati.Activity {
	a := iati.Activity{Identifier: "R-1"}
	for i := range 2 * n {
		code := fmt.Sprint(i % n)
		a.Sectors = append(a.Sectors, iati.Code{Vocabulary: "1", Code: code, Share: 10}, iati.Code{Vocabulary: "7", Code: "5", Share: 1})
		a.Regions = append(a.Regions, iati.Place{Vocabulary: "99", Code: code, Share: 10})
		a.Countries = append(a.Countries, iati.Place{Code: "X" + code})
		a.Documents = append(a.Documents, iati.Document{Day: code})
	}
	for i := range n {
		a.Transactions = append(a.Transactions, iati.Transaction{Sectors: []iati.Code{{Vocabulary: "1", Code: "22040"}, {Vocabulary: "8", Code: "5.b"}},
			Regions: []iati.Place{{Vocabulary: "1", Code: fmt.Sprint(i)}}})
	}
	return a
}

// What is stated twice is one, in few things as in many.
func TestWhatIsStatedTwiceIsOneAmongMany(t *testing.T) {
	for _, n := range []int{fewThings / 2, 3 * fewThings} {
		p := testBook.project(crowded(n))
		at0, want := map[string]int{}, map[string]int{DACSector: n, framework.Goal: 1}
		for _, tag := range p.Tags {
			if tag.Basis == Stated && tag.Txn == 0 {
				at0[tag.Scheme]++
			}
			if tag.Scheme == DACSector && tag.Txn == 0 && tag.Share != 20 {
				t.Fatalf("of %d: %+v, want a share of 20", n, tag)
			}
		}
		if !reflect.DeepEqual(at0, want) {
			t.Errorf("of %d: %v, want %v", n, at0, want)
		}
		if len(p.Places) != 2*n || p.Places[0].Share != 20 || len(p.Evidence) != n || len(p.findings) != n {
			t.Errorf("of %d: %d places, the first %+v, %d days, %d findings", n, len(p.Places), p.Places[0], len(p.Evidence), len(p.findings))
		}
	}
}

// An activity of 40,000 codes, places and transactions is read at once: going through all for each
// takes a minute and more.
func TestAnActivityOfManyCodesIsReadAtOnce(t *testing.T) {
	a := crowded(40_000)
	began := time.Now()
	testBook.project(a)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("reading took %v", took)
	}
}
