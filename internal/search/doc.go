// Package search folds and analyses text of the six languages, so that one analyser serves
// both database engines. Folding changes what is looked in, never the text that is shown.
package search
