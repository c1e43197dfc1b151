package redline_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute/internal/mandate/redline"
)

const samples = "../../../../shared/samples/resolutions"

// read gives a file of the samples; without them the test is skipped, and says so.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Skipf("not tried against real texts: %s is absent", samples)
	}
	return string(text)
}

func key(s redline.Span) string { return s.ID() + " " + string(s.Kind) }

func TestEverySpanOfTheDraftIsFound(t *testing.T) {
	var golden struct{ Spans []redline.Span }
	if err := json.Unmarshal([]byte(read(t, "wtdc21-res30-draft.redline.json")), &golden); err != nil {
		t.Fatal(err)
	}
	got := map[string]redline.Span{}
	for _, s := range redline.Split(read(t, "wtdc21-res30-draft.txt")).Spans {
		got[key(s)] = s
	}
	sure := 0
	for _, want := range golden.Spans {
		s, found := got[key(want)]
		switch {
		case !found:
			t.Errorf("not found: %s %q", key(want), want.Text)
		case want.Sure() != s.Sure():
			t.Errorf("%s %s: certainty %.2f, a person gave %.2f", key(want), s.Rule, s.Certainty, want.Certainty)
		case s.Text != want.Text || s.Whole != want.Whole:
			t.Errorf("%s: %q whole %v, want %q %v", key(want), s.Text, s.Whole, want.Text, want.Whole)
		}
		if s.Sure() {
			sure++
		}
		delete(got, key(want))
	}
	for _, s := range got {
		t.Errorf("nobody else found %s %q %.2f %s", key(s), s.Text, s.Certainty, s.Rule)
	}
	t.Logf("%d sure and %d doubtful spans, each exact", sure, len(golden.Spans)-sure)
}

func TestBothTextsOfTheDraftAreThoseThatAPersonWrote(t *testing.T) {
	p := redline.Split(read(t, "wtdc21-res30-draft.txt"))
	for name, got := range map[string]string{"before": p.Before, "after": p.After} {
		if want := read(t, "wtdc21-res30-draft."+name+".txt"); got != want {
			t.Errorf("%s:\n%s", name, firstDifference(got, want))
		}
	}
	var golden struct{ Letters []redline.Letter }
	if err := json.Unmarshal([]byte(read(t, "wtdc21-res30-draft.redline.json")), &golden); err != nil {
		t.Fatal(err)
	}
	if got, want := letters(p.Restored), letters(golden.Letters); got != want {
		t.Errorf("restored %s, want %s", got, want)
	}
}

func letters(list []redline.Letter) string {
	var b strings.Builder
	for _, l := range list {
		fmt.Fprintf(&b, "%d %s %q %q\n", l.Line, l.Side, l.Printed, l.Written)
	}
	return b.String()
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %q\nwant %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// A real proposal in Arabic was flattened; its accepted and rejected twins tell the truth.
func TestSureSpansOfAnArabicProposalAreThoseOfItsTwins(t *testing.T) {
	text, before, after := flattened(t, "docx/real/RP051-Arabic.json")
	sure := 0
	for _, s := range redline.Split(text).Spans {
		if !s.Sure() || s.Kind == redline.Mark {
			continue
		}
		sure++
		in, out := before, after
		if s.Kind == redline.Inserted {
			in, out = after, before
		}
		if words := squeeze(s.Text); !strings.Contains(in, words) || s.Whole && strings.Contains(out, words) {
			t.Errorf("%s %s %q is not what the twins say", key(s), s.Rule, s.Text)
		}
	}
	if sure < 9 {
		t.Errorf("%d sure spans, want 9 or more", sure)
	}
}

func flattened(t *testing.T, name string) (text, before, after string) {
	var doc struct{ Accepted, Rejected, Flattened []string }
	if err := json.Unmarshal([]byte(read(t, name)), &doc); err != nil {
		t.Fatal(err)
	}
	return strings.Join(doc.Flattened, "\n"), squeeze(strings.Join(doc.Rejected, "\n")), squeeze(strings.Join(doc.Accepted, "\n"))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// Where every change left a trace, the two texts are those that a word processor gives.
func TestTrackedChangesThatLeaveTracesComeApart(t *testing.T) {
	text, before, after := flattened(t, "docx/synthetic/rtl-arabic.json")
	const yearly = "سنوياً" // a pure insertion leaves no trace
	p := redline.Split(text)
	if got := squeeze(p.Before); strings.Replace(got, yearly, "", 1) != before {
		t.Errorf("before:\n%s\nwant\n%s", got, before)
	}
	if got := squeeze(p.After); got != after {
		t.Errorf("after:\n%s\nwant\n%s", got, after)
	}
	text, _, after = flattened(t, "docx/synthetic/res30-tracked.json")
	if got, want := len(redline.Split(text).Spans), 55; got != want {
		t.Errorf("the draft as flattened from tracked changes: %d spans, want %d (%d signs after)", got, want, len(after))
	}
}

func TestTheSecondFlattenedSpecimen(t *testing.T) {
	var got []string
	for _, s := range redline.Split(read(t, "excerpts/wtdc17-res17-proposal-flattened.txt")).Spans {
		got = append(got, key(s)+" "+s.Text)
	}
	if want := "[3:52-63 deleted Dubai, 2014 3:63-81 inserted Buenos Aires, 2017]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func TestCleanTextsGiveNoSpan(t *testing.T) {
	read(t, "README.md")
	for _, folder := range []string{"itu", "un", "excerpts"} {
		paths, err := filepath.Glob(filepath.Join(samples, folder, "*.txt"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v, %v", folder, paths, err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "-flattened.txt") {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range redline.Split(string(text)).Spans {
				t.Errorf("%s: %s %q %.2f %s", filepath.Base(path), key(s), s.Text, s.Certainty, s.Rule)
			}
		}
	}
}
