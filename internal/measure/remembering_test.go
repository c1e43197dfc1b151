package measure

import (
	"errors"
	"testing"
	"testing/synctest"
)

// Of those who ask for one state the first reckons and the others wait for it; who asks for another
// state does not. What failed is reckoned again, and the state asked for last stays.
func TestStateIsReckonedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept remembered[string]
		reckoned := map[int64]int{}
		ask := func(change int64, value string, err error) string {
			got, err := kept.at(change, func() (string, error) { reckoned[change]++; return value, err })
			if err != nil {
				return err.Error()
			}
			return got
		}
		begun, slow, answers := make(chan bool), make(chan bool), make(chan string)
		go func() {
			got, _ := kept.at(1, func() (string, error) { close(begun); <-slow; return "one", nil })
			answers <- got
		}()
		<-begun
		go func() { answers <- ask(1, "again", nil) }()
		if got := ask(2, "two", nil); got != "two" { // deadlock if it waits
			t.Errorf("another state: %s", got)
		}
		close(slow)
		if one, other := <-answers, <-answers; one != "one" || other != "one" || reckoned[1] != 0 {
			t.Errorf("the state that is reckoned: %s and %s, reckoned %d times more", one, other, reckoned[1])
		}
		if got := ask(3, "", errors.New("broken")) + ", " + ask(3, "whole", nil); got != "broken, whole" {
			t.Errorf("behind a fault: %s", got)
		}
		ask(4, "four", nil)
		ask(1, "anew", nil)
		ask(5, "five", nil) // in the place of 2
		if one, two := ask(1, "anew", nil), ask(2, "anew", nil); one != "one" || two != "anew" {
			t.Errorf("the one used last gave %s, the one not used for longest %s", one, two)
		}
	})
}
