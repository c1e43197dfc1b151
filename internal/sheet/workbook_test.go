package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/sheet"
)

// workbook builds an XLSX file of one sheet by hand: rows are the XML within sheetData.
func workbook(t testing.TB, rows, shared, styles string) []byte {
	t.Helper()
	return parts(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="Money" sheetId="1" r:id="rId1"/><sheet name="lists" state="hidden" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="` + styles + `"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst>` + shared + `</sst>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	})
}

// parts packs the parts of a workbook.
func parts(t testing.TB, texts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range texts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const header = `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="C1" t="inlineStr"><is><t>c</t></is></c></row>`

func openBook(t testing.TB, raw []byte, limits sheet.Limits) (*sheet.Workbook, error) {
	t.Helper()
	return sheet.OpenWorkbook(bytes.NewReader(raw), int64(len(raw)), "f.xlsx", limits)
}

// readBook gives the cells of every row of a sheet, or its fault.
func readBook(t testing.TB, raw []byte, name string) []string {
	t.Helper()
	w, err := openBook(t, raw, sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	table, end, err := w.Table(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = end() }()
	var rows []string
	for {
		row, err := table.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		if row.Fault != nil {
			rows = append(rows, row.Fault.Path+" "+row.Fault.Rule)
			continue
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		rows = append(rows, fmt.Sprintf("%d %s", row.Number, strings.Join(cells, "|")))
	}
}

func TestCellsOfAWorkbookAreReadAsTheyAreShown(t *testing.T) {
	long := strings.Repeat("x", 60_000)
	for name, c := range map[string]struct{ rows, want string }{
		"shared text, with a gap and a ragged end":  {`<row r="3"><c r="B3" t="s"><v>0</v></c></row>`, "3 |rich text|"},
		"a number as it is stored":                  {`<row r="2"><c r="A2"><v>1250.5</v></c><c r="B2"><v>007</v></c></row>`, "2 1250.5|007|"},
		"noise of binary fractions":                 {`<row r="2"><c r="A2"><v>0.30000000000000004</v></c><c r="B2"><v>1.0000000000000001E-2</v></c><c r="C2"><v>1E5</v></c></row>`, "2 0.3|0.01|100000"},
		"days":                                      {`<row r="2"><c r="A2" s="1"><v>45292</v></c><c r="B2" s="1"><v>45292.5</v></c><c r="C2" s="1"><v>1</v></c></row>`, "2 2024-01-01|2024-01-01T12:00:00|1900-01-01"},
		"a day of an own format":                    {`<row r="2"><c r="A2" s="3"><v>45292</v></c></row>`, "2 2024-01-01||"},
		"a percentage that is almost none":          {`<row r="2"><c r="A2" s="2"><v>1E-50</v></c></row>`, "2 1E-50||"},
		"truth in words":                            {`<row r="2"><c r="A2" t="b"><v>true</v></c><c r="B2" t="b"><v>false</v></c><c r="C2" t="b"><v>0</v></c></row>`, "2 TRUE|FALSE|FALSE"},
		"signs that XML cannot hold":                {`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>_x00e9_x_X0041__x005F_x0041_</t></is></c><c r="C2" t="str"><v>_x0041__xD800_</v></c></row>`, "2 a\nb|éx_X0041__x0041_|A_xD800_"},
		"one of them that no text holds":            {`<row r="2"><c r="A2" t="inlineStr"><is><t>a_x0007_</t></is></c></row>`, "Money!A2 sheet-encoding"},
		"a percentage":                              {`<row r="2"><c r="A2" s="2"><v>0.6</v></c><c r="B2" s="2"><v>0.125</v></c></row>`, "2 60%|12.5%|"},
		"true and false":                            {`<row r="2"><c r="A2" t="b"><v>1</v></c></row>`, "2 TRUE||"},
		"text that looks like a formula":            {`<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c></row>`, "2 =1+1||"},
		"a formula is refused with its place":       {`<row r="2"><c r="B2"><f>1+1</f><v>2</v></c></row>`, "Money!B2 sheet-formula"},
		"a shared formula too":                      {`<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>`, "Money!B2 sheet-formula"},
		"an error is no value":                      {`<row r="2"><c r="C2" t="e"><v>#REF!</v></c></row>`, "Money!C2 sheet-error"},
		"cells beside the header":                   {`<row r="2"><c r="A2"><v>1</v></c><c r="D2"><v>1</v></c></row>`, " sheet-cells"},
		"rows and cells without addresses":          {`<row><c><v>1</v></c><c/><c><v>3</v></c></row>`, "2 1||3"},
		"a long cell before many that hold nothing": {`<row r="2"><c t="inlineStr"><is><t>` + long + `</t></is></c>` + strings.Repeat(`<c/>`, 50) + `</row>`, "2 " + long + "||"},
		"a cell without address behind one with":    {`<row r="2"><c r="A2"/><c r="B2"/><c><v>3</v></c></row>`, "2 ||3"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := workbook(t, header+c.rows, `<si><r><t>rich</t></r><r><t xml:space="preserve"> text</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_&#10;b</t></si>`, `d&quot;h0&quot;/mm/yyyy`)
			if got := readBook(t, raw, "Money"); !slices.Equal(got, []string{c.want}) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// sheets builds an XLSX file that names a number of sheets, all of one part.
func sheets(t testing.TB, count int) []byte {
	t.Helper()
	return parts(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets>` + strings.Repeat(`<sheet name="Money" r:id="rId1"/>`, count) + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + header + `</sheetData></worksheet>`,
	})
}

func TestFormatsTellDaysFromNumbers(t *testing.T) {
	for format, want := range map[string]string{
		"yyyy-mm-dd hh:mm:ss.000": "2024-03-01T12:00:00", "mm:ss.0": "2024-03-01T12:00:00", "d&quot;h0&quot;/mm/yyyy": "2024-03-01T12:00:00",
		"0.00": "45352.5", "0.0&quot;s&quot;": "45352.5", "#,##0": "45352.5", "0.0%": "4535250%",
	} {
		got := readBook(t, workbook(t, header+`<row r="2"><c r="A2" s="3"><v>45352.5</v></c></row>`, "", format), "Money")
		if want := "2 " + want + "||"; !slices.Equal(got, []string{want}) {
			t.Errorf("%s: got %q, want %q", format, got, want)
		}
	}
}

func TestAWorkbookThatAsksForTooMuchIsRefused(t *testing.T) {
	good, nested := workbook(t, header, "", "0"), strings.Repeat("<a>", 64)+strings.Repeat("</a>", 64)
	big := workbook(t, header+strings.Repeat(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`, 20_000), "", "0")
	for name, c := range map[string]struct {
		raw    []byte
		limits sheet.Limits
	}{
		"a part that unpacks to too much":     {big, sheet.Limits{Unpacked: 100_000}},
		"too many texts":                      {workbook(t, header, strings.Repeat("<si><t>x</t></si>", 1000), "0"), sheet.Limits{Strings: 100}},
		"too many empty texts":                {workbook(t, header, strings.Repeat("<si/>", 100), "0"), sheet.Limits{Strings: 99 * 32}},
		"too many rows":                       {big, sheet.Limits{Rows: 100}},
		"a comment of any length":             {workbook(t, header+"<!-- x -->", "", "0"), sheet.Limits{}},
		"a declaration":                       {workbook(t, "", "<!ENTITY x 'y'>", "0"), sheet.Limits{}},
		"rows that go back":                   {workbook(t, header+`<row r="5"/><row r="4"><c><v>1</v></c></row>`, "", "0"), sheet.Limits{}},
		"a text that is not there":            {workbook(t, header+`<row><c t="s"><v>7</v></c></row>`, "", "0"), sheet.Limits{}},
		"elements in each other":              {workbook(t, header+nested, "", "0"), sheet.Limits{}},
		"elements in each other, in a cell":   {workbook(t, header+"<row><c>"+nested+"</c></row>", "", "0"), sheet.Limits{}},
		"elements in each other, among texts": {workbook(t, header, "<si>"+nested+"</si>", "0"), sheet.Limits{}},
		"too many sheets":                     {sheets(t, 1001), sheet.Limits{}},
		"a file that ends early":              {good[:len(good)/2], sheet.Limits{}},
		"no workbook":                         {[]byte("PK\x03\x04"), sheet.Limits{}},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := openBook(t, c.raw, c.limits)
			if err == nil {
				table, end, failed := w.Table(w.Sheets[0])
				for err = failed; err == nil; {
					_, err = table.Next()
				}
				if end != nil {
					_ = end()
				}
			}
			var refusal *sheet.Refusal
			if !errors.As(err, &refusal) {
				t.Errorf("got %v, want a refusal", err)
			}
		})
	}
}

// Rows without content cost nothing, wherever the next one stands; a cell that stands too far out refuses its row
// alone, by its address.
func TestASheetMayBeLongAndSparseButNotWide(t *testing.T) {
	text := func(at string) string { return `<c r="` + at + `" t="inlineStr"><is><t>x</t></is></c>` }
	w, err := openBook(t, workbook(t, header+strings.Repeat("<row/>", 10_000)+`<row r="900000">`+text("A900000")+text("NTP900000")+`</row><row r="1048576">`+text("A1048576")+`</row>`, "", "0"), sheet.Limits{Rows: 10})
	if err != nil {
		t.Fatal(err)
	}
	table, end, err := w.Table(w.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = end() }()
	wide, err := table.Next()
	if err != nil || wide.Fault == nil || wide.Fault.Rule != "sheet-limit" || !strings.HasSuffix(wide.Fault.Path, "!NTP900000") || !strings.Contains(wide.Fault.Found, "column 10000") {
		t.Errorf("the wide row: %+v, %v", wide.Fault, err)
	}
	last, err := table.Next()
	if err != nil || last.Fault != nil || last.Line != 1_048_576 {
		t.Errorf("the last row: %+v, %v", last, err)
	}
}

// TestAWorkbookGivesBackWhatWasWritten holds for any text that XML can hold, formulas among them.
func TestAWorkbookGivesBackWhatWasWritten(t *testing.T) {
	text := rapid.OneOf(rapid.StringMatching(`[=+\-@'\t]{0,3}[a-z0-9 "<&>.é]{0,8}`), rapid.StringMatching(`-?[0-9]{1,17}(\.[0-9]{1,4})?`), rapid.Just("سطر\nثان"), rapid.Just("a\tb"), rapid.StringMatching(`(_|x|_x|005F|_x0041_){0,6}`))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 2, 2), 1, 5).Draw(t, "rows")
		var b bytes.Buffer
		book := sheet.NewBook(&b)
		book.List(sheet.Choice{Name: "l", Values: []string{"x", "y<"}})
		s, err := book.Sheet(sheet.Form{Name: "A & B", RightToLeft: true, Columns: []sheet.BookColumn{{Name: "one", Choice: "l", Note: "a \"note\""}, {Name: "two", Kind: sheet.Number}}})
		if err != nil {
			t.Fatal(err)
		}
		var want [][]string
		for _, row := range rows {
			if err := s.Write(row...); err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(row[0]+row[1]) != "" {
				want = append(want, row)
			}
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
		w, err := sheet.OpenWorkbook(bytes.NewReader(b.Bytes()), int64(b.Len()), "f", sheet.Limits{})
		if err != nil || !slices.Equal(w.Sheets, []string{"A & B"}) {
			t.Fatal(err, w)
		}
		table, end, err := w.Table("A & B")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = end() }()
		for _, row := range want {
			got, err := table.Next()
			if err != nil || got.Fault != nil {
				t.Fatal(err, got.Fault)
			}
			if got.Cells[0].Text != row[0] || got.Cells[1].Text != row[1] {
				t.Fatalf("got %v, want %q", got.Cells, row)
			}
		}
	})
}

func TestASheetWithoutCellsHoldsNothing(t *testing.T) {
	texts := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Chart" r:id="rId1"/><sheet name="Old" state="veryHidden" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="chartsheets/sheet1.xml"/></Relationships>`,
	}
	for text, want := range map[string]string{"<chartsheet><drawing/></chartsheet>": "sheet-header", "<chartsheet><drawing/>": "sheet-workbook", "<worksheet><sheetData></worksheet>": "sheet-workbook"} {
		texts["xl/chartsheets/sheet1.xml"] = text
		w, err := openBook(t, parts(t, texts), sheet.Limits{})
		if err != nil || !slices.Equal(w.Sheets, []string{"Chart"}) || !slices.Equal(w.Hidden, []string{"Old"}) {
			t.Fatal(w, err)
		}
		_, _, err = w.Table("Chart")
		var refusal *sheet.Refusal
		if !errors.As(err, &refusal) || refusal.Finding.Rule != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestATableThatIsClosedHoldsNoRows(t *testing.T) {
	w, err := openBook(t, workbook(t, header+`<row><c><v>1</v></c></row>`, "", "0"), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	table, end, err := w.Table("Money")
	if err != nil || end() != nil {
		t.Fatal(err)
	}
	if row, err := table.Next(); err != io.EOF || table.AddressOf("b", 7) != "Money!B7" {
		t.Errorf("got row %v, %v and the address %s; want none, and Money!B7", row.Cells, err, table.AddressOf("b", 7))
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add([]byte(header), []byte("<si><t>x</t></si>"))
	f.Add([]byte(header+`<row><c t="s"><v>0</v></c><c s="1"><v>45292</v></c><c><f>1</f></c></row>`), []byte("<si><t>x</t></si>"))
	f.Fuzz(func(t *testing.T, rows, shared []byte) {
		raw := workbook(t, string(rows), string(shared), "0")
		w, err := openBook(t, raw, sheet.Limits{Rows: 1000, CellBytes: 1000})
		var refusal *sheet.Refusal
		if err != nil {
			if !errors.As(err, &refusal) {
				t.Fatal(err)
			}
			return
		}
		table, end, err := w.Table("Money")
		for err == nil {
			var row sheet.Row
			row, err = table.Next()
			if err == nil && row.Fault == nil && len(row.Cells) != len(table.Names) {
				t.Fatalf("%d cells, %d columns", len(row.Cells), len(table.Names))
			}
		}
		if !errors.Is(err, io.EOF) && !errors.As(err, &refusal) {
			t.Fatal(err)
		}
		if end != nil {
			_ = end()
		}
	})
}
