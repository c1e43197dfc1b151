// Package arch is the test that holds the walls of the house: which room may import which, and
// which room writes which table. A new arrow is a decision: change the lists here and say why
// in the commit.
package arch
