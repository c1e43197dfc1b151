// Package report writes the comprehensive summary that Resolution 30 asks for, as HTML and as
// DOCX in six languages. Code chooses the facts and wording holds the words. Every figure names
// the query behind it. Nothing in it reads a clock: equal data gives equal bytes.
package report
