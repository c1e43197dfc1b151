package iati

import "bytes"

// GlanceIdentifier looks for the identifier of an activity without reading it: what stands in the
// first thing that looks like an iati-identifier. It is a guess, for looking things up before the
// activity is read; it is empty where a look does not do.
func GlanceIdentifier(raw []byte) string {
	const name = "<iati-identifier"
	at := bytes.Index(raw, []byte(name))
	if at < 0 {
		return ""
	}
	rest := raw[at+len(name):]
	open := bytes.IndexByte(rest, '>')
	if open < 0 || open > 0 && !isBlank(rest[:1]) {
		return ""
	}
	rest = rest[open+1:]
	end := bytes.IndexByte(rest, '<')
	if end < 0 || bytes.IndexByte(rest[:end], '&') >= 0 || !bytes.HasPrefix(rest[end:], []byte("</iati-identifier")) {
		return ""
	}
	return cleanText(string(rest[:end]))
}
