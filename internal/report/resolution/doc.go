// Package resolution writes the texts of resolutions as documents of their own: DOCX in the form in which they
// are printed, DOCX and HTML with the changes from one text to another, HTML, and a table of their provisions.
// Equal texts give equal bytes.
package resolution
