package web

import (
	"io"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

// documentTypes are the media types of documents by the ending of their addresses.
var documentTypes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"html": "text/html; charset=utf-8",
}

// wordsLang is the language of the words around a text that is taken away: the one that the address asks
// for, else, as empty, that of the text.
func wordsLang(r *request) resolute.Lang {
	if r.chosen {
		return r.lang
	}
	return ""
}

// textDocuments are the documents of a text.
func textDocuments(r *request, text *mandate.Reading) map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{
		"docx": func(w io.Writer) error { return resolution.DOCX(w, text, wordsLang(r)) },
		"html": func(w io.Writer) error { return resolution.HTML(w, text, wordsLang(r)) },
	}
}

// redlineDocuments are the documents of what changed from one text to another.
func redlineDocuments(r *request, old, new *mandate.Reading) map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{
		"docx": func(w io.Writer) error { return resolution.Redline(w, old, new, resolution.Author{}, wordsLang(r)) },
		"html": func(w io.Writer) error { return resolution.RedlineHTML(w, old, new, wordsLang(r)) },
	}
}
