package framework

import (
	"slices"
	"testing"

	"golang.org/x/text/currency"
)

func TestCurrenciesAreThoseOfISO4217(t *testing.T) {
	for _, code := range []string{"USD", "EUR", "XOF", "XDR", "DEM", "VES", "SLE", "ZWG", "XCG", "XBT"} {
		if !IsCurrency(code) {
			t.Errorf("%s is a currency", code)
		}
	}
	for _, code := range []string{"", "XYZ", "XXX", "XTS", "usd", "US", "USDX", "ABC", "US\n"} {
		if IsCurrency(code) {
			t.Errorf("%q is none", code)
		}
	}
	list := currencies()
	if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Error("the codes are not in order, or one stands twice")
	}
	for known := currency.Query(currency.Historical, currency.NonTender); known.Next(); {
		if code := known.Unit().String(); code != "XXX" && code != "XTS" && !IsCurrency(code) {
			t.Errorf("%s is missing", code)
		}
	}
}

func TestHeldRatesAreKnownByTheirCurrencies(t *testing.T) {
	rates := &Rates{quotes: map[[2]string][]Rate{{"EUR", "USD"}: nil}}
	if !rates.Has("EUR") || !rates.Has("USD") || rates.Has("CHF") || (*Rates)(nil).Has("EUR") {
		t.Error("held are rates of EUR and USD alone")
	}
}
