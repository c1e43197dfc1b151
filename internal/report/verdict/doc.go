// Package verdict writes what a check of files found as a page that its publisher can be sent: by file,
// then by rule, with what to do and each place.
package verdict
