package verdict_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/report/verdict"
)

var update = flag.Bool("update", false, "write the goldens anew")

func checked() []verdict.File {
	finding := func(rule string, severity resolute.Severity, line int, message string) resolute.Finding {
		return resolute.Finding{Rule: rule, Severity: severity, Record: "XX-1-<A>", Line: line, Column: 3, Path: "iati-activities/iati-activity/title", Found: "x", Expected: "y", Message: message}
	}
	bad := verdict.File{Name: "activities.xml", Version: "2.03", Read: 2, Total: resolute.FindingsTotal{Error: 3, Warning: 1},
		Findings: []resolute.Finding{finding("1.1.21", "warning", 4, "begin it so"), finding("schema-value", "error", 9, "write a day"), finding("schema-value", "error", 12, "write a number"), finding("6.2.2", "error", 3, "add one")}}
	return []verdict.File{bad, {Name: "good.xml", Version: "2.02", Valid: true, Read: 1}}
}

func TestAPublisherCanBeSentThePage(t *testing.T) {
	for _, lang := range []resolute.Lang{resolute.English, resolute.Arabic} {
		var out bytes.Buffer
		if err := verdict.HTML(&out, checked(), lang); err != nil {
			t.Fatal(err)
		}
		golden := "testdata/verdict." + string(lang) + ".html"
		if *update {
			if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%s is not what is written: -update, and look at the difference\n%s", golden, out.Bytes())
		}
	}
}

func TestWhatWeighsMostComesFirst(t *testing.T) {
	var out bytes.Buffer
	if err := verdict.HTML(&out, checked(), resolute.English); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	last := -1
	for _, rule := range []string{"schema-value", "6.2.2", "1.1.21"} {
		at := strings.Index(page, `href="#f1-`+rule)
		if at < last {
			t.Errorf("%s stands too early", rule)
		}
		last = at
	}
	if strings.Contains(page, "<A>") {
		t.Error("what a file holds is taken for markup")
	}
}

func TestOfARuleWithManyPlacesTheFirstAreListed(t *testing.T) {
	f := verdict.File{Name: "many.xml", Version: "2.03"}
	for n := range 250 {
		f.Findings = append(f.Findings, resolute.Finding{Rule: "schema-value", Severity: resolute.SeverityError, Line: n + 1, Message: "write a day", Record: fmt.Sprint("R", n)})
	}
	var out bytes.Buffer
	if err := verdict.HTML(&out, []verdict.File{f}, resolute.English); err != nil {
		t.Fatal(err)
	}
	if page := out.String(); strings.Count(page, "<li>") != 100 || !strings.Contains(page, "150 more are not listed.") {
		t.Errorf("%d places are listed", strings.Count(page, "<li>"))
	}
}
