package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// Limits of what a column shows with its cells.
const (
	longestNoteTitle = 32
	longestNote      = 255
)

// validations writes the lists and notes of the columns of a sheet. A value beside the list may be
// typed all the same: cells may hold several.
func (b *Book) validations(s *BookSheet) {
	var list strings.Builder
	n := 0
	for i, c := range s.form.Columns {
		place := b.place(c.Choice)
		if place == "" && c.Note == "" {
			continue
		}
		n++
		letter := strings.TrimSuffix(Address(i, 1), "1")
		list.WriteString(`<dataValidation`)
		if place != "" {
			list.WriteString(` type="list"`)
		}
		list.WriteString(` allowBlank="1" showInputMessage="1"`)
		if c.Note != "" {
			fmt.Fprintf(&list, ` promptTitle="%s" prompt="%s"`, escaped(clipped(c.Name, longestNoteTitle)), escaped(clipped(c.Note, longestNote)))
		}
		fmt.Fprintf(&list, ` sqref="%s2:%s%d"`, letter, letter, MaxRows)
		if place != "" {
			list.WriteString(`><formula1>` + place + `</formula1></dataValidation>`)
		} else {
			list.WriteString(`/>`)
		}
	}
	if n > 0 {
		s.text(`<dataValidations count="`, strconv.Itoa(n), `">`, list.String(), `</dataValidations>`)
	}
}

func clipped(text string, most int) string {
	if signs := []rune(text); len(signs) > most {
		return string(signs[:most-1]) + "…"
	}
	return text
}

// place is where the values of a list stand.
func (b *Book) place(name string) string {
	for i, l := range b.lists {
		if l.Name == name && len(l.Values) > 0 {
			letter := strings.TrimSuffix(Address(i, 1), "1")
			return fmt.Sprintf("lists!$%s$1:$%s$%d", letter, letter, len(l.Values))
		}
	}
	return ""
}

// listsPart is the hidden sheet of the lists, a column each.
func (b *Book) listsPart() string {
	var out strings.Builder
	out.WriteString(bookHead + `<worksheet ` + sheetNamespace + `><sheetData>`)
	longest := 0
	for _, l := range b.lists {
		longest = max(longest, len(l.Values))
	}
	for row := range longest {
		fmt.Fprintf(&out, `<row r="%d">`, row+1)
		for i, l := range b.lists {
			if row < len(l.Values) {
				fmt.Fprintf(&out, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, Address(i, row+1), escaped(literal(l.Values[row])))
			}
		}
		out.WriteString(`</row>`)
	}
	return out.String() + `</sheetData></worksheet>`
}

type bookPart struct{ name, text string }

const (
	packageSpace  = "http://schemas.openxmlformats.org/package/2006/"
	documentSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheetType     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// bookStyles: 0 plain, 1 bold on grey for headers, 2 text that is never a formula, 3 text.
const bookStyles = bookHead + `<styleSheet ` + sheetNamespace + `><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

// fixedParts are all parts but the sheets that were written.
func (b *Book) fixedParts() []bookPart {
	var types, sheets, relations strings.Builder
	for i, s := range b.sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, sheetType)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.name()), n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, documentSpace, n)
	}
	parts := []bookPart{}
	if len(b.lists) > 0 {
		n := len(b.sheets) + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/lists.xml" ContentType="%sworksheet+xml"/>`, sheetType)
		fmt.Fprintf(&sheets, `<sheet name="lists" sheetId="%d" state="hidden" r:id="rId%d"/>`, n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/lists.xml"/>`, n, documentSpace)
		parts = append(parts, bookPart{"xl/worksheets/lists.xml", b.listsPart()})
	}
	return append([]bookPart{
		{"[Content_Types].xml", bookHead + `<Types xmlns="` + packageSpace + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + sheetType + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", bookHead + `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + documentSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", bookHead + `<workbook ` + sheetNamespace + ` xmlns:r="` + documentSpace + `"><bookViews><workbookView/></bookViews><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", bookHead + `<Relationships xmlns="` + packageSpace + `relationships">` + relations.String() + `<Relationship Id="rIdStyles" Type="` + documentSpace + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", bookStyles},
	}, parts...)
}
