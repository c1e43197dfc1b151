package docx_test

import (
	"slices"
	"strings"
	"testing"

	"resolute/internal/ooxml/docx"
)

func TestBothSidesOfTrackedChanges(t *testing.T) {
	for name, c := range map[string]struct{ body, before, after string }{
		"no change at all":                          {par(run("a")) + par(run("b")), "a|b", "a|b"},
		"a word put in the place of another":        {par(run("in ") + gone("2017") + come("2021") + run(", it")), "in 2017, it", "in 2021, it"},
		"a word split over runs":                    {par(gone("Bue") + gone("nos") + come("K") + come("igali")), "Buenos", "Kigali"},
		"inserted by one hand, deleted by another":  {par(run("a") + `<w:ins>` + gone("b") + `</w:ins>` + run("c")), "ac", "ac"},
		"a moved run":                               {par(`<w:moveFrom>` + run("x") + `</w:moveFrom>` + run("-") + `<w:moveTo>` + run("x") + `</w:moveTo>`), "x-", "-x"},
		"a word deleted after its move":             {par(run("a") + `<w:moveTo>` + gone("b") + run("c") + `</w:moveTo>`), "a", "ac"},
		"a deleted mark joins with the next":        {marked("del", run("a")) + par(run("b")), "a|b", "ab"},
		"an inserted mark parts":                    {marked("ins", run("a")) + par(come("b")+run(",")), "a,", "a|b,"},
		"a mark inserted and deleted":               {par(run("x")) + `<w:p><w:pPr><w:rPr><w:ins/><w:del/></w:rPr></w:pPr></w:p>` + par(run("y")), "x|y", "x|y"},
		"three marks gone in a row":                 {marked("del", run("a")) + marked("del", run("b")) + marked("del", run("c")) + par(run("d")), "a|b|c|d", "abcd"},
		"a whole paragraph deleted":                 {par(run("a")) + marked("del", gone("b")) + par(run("c")), "a|b|c", "a|c"},
		"a whole paragraph inserted":                {par(run("a")) + marked("ins", come("b")) + par(run("c")), "a|c", "a|b|c"},
		"a moved paragraph":                         {marked("moveFrom", `<w:moveFrom>`+run("a")+`</w:moveFrom>`) + par(run("b")) + marked("moveTo", `<w:moveTo>`+run("a")+`</w:moveTo>`) + par(run("c")), "a|b|c", "b|a|c"},
		"deleted before a table":                    {marked("del", gone("a")) + table(row("", cell("", par(run("b"))))), "a|b", "b"},
		"text keeps its paragraph before a table":   {marked("del", run("a")) + table(row("", cell("", par(run("b"))))), "a|b", "a|b"},
		"inserted at the end":                       {par(run("a")) + marked("ins", come("b")), "a", "a|b"},
		"rows inserted and deleted":                 {table(row("", cell("", par(run("a")))), row("<w:del/>", cell("", marked("del", gone("b")))), row("<w:ins/>", cell("", marked("ins", come("c"))))), "a|b", "a|c"},
		"a row goes with text that is not marked":   {table(row("<w:del/>", cell("", par(run("b"))))) + par(run("c")), "b|c", "c"},
		"cells inserted and deleted":                {table(row("", cell("<w:cellDel/>", par(run("a"))), cell("<w:cellIns/>", par(run("b"))), cell("", par(run("c"))))), "a|c", "b|c"},
		"an empty cell is an empty paragraph":       {table(row("", cell("", par("")), cell("", par(run("b"))))), "|b", "|b"},
		"changes of looks change no text":           {par(`<w:pPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>a</w:t></w:r>`), "a", "a"},
		"content controls hold text and blocks":     {`<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>` + par(`<w:sdt><w:sdtContent>`+run("a")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, "a", "a"},
		"hyperlinks and smart tags are looked into": {par(`<w:hyperlink><w:smartTag>` + run("a") + `</w:smartTag></w:hyperlink><w:fldSimple w:instr="PAGE">` + run("1") + `</w:fldSimple>`), "a1", "a1"},
		"tabs, breaks, hyphens and symbols":         {par(`<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Symbol" w:char="F0B7"/></w:r>`), "\ta\nb\u2011\u00ad•", "\ta\nb\u2011\u00ad•"},
		"blanks at the ends stay when they are to":  {par(`<w:r><w:t> a </w:t><w:t xml:space="preserve"> b </w:t></w:r>`), "a b ", "a b "},
		"a field shows its result":                  {par(field("begin") + `<w:r><w:instrText>REF x</w:instrText></w:r>` + field("separate") + run("5") + field("end") + run(".")), "5.", "5."},
		"a field within the code of another":        {par(field("begin") + field("begin") + field("separate") + run("hidden") + field("end") + field("separate") + run("5") + field("end")), "5", "5"},
		"a deleted field":                           {par(`<w:del>` + field("begin") + `<w:r><w:delInstrText>REF</w:delInstrText></w:r>` + field("separate") + `<w:r><w:delText>5</w:delText></w:r>` + field("end") + `</w:del>` + come("6")), "5", "6"},
		"a field over paragraphs":                   {par(field("begin")+field("separate")+run("a")) + par(run("b")+field("end")), "a|b", "a|b"},
		"a field that never ends hides nothing":     {par(field("begin")+run("a")) + par(run("b")), "a|b", "a|b"},
		"a text box behind its paragraph":           {par(run("a")+box(par(run("c")))+run("b")) + par(run("d")), "ab|c|d", "ab|c|d"},
		"a text box in a deleted run":               {par(run("a") + `<w:del>` + box(par(run("c"))) + `</w:del>`), "a|c", "a"},
		"one branch of alternatives":                {par(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>a</w:t></mc:Choice><mc:Fallback><w:t>a</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "a", "a"},
		"the other branch when the first is new":    {par(`<w:r><mc:AlternateContent><mc:Choice Requires="zz"><w:t>a</w:t></mc:Choice><mc:Fallback><w:t>b</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "b", "b"},
		"text of a formula":                         {par(`<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>`), "x", "x"},
		"right to left":                             {par(`<w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>القـرار 30</w:t></w:r>` + gone("ب)") + come("أ )")), "القـرار 30ب)", "القـرار 30أ )"},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, file(t, c.body, nil))
			if got := shown(d.Before); got != c.before {
				t.Errorf("before %q, want %q", got, c.before)
			}
			if got := shown(d.After); got != c.after {
				t.Errorf("after %q, want %q", got, c.after)
			}
			if d.Changed != (c.before != c.after) {
				t.Errorf("changed: %v", d.Changed)
			}
		})
	}
}

func TestFootnotesStayFootnotes(t *testing.T) {
	mark := func(id string) string { return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>` }
	body := par(run("a")+mark("2")) + par(`<w:del>`+mark("3")+`</w:del>`) +
		par(run("b")+`<w:r><w:footnoteReference w:id="4" w:customMarkFollows="1"/><w:t>*</w:t></w:r>`+`<w:r><w:endnoteReference w:id="1"/></w:r>`)
	d := read(t, file(t, body, parts{
		"footnotes": `<w:footnote w:id="0" w:type="separator">` + par(run("line")) + `</w:footnote><w:footnote w:id="2">` + par(`<w:r><w:footnoteRef/></w:r>`+run(" one ")+gone("old")+come("new")) +
			`</w:footnote><w:footnote w:id="3">` + par(run("struck")) + `</w:footnote><w:footnote w:id="4">` + par(run("star")) + par(run("more")) + `</w:footnote><w:footnote w:id="9">` + par(run("loose")) + `</w:footnote>`,
		"endnotes": `<w:endnote w:id="1">` + par(run("at the end")) + `</w:endnote>`,
	}))
	want := "a\n\nb*\n[footnote 1] one old\n[footnote 2] struck\n[footnote *] star more\n[footnote i] at the end\n"
	if got := d.Before.String(); got != want {
		t.Errorf("before %q, want %q", got, want)
	}
	if want = "a\n\nb*\n[footnote 1] one new\n[footnote *] star more\n[footnote i] at the end\n"; d.After.String() != want {
		t.Errorf("after %q, want %q", d.After, want)
	}
	if !slices.Contains(d.Asides, docx.Aside{Kind: docx.LooseNote, Place: "word/footnotes.xml", Text: "loose\n"}) {
		t.Errorf("asides: %v", d.Asides)
	}
	if n := d.After.Notes[1]; n.Paragraph != 3 {
		t.Errorf("the note stands in paragraph %d", n.Paragraph)
	}
}

func TestWhatBelongsToNoSideIsNamed(t *testing.T) {
	body := par(run("a")) + par(`<w:ins>`+gone("struck")+`</w:ins>`+field("begin")+run("code")+field("end")) +
		par(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>b</w:t></mc:Choice><mc:Fallback><w:t>other</w:t></mc:Fallback></mc:AlternateContent></w:r>`)
	d := read(t, file(t, body, parts{
		"comments": `<w:comment>` + par(run("why?")) + `</w:comment>`,
		"header":   par(run("head")),
	}))
	var got []string
	for _, a := range d.Asides {
		got = append(got, string(a.Kind)+" "+a.Place+" "+a.Text)
	}
	slices.Sort(got)
	want := []string{"alternative word/document.xml paragraph 3 other", "comment word/comments.xml comment 1 why?", "field-code word/document.xml paragraph 2 code",
		"header word/header.xml head", "inserted-and-deleted word/document.xml paragraph 2 struck"}
	if !slices.Equal(got, want) {
		t.Errorf("asides:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFindingsNameThePlace(t *testing.T) {
	for name, c := range map[string]struct{ body, rule, path string }{
		"a number that only a field knows": {par(run("a")) + par(field("begin")+`<w:r><w:instrText> LISTNUM </w:instrText></w:r>`+field("end")), "docx-field-number", "word/document.xml paragraph 2"},
		"a document within the document":   {par(run("a")) + `<w:altChunk/>`, "docx-other-document", "word/document.xml paragraph 1"},
		"a field without end":              {par(field("begin") + run("a")), "docx-field-open", "word/document.xml"},
		"a note that is not there":         {par(`<w:r><w:footnoteReference w:id="7"/></w:r>`), "docx-note-missing", "word/document.xml paragraph 1"},
		"hidden text":                      {par(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>`), "docx-hidden-text", "word/document.xml paragraph 1"},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, file(t, c.body, nil))
			if len(d.Findings) != 1 || d.Findings[0].Rule != c.rule || d.Findings[0].Path != c.path {
				t.Errorf("findings %v, want %s at %s", d.Findings, c.rule, c.path)
			}
		})
	}
}
