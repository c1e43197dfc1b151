// Package docx reads DOCX files that bear tracked changes: the text with every change refused and
// the text with every change accepted, each with its footnotes and its automatic numbers as a word
// processor shows them (ISO/IEC 29500-1, WordprocessingML, transitional and strict).
//
// Nothing outside the file is read, and what is read is bounded: see Read.
package docx
