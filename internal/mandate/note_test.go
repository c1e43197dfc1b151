package mandate

import (
	"strings"
	"testing"
)

const notedText = `RESOLUTION 140 (REV. FABLE, 2035)
Lamps of the coast⁽1⁾
The Plenipotentiary Conference of the International Telecommunication Union (Fable, 2035),
recalling
a) Resolution 71⁽2⁾ (Rev. Dubai, 2018) of the Plenipotentiary Conference;
b) lamps of 5 m², and ⁽9⁾ of them,
resolves
1 to count⁽3⁾⁽4⁾⁽*⁾ lamps.
[footnote 1] One.
[footnote 2] Two.
[footnote 3] Three.
[footnote 4] Four.
[footnote *] Star.
`

// notesIn writes the lines of a text with their notes where they stand.
func notesIn(r *Reading) string {
	var b strings.Builder
	for _, l := range r.Printed().Lines {
		at := 0
		for _, n := range l.Notes {
			b.WriteString(l.Text[at:n.At] + "{" + n.Mark + " " + n.Text + "}")
			at = n.At
		}
		b.WriteString(l.Text[at:] + "\n")
	}
	return b.String()
}

func TestAFootnoteKeepsThePlaceOfItsMark(t *testing.T) {
	got := notesIn(Unheld(notedText))
	for _, want := range []string{"coast{1 One.}\n", "Resolution 71{2 Two.} (Rev. Dubai", "count{3 Three.}{4 Four.}{* Star.} lamps.", "5 m², and ⁽9⁾ of them"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q in\n%s", want, got)
		}
	}
}

func TestTheMarksOfFootnotesAreNoPartOfTheWords(t *testing.T) {
	noted, bare := Parse(notedText), Parse(raisedMark.ReplaceAllStringFunc(notedText, func(mark string) string {
		if mark == "⁽9⁾" {
			return mark
		}
		return ""
	}))
	if got, want := noted.essence(), bare.essence(); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if noted.Title != "Lamps of the coast" {
		t.Errorf("the title is %q", noted.Title)
	}
}

func TestAkomaNtosoKeepsThePlaceOfFootnotes(t *testing.T) {
	text, findings, err := textOfAkoma(akoma(t, Unheld(notedText)))
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	if got, want := notesIn(Unheld(text)), notesIn(Unheld(notedText)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestAFootnoteStaysWithItsWordsWhenALineIsSplit(t *testing.T) {
	r := Unheld(strings.ReplaceAll(notedText, "to count⁽3⁾⁽4⁾⁽*⁾ lamps.", "to count⁽3⁾ lamps; to ring⁽4⁾ bells⁽*⁾."))
	r.corrections = []Correction{{Deed: Split, Heading: "resolves", Mark: "1", Text: "to count lamps; to ring bells.", Words: "to ring", NewMark: "2"}}
	if got := notesIn(r); !strings.Contains(got, "count{3 Three.} lamps;") || !strings.Contains(got, "ring{4 Four.} bells{* Star.}.") {
		t.Errorf("got\n%s", got)
	}
}

func TestALinkThatIsNoFootnoteStaysText(t *testing.T) {
	for page, want := range map[string]string{
		`<p>Lamps<sup><a href="#n1" id="m1">1</a></sup> burn.</p><h2>Notes</h2><ol><li id="n1">Of oil. <a href="#m1">back</a></li></ol>`: "Lamps⁽1⁾ burn.\nNotes\n[footnote 1] Of oil.\n",
		`<p>Lamps<sup><a href="#n1">1</a></sup> burn.</p><p id="n1">Of oil.</p>`:                                                         "Lamps1 burn.\nOf oil.\n",
		`<p>Lamps <a href="#n1" id="m1">1</a> burn.</p><p id="n1">Of oil. <a href="#m1">back</a></p>`:                                    "Lamps 1 burn.\nOf oil. back\n",
		`<p>Lamps<sup><a href="#n1" id="m1">1</a></sup>.</p><del><p id="n1">Of oil.<a href="#m1">back</a></p></del>`:                     "Lamps1.\n",
	} {
		got, fault := File{Name: "page.html", Side: After, Data: []byte("<html><body>" + page)}.Read()
		if fault != nil || got.Text != want {
			t.Errorf("%s\n got %q\nwant %q (%v)", page, got.Text, want, fault)
		}
	}
}
