// Package akn reads and writes resolutions as Akoma Ntoso 3.0 in the profile of the United Nations
// (AKN4UN, class of deliberative documents). It is a codec: bytes to values and back, nothing else.
//
// A resolution is held as its lines in the order of the text, each with its kind, level and mark;
// the writer builds the nesting that the schema wants from the levels, the reader takes it down
// again. An id of two kinds stands at each provision: eId from the number as printed, wId with the
// lasting key of its thread, so that what hangs on a paragraph travels with the text.
package akn
