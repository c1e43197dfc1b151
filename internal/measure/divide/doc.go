// Package divide measures the distance between two: women and men, countryside and town, one area
// and another, an area and its target; in points, as a ratio, and in years. What is not defined is
// NaN. Formulas and their sources: docs/reference/measures.md.
package divide
