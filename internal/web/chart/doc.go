// Package chart draws small charts as SVG: lines over years, and a map with one tile for each
// country, so that small islands are seen. Text keeps its size, the plot stretches with the page;
// classes of the style sheet give colours, so that dark mode, forced colours and print work. A chart
// has a title and a description, and a table beside it says the same.
package chart
