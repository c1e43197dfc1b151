package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/sheet"
)

// all reads a file to its end.
func all(t interface{ Fatalf(string, ...any) }, text string, limits sheet.Limits) (*sheet.Table, []sheet.Row) {
	table, err := sheet.Read(strings.NewReader(text), "own.csv", limits)
	if err != nil {
		t.Fatalf("read header: %v", err)
	}
	var rows []sheet.Row
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return table, rows
		}
		if err != nil {
			t.Fatalf("read row: %v", err)
		}
		rows = append(rows, row)
	}
}

func texts(row sheet.Row) []string {
	var list []string
	for _, c := range row.Cells {
		list = append(list, c.Text)
	}
	return list
}

func TestReadTellsSeparatorAndHeader(t *testing.T) {
	for name, c := range map[string]struct {
		text      string
		separator byte
		keys      []string
	}{
		"comma":                           {"id,title\n1,a\n", ',', []string{"id", "title"}},
		"semicolon, with a comma inside":  {"id;\"a, b\"\n1;2\n", ';', []string{"id", "a,_b"}},
		"tab":                             {"id\ttitle\n1\ta\n", '\t', []string{"id", "title"}},
		"one column":                      {"id\n1\n", ',', []string{"id"}},
		"byte order mark, case, blanks":   {"\ufeff ID , Start-date\n1,a\n", ',', []string{"id", "start_date"}},
		"blank lines before, CRLF":        {"\r\n\r\nid,title\r\n1,a\r\n", ',', []string{"id", "title"}},
		"columns at the end without name": {"id,title,,\n1,a,,\n", ',', []string{"id", "title"}},
		"no line break at the end":        {"id,title\n1,a", ',', []string{"id", "title"}},
		"names in two scripts":            {"العنوان,标题\n1,a", ',', []string{"العنوان", "标题"}},
	} {
		t.Run(name, func(t *testing.T) {
			table, rows := all(t, c.text, sheet.Limits{})
			if table.Separator != c.separator || !slices.Equal(table.Keys, c.keys) {
				t.Errorf("got %q and %q, want %q and %q", table.Separator, table.Keys, c.separator, c.keys)
			}
			if !table.Has(c.keys[0]) || table.Has("") {
				t.Errorf("the header %q has %v, has a nameless column %v", table.Keys, table.Has(c.keys[0]), table.Has(""))
			}
			if len(rows) != 1 || rows[0].Fault != nil || len(rows[0].Cells) != len(c.keys) || rows[0].Cells[0].Text != "1" {
				t.Errorf("got rows %+v, want one that begins with 1", rows)
			}
		})
	}
}

func TestReadRefusesWhatIsNoTable(t *testing.T) {
	for name, c := range map[string]struct{ text, message string }{
		"nothing":            {"", "own.csv:1: found nothing, expected a row with the names of the columns"},
		"only blank lines":   {"\n,,\n", "own.csv:1: found nothing, expected a row with the names of the columns"},
		"UTF-16":             {"\xff\xfei\x00d\x00", `own.csv:1: found text in UTF-16, expected CSV in UTF-8: save the sheet as "CSV UTF-8"`},
		"UTF-16, no mark":    {"i\x00d\x00", `own.csv:1: found bytes that are zero, as in UTF-16, expected CSV in UTF-8: save the sheet as "CSV UTF-8"`},
		"a workbook":         {"PK\x03\x04rest", `own.csv:1: found a workbook, expected CSV in UTF-8: save the sheet as "CSV UTF-8"`},
		"name twice":         {"\nid,Start date,start_date\n", `own.csv:2: cell C2: found "start_date", expected each name once; it stands at B2 too`},
		"no name":            {"id,,title\n", `own.csv:1: cell B1: found "", expected a name for every column`},
		"Latin-1 in a name":  {"id,ann\xe9e\n", "own.csv:1: cell B1: found byte 0xe9, expected text in UTF-8 without control characters: save the sheet as \"CSV UTF-8\""},
		"quote never closed": {"id,\"title\n1,2\n", `own.csv:1: found a cell whose quote is never closed, expected a closing " before the end of the file`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sheet.Read(strings.NewReader(c.text), "own.csv", sheet.Limits{})
			var refusal *sheet.Refusal
			if !errors.As(err, &refusal) || err.Error() != c.message {
				t.Errorf("got  %v\nwant %s", err, c.message)
			}
		})
	}
}

func TestEveryCellKnowsItsPlace(t *testing.T) {
	_, rows := all(t, "id,title,note\n\n1,\"two\nlines, \"\"quoted\"\"\",été\n,,\n2,b,c\n", sheet.Limits{})
	if len(rows) != 2 {
		t.Fatalf("got %d rows, want 2", len(rows))
	}
	for _, c := range []struct {
		got  sheet.Cell
		want sheet.Cell
	}{
		{rows[0].Cell("id"), sheet.Cell{Text: "1", Address: "A3", Line: 3, Position: 1}},
		{rows[0].Cell("title"), sheet.Cell{Text: "two\nlines, \"quoted\"", Address: "B3", Line: 3, Position: 3}},
		{rows[0].Cell("note"), sheet.Cell{Text: "été", Address: "C3", Line: 4, Position: 20}},
		{rows[1].Cell("note"), sheet.Cell{Text: "c", Address: "C5", Line: 6, Position: 5}},
		{rows[1].Cell("unknown"), sheet.Cell{}},
	} {
		if c.got != c.want {
			t.Errorf("got %+v, want %+v", c.got, c.want)
		}
	}
	f := rows[0].Cell("note").Finding("own.csv", "activity-date", "a day as YYYY-MM-DD")
	if f.Path != "C3" || f.Found != "été" || f.Line != 4 || f.Message != `cell C3: found "été", expected a day as YYYY-MM-DD` {
		t.Errorf("got finding %+v", f)
	}
}

// A table may be as wide as a sheet of a workbook; what is empty beyond does no harm.
func TestATableIsNotWiderThanAWorkbook(t *testing.T) {
	names := make([]string, 1000)
	for i := range names {
		names[i] = sheet.Address(i, 1)
	}
	head, row := strings.Join(names, ","), "1"+strings.Repeat(",", 999)
	_, rows := all(t, head+",,\n"+row+",, \n"+row+",,x\n"+row+"\n", sheet.Limits{})
	if len(rows) != 3 || rows[0].Fault != nil || rows[2].Fault != nil {
		t.Fatalf("got %d rows, want 3, and a fault of the second alone", len(rows))
	}
	if f := rows[1].Fault; f == nil || f.Rule != "sheet-limit" || f.Line != 3 || f.Column != 1003 {
		t.Errorf("got %+v, want the limit at line 3, column 1003", f)
	}
	_, err := sheet.Read(strings.NewReader(head+",more\n"), "own.csv", sheet.Limits{})
	var refusal *sheet.Refusal
	if !errors.As(err, &refusal) || refusal.Finding.Rule != "sheet-limit" {
		t.Errorf("a wider header: %v, want the limit", err)
	}
}

func TestAddress(t *testing.T) {
	for want, at := range map[string][2]int{"A1": {0, 1}, "C7": {2, 7}, "Z1": {25, 1}, "AA1": {26, 1}, "AZ9": {51, 9}, "ZZ1": {701, 1}, "AAA1": {702, 1}} {
		if got := sheet.Address(at[0], at[1]); got != want {
			t.Errorf("Address(%d, %d) = %s, want %s", at[0], at[1], got, want)
		}
	}
}

func TestAFaultyRowIsReportedAndTheOthersAreRead(t *testing.T) {
	for name, c := range map[string]struct{ bad, raw, message string }{
		"too few cells":      {"x", "x", "found 1 cell, expected 2 cells as in the header"},
		"too many cells":     {"x,y,z", "x,y,z", "found 3 cells, expected 2 cells as in the header"},
		"Latin-1":            {"x,ann\xe9e", "x,ann\xe9e", "cell B3: found byte 0xe9, expected text in UTF-8 without control characters: save the sheet as \"CSV UTF-8\""},
		"control character":  {"x,a\x01b", "x,a\x01b", "cell B3: found byte 0x01, expected text in UTF-8 without control characters: save the sheet as \"CSV UTF-8\""},
		"delete sign":        {"x,a\x7fb", "x,a\x7fb", "cell B3: found byte 0x7f, expected text in UTF-8 without control characters: save the sheet as \"CSV UTF-8\""},
		"quote in a cell":    {`"x"y",z`, `"x"y",z`, `found a quote within a quoted cell, expected "" for a quote, a separator or the end of the row after a closing one`},
		"cell too long":      {"x," + strings.Repeat("y", 50), "x," + strings.Repeat("y", 41), "found a longer cell, expected 40 bytes in a cell at most"},
		"row too long":       {strings.Repeat("x,", 60), strings.Repeat("x,", 50) + "x", "found a longer row, expected 100 bytes in a row at most"},
		"quote never closed": {`x,"y`, `x,"y`, `found a longer cell, expected 40 bytes in a cell at most, and a closing " for every opening one`},
	} {
		t.Run(name, func(t *testing.T) {
			text := "id,title\n1,a\n" + c.bad + "\n2,b\n" + strings.Repeat("3,c\n", 10)
			_, rows := all(t, text, sheet.Limits{CellBytes: 40, RowBytes: 100})
			if len(rows) != 13 {
				t.Fatalf("got %d rows, want 13", len(rows))
			}
			bad, next := rows[1], rows[2]
			if bad.Fault == nil || bad.Fault.Message != c.message || bad.Raw != c.raw || bad.Line != 3 || bad.Cells != nil || bad.Fault.Line != 3 {
				t.Errorf("got fault %+v of %q,\nwant %s of %q", bad.Fault, bad.Raw, c.message, c.raw)
			}
			if next.Line != 4 || next.Cell("id").Address != "A4" || !slices.Equal(texts(next), []string{"2", "b"}) {
				t.Errorf("got next row %+v", next)
			}
		})
	}
}

func TestAQuoteOpenAtTheEndLosesNoRow(t *testing.T) {
	_, rows := all(t, "id,title\n1,\"a\n2,b\n3,c", sheet.Limits{})
	if len(rows) != 3 || rows[0].Fault == nil || !slices.Equal(texts(rows[2]), []string{"3", "c"}) {
		t.Errorf("got %+v, want a fault and two rows", rows)
	}
}

func TestMoreRowsThanTheLimitRefuseTheFile(t *testing.T) {
	table, err := sheet.Read(strings.NewReader("id\n1\n2\n3\n"), "own.csv", sheet.Limits{Rows: 2})
	for range 3 {
		if err == nil {
			_, err = table.Next()
		}
	}
	if want := "own.csv:4: found more rows, expected 2 rows at most"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTornQuotesDoNotCostWithoutEnd(t *testing.T) {
	table, err := sheet.Read(strings.NewReader("id,title\n"+strings.Repeat("a\",\"\n", 100_000)), "own.csv", sheet.Limits{RowBytes: 10_000})
	rows := 0
	for err == nil {
		_, err = table.Next()
		rows++
	}
	var refusal *sheet.Refusal
	if !errors.As(err, &refusal) || refusal.Finding.Rule != "sheet-quote" || rows != 101 {
		t.Errorf("got %v after %d rows, want 100 rows with a fault and then the file refused", err, rows)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errors.New("medium gone") }
func (failing) Write([]byte) (int, error) { return 0, errors.New("medium gone") }

func TestErrorsOfTheMediumAreNoFindings(t *testing.T) {
	if _, err := sheet.Read(failing{}, "own.csv", sheet.Limits{}); err == nil || err.Error() != "medium gone" {
		t.Errorf("header: got %v", err)
	}
	table, err := sheet.Read(io.MultiReader(strings.NewReader("id\n"+strings.Repeat("1\n", 40_000)), failing{}), "own.csv", sheet.Limits{})
	for err == nil {
		_, err = table.Next()
	}
	if err.Error() != "medium gone" {
		t.Errorf("rows: got %v", err)
	}
	w, err := sheet.NewWriter(failing{}, sheet.Column{Name: "id"})
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		t.Error("a failed write gives no error")
	}
}

func TestWriterGuardsTextsAndLeavesNumbers(t *testing.T) {
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, sheet.Column{Name: "title"}, sheet.Column{Name: "USD", Kind: sheet.Number})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{
		{"=1+1", "-5"}, {"+41 22", "+5.25"}, {"-", "1e-6"}, {"@x", ""}, {"\tx", "=1"}, {"\rx", "-"}, {"'=x", "--1"}, {"it's", "1."}, {"a,\"b\"\nc", "-1+1"},
	} {
		if err := w.Write(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Write("one"); err == nil {
		t.Error("a row without all cells is written")
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "title,USD\n'=1+1,-5\n'+41 22,+5.25\n'-,1e-6\n'@x,\n\"'\tx\",'=1\n\"'\rx\",'-\n''=x,'--1\nit's,1.\n\"a,\"\"b\"\"\nc\",'-1+1\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

// What is written is read back; rows that are blank altogether are the exception.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	cell := rapid.StringOfN(rapid.OneOf(rapid.SampledFrom([]rune("=+-@'\t\r\n\",; aé水و0.")), rapid.RuneFrom(nil, unicodeText...)), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		columns := []sheet.Column{{Name: "a"}, {Name: "b; c"}, {Name: "n", Kind: sheet.Number}}
		rows := rapid.SliceOf(rapid.SliceOfN(cell, 3, 3)).Draw(t, "rows")
		var b bytes.Buffer
		w, err := sheet.NewWriter(&b, columns...)
		if err != nil {
			t.Fatal(err)
		}
		var want [][]string
		for _, row := range rows {
			if err := w.Write(row...); err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				want = append(want, row)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		table, got := all(t, b.String(), sheet.Limits{})
		if !slices.Equal(table.Names, []string{"a", "b; c", "n"}) || len(got) != len(want) {
			t.Fatalf("got columns %q and %d rows of %d from %q", table.Names, len(got), len(want), b.String())
		}
		for i := range got {
			if !slices.Equal(texts(got[i]), want[i]) {
				t.Fatalf("got %q, want %q", texts(got[i]), want[i])
			}
		}
	})
}
