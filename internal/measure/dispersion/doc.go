// Package dispersion measures how unequally something is spread over areas or people: mean,
// deviation, Gini, Theil, Atkinson, percentiles. Values are plain numbers, weights (people,
// households) are optional. What a formula does not define is NaN, never a zero. Formulas are
// those of docs/reference/measures.md, which gives their sources.
package dispersion
