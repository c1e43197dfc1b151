// Package statfile reads files of statistics as their publishers give them away: the ITU DataHub,
// the World Bank (wide and long), the UN database of SDG indicators, national Open SDG sites, Our
// World in Data, and a plain form of our own. What a file is, its header tells. Values keep their
// decimal text, areas the code that is printed; nothing is joined by name. Memory does not grow with
// the file.
package statfile
