package docx_test

import (
	"fmt"
	"testing"
)

// level writes one level of a list.
func level(at int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, at, format, more, text)
}

func kind(id int, inner string) string {
	return fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d">%s</w:abstractNum>`, id, inner)
}

func list(id, kind int, inner string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, kind, inner)
}

// item is a numbered paragraph; more stands behind its number.
func item(list, level int, more, inner string) string {
	return par(fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/>%s</w:numPr></w:pPr>`, level, list, more) + inner)
}

func styled(style, inner string) string {
	return par(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + inner)
}

// items gives empty paragraphs of list 1 at these levels.
func items(levels ...int) (body string) {
	for _, at := range levels {
		body += item(1, at, "", "")
	}
	return body
}

func TestNumbersAsAWordProcessorShowsThem(t *testing.T) {
	three := level(0, "decimal", "%1.", "") + level(1, "decimal", "%1.%2", "") + level(2, "lowerLetter", "%3)", "")
	begin := func(at, n int) string {
		return fmt.Sprintf(`<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, at, n)
	}
	for name, c := range map[string]struct{ lists, styles, body, want string }{
		"levels begin anew":                       {kind(0, three) + list(1, 0, ""), "", items(0, 1, 2, 2, 1, 2, 0, 1), "<1.>|<1.1>|<a)>|<b)>|<1.2>|<a)>|<2.>|<2.1>"},
		"a level above that was never used":       {kind(0, three) + list(1, 0, ""), "", items(1, 1, 0, 1), "<1.1>|<1.2>|<2.>|<2.1>"},
		"an empty paragraph counts":               {kind(0, three) + list(1, 0, ""), "", items(0, 0), "<1.>|<2.>"},
		"lists of one kind go on":                 {kind(0, three) + list(1, 0, "") + list(2, 0, ""), "", items(0) + item(2, 0, "", "") + items(0), "<1.>|<2.>|<3.>"},
		"a list that begins anew, once":           {kind(0, three) + list(1, 0, "") + list(2, 0, begin(0, 5)), "", items(0, 0) + item(2, 0, "", "") + item(2, 0, "", "") + items(0), "<1.>|<2.>|<5.>|<6.>|<7.>"},
		"a level with a look of its own":          {kind(0, three) + list(1, 0, "") + list(2, 0, `<w:lvlOverride w:ilvl="0">`+level(0, "upperRoman", "(%1)", "")+`</w:lvlOverride>`), "", items(0) + item(2, 0, "", ""), "<1.>|<(I)>"},
		"a level that never begins anew":          {kind(0, level(0, "decimal", "%1", "")+level(1, "decimal", "%2)", `<w:lvlRestart w:val="0"/>`)) + list(1, 0, ""), "", items(0, 1, 0, 1), "<1>|<1)>|<2>|<2)>"},
		"a level that begins below the first":     {kind(0, level(0, "decimal", "%1", "")+level(1, "decimal", "%2", "")+level(2, "decimal", "%3)", `<w:lvlRestart w:val="1"/>`)) + list(1, 0, ""), "", items(0, 1, 2, 1, 2, 0, 2), "<1>|<1>|<1)>|<2>|<2)>|<2>|<1)>"},
		"legal numbers are decimal":               {kind(0, level(0, "upperRoman", "%1.", "")+level(1, "lowerLetter", "%1.%2", `<w:isLgl/>`)) + list(1, 0, ""), "", items(0, 1), "<I.>|<1.1>"},
		"bullets":                                 {kind(0, level(0, "bullet", "\uf0b7", "")) + list(1, 0, ""), "", items(0), "<•>"},
		"no number at all":                        {kind(0, level(0, "none", "", "")) + list(1, 0, ""), "", items(0), ""},
		"list 0 takes the number away":            {kind(0, three) + list(1, 0, ""), `<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, styled("H", "") + par(`<w:pPr><w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`) + styled("H", ""), "<1.>||<2.>"},
		"styles, and those based on them":         {kind(0, three) + list(1, 0, ""), `<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="I"><w:basedOn w:val="H"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>`, styled("H", "") + styled("I", "") + styled("H", ""), "<1.>|<1.1>|<2.>"},
		"a level that names its style":            {kind(0, level(0, "decimal", "%1", "")+level(1, "lowerLetter", "%2)", `<w:pStyle w:val="I"/>`)) + list(1, 0, ""), `<w:style w:styleId="I"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, styled("I", "") + styled("I", ""), "<a)>|<b)>"},
		"styles in a circle":                      {kind(0, three) + list(1, 0, ""), `<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>`, styled("A", ""), ""},
		"the standard style":                      {kind(0, three) + list(1, 0, ""), `<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, par(""), "<1.>"},
		"a numbering style that holds the levels": {kind(0, `<w:numStyleLink w:val="S"/>`) + kind(1, three) + list(1, 0, "") + list(2, 1, ""), `<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`, items(0, 1), "<1.>|<1.1>"},
		"a list that is not there":                {kind(0, three), "", items(0), ""},
		"a sign of per cent":                      {kind(0, level(0, "decimal", "%1%", "")) + list(1, 0, ""), "", items(0), "<1%>"},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, file(t, c.body, parts{"numbering": c.lists, "styles": c.styles}))
			if got := shown(d.After); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNumbersOfBothSides(t *testing.T) {
	lists := kind(0, level(0, "decimal", "%1", "")+level(1, "lowerRoman", "%2)", "")) + kind(1, level(0, "lowerLetter", "%1)", "")) + list(1, 0, "") + list(2, 1, "")
	numbers := func(change, list string) string {
		return `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="` + list + `"/></w:numPr>` + change + `</w:pPr>`
	}
	mark := func(change string) string { return `<w:rPr><w:` + change + `/></w:rPr>` }
	for name, c := range map[string]struct{ body, before, after string }{
		"an item inserted, one deleted": {item(1, 0, "", run("a")) + par(numbers(mark("del"), "1")+gone("b")) + par(numbers(mark("ins"), "1")+come("c")) + par(numbers(mark("ins"), "1")+come("d")) + item(1, 0, "", run("e")),
			"<1>a|<2>b|<3>e", "<1>a|<2>c|<3>d|<4>e"},
		"numbers put on":                      {item(1, 0, "", run("a")) + item(1, 0, "<w:ins/>", run("b")) + item(1, 0, "", run("c")), "<1>a|b|<2>c", "<1>a|<2>b|<3>c"},
		"another list":                        {par(numbers(`<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>`, "2") + run("a")), "<1>a", "<a)>a"},
		"numbers taken away":                  {par(`<w:pPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>`+run("a")) + item(1, 0, "", run("b")), "<1>a|<2>b", "a|<1>b"},
		"an old number as it was printed":     {item(2, 0, `<w:numberingChange w:original="%1:4:3:."/>`, run("a")), "<D.>a", "<a)>a"},
		"a joined item keeps its number":      {par(numbers(mark("del"), "1")+run("a")) + par(run("b")) + item(1, 0, "", run("c")), "<1>a|b|<2>c", "<1>ab|<2>c"},
		"an emptied item gives its number on": {par(`<w:pPr>`+mark("del")+`</w:pPr>`+gone("a")) + item(1, 0, "", run("b")), "a|<1>b", "<1>b"},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, file(t, c.body, parts{"numbering": lists}))
			if got := shown(d.Before); got != c.before {
				t.Errorf("before %q, want %q", got, c.before)
			}
			if got := shown(d.After); got != c.after {
				t.Errorf("after %q, want %q", got, c.after)
			}
		})
	}
}

func TestFormatsOfNumbers(t *testing.T) {
	for format, want := range map[string]map[int]string{
		"decimal":                 {0: "0", 12: "12"},
		"decimalZero":             {7: "07", 12: "12"},
		"lowerLetter":             {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa"},
		"upperLetter":             {3: "C"},
		"lowerRoman":              {4: "iv", 14: "xiv", 1994: "mcmxciv"},
		"upperRoman":              {49: "XLIX"},
		"ordinal":                 {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 21: "21st", 112: "112th"},
		"arabicAbjad":             {1: "أ", 2: "ب", 3: "ج", 4: "د", 5: "ه", 8: "ح", 28: "غ"},
		"arabicAlpha":             {1: "أ", 2: "ب", 3: "ت", 28: "ي"},
		"hebrew2":                 {2: "ב"},
		"russianLower":            {4: "г", 10: "к", 29: "я", 30: "аа"},
		"chineseCounting":         {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"},
		"chineseCountingThousand": {100: "一百", 105: "一百零五", 110: "一百一十", 1010: "一千零一十", 2000: "二千"},
		"ideographDigital":        {10: "一〇"},
		"ideographTraditional":    {1: "甲", 10: "癸", 11: "11"},
		"decimalEnclosedCircle":   {1: "①", 20: "⑳", 21: "21"},
		"decimalFullWidth":        {12: "１２"},
		"hindiNumbers":            {12: "١٢"},
		"numberInDash":            {3: "- 3 -"},
	} {
		for n, label := range want {
			lists := kind(0, fmt.Sprintf(`<w:lvl w:ilvl="0"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1"/></w:lvl>`, n, format)) + list(1, 0, "")
			if got := shown(read(t, file(t, items(0), parts{"numbering": lists})).After); got != "<"+label+">" {
				t.Errorf("%s %d: got %q, want %q", format, n, got, label)
			}
		}
	}
}

func TestAFormatThatIsNotKnownIsTold(t *testing.T) {
	d := read(t, file(t, items(0, 0), parts{"numbering": kind(0, level(0, "cardinalText", "%1", "")) + list(1, 0, "")}))
	if shown(d.After) != "<1>|<2>" || len(d.Findings) != 1 || d.Findings[0].Rule != "docx-number-format" {
		t.Errorf("%s, findings %v", shown(d.After), d.Findings)
	}
}
