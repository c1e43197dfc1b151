package ooxml_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/ooxml"
)

func of(l resolute.Lang, blocks ...ooxml.Block) *ooxml.Document {
	return &ooxml.Document{Lang: l, Sections: []ooxml.Section{{Blocks: blocks}}}
}

// Every sign of a text comes back from the document, but those that XML cannot hold.
func TestNoSignIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("<>&\"'\t\n\r\x00 ()[]0123.-aشمل")))).Draw(t, "text")
		l := rapid.SampledFrom([]resolute.Lang{"en", "ar", "zh"}).Draw(t, "lang")
		want := strings.Map(func(r rune) rune {
			if (r < ' ' && r != '\t' && r != '\n') || r == 0x7F || r == 0xFFFE || r == 0xFFFF {
				return -1
			}
			return r
		}, strings.ToValidUTF8(text, "\ufffd"))
		if got := body(t, of(l, ooxml.Paragraph{Runs: ooxml.Text(text)})).shown(); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestBytesThatAreNoTextAreReplaced(t *testing.T) {
	if got := body(t, of("en", ooxml.Paragraph{Runs: ooxml.Text("caf\xe9 \xff\xfe.")})).shown(); !utf8.ValidString(got) || got != "caf\ufffd \ufffd." {
		t.Errorf("got %q", got)
	}
}

// A run set right to left is written in angle brackets here.
func TestPassagesAgainstTheParagraphAreMarked(t *testing.T) {
	for _, c := range []struct {
		lang       resolute.Lang
		run        ooxml.Run
		want, name string
	}{
		{"en", ooxml.Run{Text: "plain text, 2024"}, "plain text, 2024", "text with the paragraph"},
		{"en", ooxml.Run{Text: "see مشروع الخطة 30 (جديد), here"}, "see <مشروع الخطة 30 (جديد)>, here", "Arabic in English, with digits and bracket"},
		{"en", ooxml.Run{Text: "العربية and العربية"}, "<العربية> and <العربية>", "two passages"},
		{"ar", ooxml.Run{Text: "الخط C2 في 47 بلداً"}, "<الخط >C2< في 47 بلداً>", "a code in Arabic"},
		{"ar", ooxml.Run{Text: "قرار WTDC Resolution 30 (2017)، وبعد"}, "<قرار >WTDC Resolution 30 (2017)<، وبعد>", "a title with year in Arabic"},
		{"ar", ooxml.Run{Text: "2,848 (61%)"}, "<2,848 (61%)>", "digits alone run with the paragraph"},
		{"ar", ooxml.Run{Text: "بصمة 7f3a91c2"}, "<بصمة >7f3a91c2", "digits joined to letters"},
		{"ar", ooxml.Run{Text: "7f3a91c2…e04d", Dir: ooxml.LTR}, "7f3a91c2…e04d", "a hash"},
		{"ar", ooxml.Run{Text: "11 iii", Dir: ooxml.LTR}, "\u200e11 iii", "a code that begins with a figure"},
		{"ar", ooxml.Run{Text: "resolves 11.", Dir: ooxml.LTR}, "resolves 11.\u200e", "a code that ends in a stop"},
		{"en", ooxml.Run{Text: "11 iii", Dir: ooxml.LTR}, "11 iii", "nothing to hold in English"},
		{"en", ooxml.Run{Text: "(1)", Dir: ooxml.RTL}, "<(1)>", "a run said to run right to left"},
		{"en", ooxml.Run{Text: "EX-WG 2", NoBreak: true}, "EX\u2011WG\u00a02", "a number that does not break"},
	} {
		got := ""
		for _, r := range body(t, of(c.lang, ooxml.Paragraph{Runs: []ooxml.Run{c.run}})).all("r") {
			text := r.shown()
			if look := r.child("rPr"); look != nil && look.child("rtl") != nil {
				text = "<" + text + ">"
			}
			got += text
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestArabicHasNoItalics(t *testing.T) {
	b := body(t, of("ar", ooxml.Paragraph{Runs: []ooxml.Run{{Text: "نص and text", Italic: true}}}))
	italic := ""
	for _, r := range b.all("r") {
		if r.child("rPr") != nil && r.child("rPr").child("i") != nil {
			italic += r.shown()
		}
	}
	if italic != "and text" {
		t.Errorf("italic is %q, want the English words alone", italic)
	}
}

func TestLanguageIsNamedWhereItDiffers(t *testing.T) {
	for _, c := range []struct {
		lang, of  resolute.Lang
		text      string
		attribute string
		want      string
	}{
		{"en", "fr", "texte", "val", "fr-FR"},
		{"en", "zh", "文本", "eastAsia", "zh-CN"},
		{"en", "ar", "نص", "bidi", "ar-SA"},
		{"ar", "sw", "maandishi", "val", "sw"},
		{"en", "en", "text", "val", ""},
	} {
		got := ""
		for _, l := range body(t, of(c.lang, ooxml.Paragraph{Runs: []ooxml.Run{{Text: c.text, Lang: c.of}}})).all("lang") {
			got += l.attr[c.attribute]
		}
		if got != c.want {
			t.Errorf("%s in %s: got %q, want %q", c.of, c.lang, got, c.want)
		}
	}
}

// What a paragraph says of its side: in one that runs right to left, left is at the right.
func TestSidesOfCells(t *testing.T) {
	for _, c := range []struct {
		name  string
		lang  resolute.Lang
		align ooxml.Align
		cell  ooxml.Cell
		rtl   bool
		side  string
	}{
		{"text in English", "en", ooxml.Start, ooxml.Text("a"), false, ""},
		{"figures in English", "en", ooxml.Figures, ooxml.Text("1"), false, "right"},
		{"Arabic title in English stays at the left", "en", ooxml.Start, ooxml.Cell{{Text: "نص", Lang: "ar"}}, true, "right"},
		{"Arabic title among English words", "en", ooxml.Start, ooxml.Cell{{Text: "نص", Lang: "ar"}, {Text: " (draft)"}}, false, ""},
		{"text in Arabic", "ar", ooxml.Start, ooxml.Text("نص"), true, ""},
		{"figures in Arabic", "ar", ooxml.Figures, ooxml.Text("1"), true, "left"},
		{"English title in Arabic stays at the right", "ar", ooxml.Start, ooxml.Cell{{Text: "a.", Lang: "en"}}, false, "right"},
		{"French in English", "en", ooxml.Start, ooxml.Cell{{Text: "a", Lang: "fr"}}, false, ""},
		{"centred", "ar", ooxml.Centre, ooxml.Text("نص"), true, "center"},
		{"nothing", "ar", ooxml.Start, nil, true, ""},
	} {
		b := body(t, of(c.lang, ooxml.Table{Columns: []ooxml.Column{{Width: 1, Align: c.align}}, Rows: [][]ooxml.Cell{{c.cell}}}))
		p := b.all("tr")[1].all("pPr")[0]
		side := ""
		if jc := p.child("jc"); jc != nil {
			side = jc.attr["val"]
		}
		if (p.child("bidi") != nil) != c.rtl || side != c.side {
			t.Errorf("%s: right to left %v, side %q; want %v, %q", c.name, p.child("bidi") != nil, side, c.rtl, c.side)
		}
	}
}

func TestFiguresInArabicKeepTheirSign(t *testing.T) {
	b := body(t, of("ar", ooxml.Table{Columns: []ooxml.Column{{Width: 1, Align: ooxml.Figures}}, Rows: [][]ooxml.Cell{{ooxml.Text("-9.4")}, {ooxml.Text("غير معروف")}}}))
	rows := b.all("tr")
	if got := rows[1].shown(); got != "\u200e-9.4" || len(rows[1].all("rtl")) != 0 {
		t.Errorf("figure: got %q with %d marks of direction", got, len(rows[1].all("rtl")))
	}
	if got := rows[2].shown(); got != "غير معروف" || len(rows[2].all("rtl")) != 1 {
		t.Errorf("words: got %q with %d marks of direction", got, len(rows[2].all("rtl")))
	}
}

func TestTables(t *testing.T) {
	columns := []ooxml.Column{{Width: 1}, {Width: 1}, {Width: 5}}
	d := of("ar", ooxml.Table{Columns: columns, Rows: [][]ooxml.Cell{{nil, nil, nil}, {nil, nil, nil}}}, ooxml.Table{Columns: columns})
	d.Sections = append(d.Sections, ooxml.Section{Landscape: true, Blocks: []ooxml.Block{ooxml.Table{Columns: columns}}})
	b := body(t, d)
	tables := b.all("tbl")
	mustHave(t, tables, 3, "tables")
	for i, want := range []int{9638, 9638, 14570} { // A4 between margins of 20 mm
		sum := 0
		for _, c := range tables[i].all("gridCol") {
			w, err := strconv.Atoi(c.attr["w"])
			if err != nil {
				t.Fatal(err)
			}
			sum += w
		}
		if sum != want || len(tables[i].all("bidiVisual")) != 1 {
			t.Errorf("table %d: width %d, want %d, mirrored", i+1, sum, want)
		}
	}
	mustHave(t, tables[0].all("tblHeader"), 1, "rows of heads")
	mustHave(t, tables[0].all("cantSplit"), 3, "rows that do not split")
	for i, c := range b.children {
		if c.name == "tbl" && b.children[i+1].name != "p" {
			t.Errorf("a table is followed by %s, want a paragraph", b.children[i+1].name)
		}
	}
}

func TestRowsReferToTheFootnoteOfTheirTable(t *testing.T) {
	columns := []ooxml.Column{{Width: 1}}
	table := func(note string) ooxml.Table {
		return ooxml.Table{Title: ooxml.Text("t"), Note: ooxml.Text(note), Columns: columns, Rows: [][]ooxml.Cell{{{{Text: "12", Noted: true}}}, {{{Text: "13", Noted: true}}}}}
	}
	b := body(t, of("ar", ooxml.Paragraph{Runs: []ooxml.Run{{Text: "a", Note: ooxml.Text("other")}}}, table("first"), table("second")))
	mustHave(t, b.all("footnoteReference"), 3, "footnotes, one of each table")
	marks, named := map[string]string{}, map[string]bool{}
	for _, p := range b.all("p") {
		for i, c := range p.children {
			if c.name == "bookmarkStart" {
				marks[c.attr["name"]] = p.children[i+1].all("footnoteReference")[0].attr["id"]
				named[c.attr["id"]] = true
			}
		}
	}
	if len(named) != 2 {
		t.Fatalf("%d bookmarks with their own id, want 2", len(named))
	}
	fields := b.all("fldSimple")
	mustHave(t, fields, 4, "references")
	for i, want := range []string{"3", "3", "4", "4"} {
		name := strings.Fields(fields[i].attr["instr"])[1]
		number, err := strconv.Atoi(marks[name])
		if err != nil || marks[name] != want || fields[i].shown() != strconv.Itoa(number-1) {
			t.Errorf("reference %d shows %q and leads to footnote %q, want %s", i+1, fields[i].shown(), marks[name], want)
		}
	}
	mustHave(t, b.all("cantSplit"), 6, "rows that do not split")
}

func TestRowsMadeWhileTheyAreWrittenStandLikeTheOthers(t *testing.T) {
	columns := []ooxml.Column{{Width: 1, Align: ooxml.Figures}}
	held := ooxml.Table{Columns: columns, Rows: [][]ooxml.Cell{{ooxml.Text("-9.4")}, {ooxml.Text("b")}, {ooxml.Text("c")}}}
	made := ooxml.Table{Columns: columns, Rows: held.Rows[:1], More: func(take func([]ooxml.Cell) error) error {
		return errors.Join(take(held.Rows[1]), take(held.Rows[2]))
	}}
	if !bytes.Equal(written(t, of("ar", held)), written(t, of("ar", made))) {
		t.Error("a table whose rows are made late differs from one that holds them")
	}
}

func TestRowsThatCannotBeMadeAreAnError(t *testing.T) {
	lost := errors.New("connection lost")
	for want, row := range map[string]func(take func([]ooxml.Cell) error) error{
		"connection lost":                      func(func([]ooxml.Cell) error) error { return lost },
		`table "t": row 1: 2 cells, 1 columns`: func(take func([]ooxml.Cell) error) error { return take([]ooxml.Cell{nil, nil}) },
		`link "/activities": want an absolute`: func(take func([]ooxml.Cell) error) error {
			return take([]ooxml.Cell{{{Text: "a", Link: "/activities"}}})
		},
	} {
		d := of("en", ooxml.Table{Title: ooxml.Text("t"), Columns: []ooxml.Column{{Width: 1}}, More: row})
		if err := ooxml.Write(io.Discard, d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestEachSectionEndsInItsLastParagraph(t *testing.T) {
	last := map[string]ooxml.Block{
		"paragraph": ooxml.Paragraph{Runs: ooxml.Text("end")}, "heading": ooxml.Heading{Level: 2, Runs: ooxml.Text("end")},
		"annex": ooxml.Annex{Title: ooxml.Text("end")}, "table": ooxml.Table{Columns: []ooxml.Column{{Width: 1}}},
		"box": ooxml.Box{Paragraphs: []ooxml.Paragraph{{}}}, "front": ooxml.Front{}, "contents": ooxml.Contents{},
	}
	for name, block := range last {
		d := of("en", ooxml.Paragraph{Runs: ooxml.Text("start")}, block)
		d.Sections = append(d.Sections, ooxml.Section{Landscape: true, Blocks: []ooxml.Block{ooxml.Paragraph{Runs: ooxml.Text("more")}}})
		b := body(t, d)
		mustHave(t, b.all("sectPr"), 2, "section properties")
		count := len(b.children)
		before := b.children[count-3]
		if before.name != "p" || before.child("pPr").child("sectPr") == nil || b.children[count-1].name != "sectPr" {
			t.Errorf("%s: the first section does not end in its last paragraph", name)
		}
		if first := b.all("sectPr")[0]; first.child("titlePg") == nil || first.child("pgSz").attr["orient"] != "" {
			t.Errorf("%s: the first section is not upright with a first page of its own", name)
		}
		if second := b.all("sectPr")[1]; second.child("titlePg") != nil || second.child("pgSz").attr["orient"] != "landscape" {
			t.Errorf("%s: the second section is not landscape", name)
		}
	}
}

func TestContentsListHeadingsWithTheirNumbers(t *testing.T) {
	h := func(level int, text string) ooxml.Heading {
		return ooxml.Heading{Level: level, Runs: []ooxml.Run{{Text: text, Link: "https://resolute.example/", Note: ooxml.Text("note")}}}
	}
	b := body(t, of("en", ooxml.Contents{Title: ooxml.Text("Contents")}, h(1, "a"), h(2, "b"), h(2, "c"), h(1, "d"), h(2, "e"),
		ooxml.Annex{Label: ooxml.Text("Annex"), Title: ooxml.Text("f")}, ooxml.Annex{Title: ooxml.Text("g")}))
	var got []string
	marks := map[string]bool{}
	for _, m := range b.all("bookmarkStart") {
		marks[m.attr["name"]] = true
	}
	for _, link := range b.all("hyperlink") {
		if link.attr["anchor"] == "" {
			continue
		}
		got = append(got, link.shown())
		if !marks[link.attr["anchor"]] {
			t.Errorf("%q leads to %q, which is not there", link.shown(), link.attr["anchor"])
		}
		delete(marks, link.attr["anchor"])
	}
	if want := []string{"1\ta", "1.1\tb", "1.2\tc", "2\td", "2.1\te", "Annex – f", "g"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	mustHave(t, b.all("footnoteReference"), 5, "footnotes, those of the headings alone")
	var states []string
	for _, f := range b.all("fldChar") {
		states = append(states, f.attr["fldCharType"])
	}
	if want := []string{"begin", "separate", "end"}; !slices.Equal(states, want) {
		t.Errorf("field is %q, want %q", states, want)
	}
}

func TestHeadingsGetNoBookmarksWithoutContents(t *testing.T) {
	if marks := body(t, of("en", ooxml.Heading{Level: 1, Runs: ooxml.Text("a")})).all("bookmarkStart"); len(marks) != 0 {
		t.Errorf("%d bookmarks, want none", len(marks))
	}
}
