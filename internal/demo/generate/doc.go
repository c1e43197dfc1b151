// Package generate makes IATI files of any size, as fictional as those of the demonstration, for tests
// and measurements: as many activities as wanted, and beside them a truth file that says what is in
// them and what a register must find. The same options give the same bytes, on every machine and
// with any number of workers: chance is whole numbers, and each activity has a stream of its own.
//
// What is decided about an activity (its facts) is a function of the seed and its number alone. So it
// can be made again wherever it is needed, by a neighbour that pays it or by the truth, and memory
// hardly grows with the number of activities (the faults are listed). The truth is reckoned here, from the facts, by rules
// written down once more; nothing of the register or the coverage takes part in it.
package generate
