// Package projection carries a series of percentages into the future. The headline is a damped
// trend on the logit scale, whose band is as wide as the errors that the same method made before;
// logistic, Gompertz and Bass curves are scenarios beside it. What cannot be said honestly is
// refused with its reason. Formulas and their sources: docs/reference/measures.md.
package projection
