// Package web is the edge of pages: html/template on the server, one small style sheet, no
// script. A handler decodes an address, calls one verb and hands a struct made for the page to
// a template; the same answer is served as JSON and CSV under the same address with a suffix.
//
// Each kind of page is a pair: a handler in NAME.go and a template in templates/NAME.html.
// Templates choose and loop; every word is a key of the catalogue, written {{$.T "key"}}. Links
// are made by {{$.URL "/path" "name" "value"}}, which keeps language and period. Texts of
// records stand in <bdi>, with the language of a passage that fell back to another one.
package web
