// Package ooxml writes DOCX documents (Office Open XML, ECMA-376 transitional) in the manner of
// documents of ITU: front block, summary box, numbered headings, tables, footnotes, annexes; left
// to right and right to left. Equal documents give equal bytes.
//
// The order of property elements and the meaning of left and right in paragraphs that run from
// right to left follow ECMA-376 part 1, 17.3 and 17.4.
package ooxml
