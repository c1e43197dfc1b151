// Package redline takes apart a text in which two revisions are mixed: tracked changes that were
// saved as plain text, so that struck and inserted words stand side by side. It proposes what the
// text said before and after, and says for each span how sure it is and why; what it cannot know
// it flags. A flattened text is a lower bound of the changes: a pure insertion leaves no trace.
//
// The package is pure: text in, proposal out. Its evidence is the calendar of conferences, names
// that came late, the marks of lists read as one problem for each list, and joints that are no
// grammar. Nothing is proposed for a text without a place where two values run together.
package redline
