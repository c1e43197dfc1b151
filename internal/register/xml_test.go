package register_test

import (
	"fmt"
	"strings"
)

// activity is a small fictional activity for tests; extra stands behind its dates.
type activity struct {
	id, reporter, updated, title, extra string
	hierarchy                           int
	secondary                           bool
}

func (a activity) xml() string {
	var b strings.Builder
	if a.reporter == "" {
		a.reporter = "ZZ-TEST-1"
	}
	if a.title == "" {
		a.title = "Fictional " + a.id
	}
	b.WriteString("<iati-activity default-currency=\"USD\" xml:lang=\"en\"")
	if a.updated != "" {
		fmt.Fprintf(&b, " last-updated-datetime=%q", a.updated+"T00:00:00Z")
	}
	if a.hierarchy != 0 {
		fmt.Fprintf(&b, " hierarchy=\"%d\"", a.hierarchy)
	}
	secondary := ""
	if a.secondary {
		secondary = ` secondary-reporter="1"`
	}
	fmt.Fprintf(&b, ">\n<iati-identifier>%s</iati-identifier>\n<reporting-org ref=%q type=\"40\"%s><narrative>Fictional agency</narrative></reporting-org>\n", a.id, a.reporter, secondary)
	fmt.Fprintf(&b, "<title><narrative>%s</narrative></title>\n<description><narrative>Fictional.</narrative></description>\n<participating-org role=\"4\"><narrative>Fictional partner</narrative></participating-org>\n", a.title)
	fmt.Fprintf(&b, "<activity-status code=\"2\"/>\n<activity-date type=\"2\" iso-date=\"2024-01-01\"/>\n%s\n</iati-activity>\n", a.extra)
	return b.String()
}

func root(body string) string {
	return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\">\n" + body + "</iati-activities>\n"
}

func iatiFile(activities ...activity) string {
	var b strings.Builder
	for _, a := range activities {
		b.WriteString(a.xml())
	}
	return root(b.String())
}

// many gives n activities, enough for several batches from 1,001 on.
func many(n int, title string) []activity {
	list := make([]activity, n)
	for i := range list {
		list[i] = activity{id: fmt.Sprintf("ZZ-TEST-1-%05d", i), title: title}
	}
	return list
}
