package sheet

import (
	"bytes"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// foreign tells files that are no CSV in UTF-8 by their first bytes.
func foreign(start []byte) *wrong {
	w := wrong{rule: "sheet-encoding", expected: "CSV in UTF-8: save the sheet as \"CSV UTF-8\"", line: 1, col: 1}
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		w.found = "text in UTF-16"
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		w.found = "a workbook"
	case bytes.IndexByte(start[:min(len(start), 1024)], 0) >= 0:
		w.found = "bytes that are zero, as in UTF-16"
	default:
		return nil
	}
	return &w
}

// separatorOf counts the candidates in the first record, outside quotes; the first of equals wins.
func separatorOf(start []byte) byte {
	count := map[byte]int{}
	inQuotes := false
	for _, b := range bytes.TrimLeft(start, "\r\n") {
		if b == '"' {
			inQuotes = !inQuotes
		}
		if b == '\n' && !inQuotes {
			break
		}
		if !inQuotes {
			count[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte(";\t") {
		if count[b] > count[best] {
			best = b
		}
	}
	return best
}

// unreadable names the first byte that is no text.
func unreadable(text []byte) string {
	for i, r := range string(text) {
		wide := r == utf8.RuneError && text[i] != 0xEF // the replacement character itself is text
		if wide || r == 0x7F || (r < ' ' && r != '\t' && r != '\n' && r != '\r') {
			return "byte 0x" + string("0123456789abcdef"[text[i]>>4]) + string("0123456789abcdef"[text[i]&15])
		}
	}
	return ""
}
