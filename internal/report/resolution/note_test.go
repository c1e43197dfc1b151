package resolution_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

// notedTexts bear marks where no printed number could tell that it is one.
var notedTexts = map[string]string{
	"English": "RESOLUTION 9 (Rev. Dubai, 2018)\nLamps⁽1⁾ of the coast\nThe Plenipotentiary Conference (Dubai, 2018),\nrecalling\na) Resolution 71⁽2⁾ (Rev. Dubai, 2018), and 2012⁽3⁾-2015,\nresolves\n1 to count⁽4⁾⁽5⁾ lamps.\n" +
		"[footnote 1] One.\n[footnote 2] Two.\n[footnote 3] Three.\n[footnote 4] Four.\n[footnote 5] Five.\n",
	"with marks of its own": "RESOLUTION 9 (Rev. Dubai, 2018)\nLamps⁽*⁾ of the coast\nThe Plenipotentiary Conference (Dubai, 2018),\nresolves\n1 to count⁽a⁾ lamps.\n[footnote *] Star.\n[footnote a] Letter.\n",
	"Arabic":                "القرار 140 (المراجَع في دبي، 2018)\nدور الاتحاد\nإن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (دبي، 2018)،\nيقرر\n1 أن يواصل الاتحاد⁽1⁾ عمله.\n[footnote 1] كله.\n",
}

// notesIn lists the footnotes of a text with the words before their marks.
func notesIn(r *mandate.Reading) (list []string) {
	for _, l := range r.Printed().Lines {
		for _, n := range l.Notes {
			list = append(list, fmt.Sprintf("%s|%s|%s|%s", l.Text[:n.At], n.Mark, n.Text, l.Text[n.At:]))
		}
		if l.Kind == mandate.LooseLine {
			list = append(list, "loose: "+l.Text)
		}
	}
	return list
}

func TestFootnotesOfADocumentKeepTheirPlace(t *testing.T) {
	for name, text := range notedTexts {
		r := mandate.Unheld(text)
		var b bytes.Buffer
		if err := resolution.DOCX(&b, r, ""); err != nil {
			t.Fatal(err)
		}
		got, fault := mandate.File{Name: "text.docx", Data: b.Bytes()}.Read()
		if fault != nil {
			t.Fatal(fault.Message)
		}
		if again, want := notesIn(mandate.Unheld(got.Text)), notesIn(r); !slices.Equal(again, want) || len(want) != len(r.Footnotes) {
			t.Errorf("%s: %d footnotes\n got %q\nwant %q\n%s", name, len(r.Footnotes), again, want, got.Text)
		}
	}
}

func TestFootnotesOfAPageKeepTheirPlace(t *testing.T) {
	for name, text := range notedTexts {
		r := mandate.Unheld(text)
		var b bytes.Buffer
		if err := resolution.HTML(&b, r, ""); err != nil {
			t.Fatal(err)
		}
		got, fault := mandate.File{Name: "text.html", Data: b.Bytes()}.Read()
		if fault != nil {
			t.Fatal(fault.Message)
		}
		if again, want := notesIn(mandate.Unheld(got.Text)), notesIn(r); !slices.Equal(again, want) {
			t.Errorf("%s:\n got %q\nwant %q\n%s", name, again, want, got.Text)
		}
	}
}
