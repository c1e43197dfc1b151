package ooxml_test

import (
	"resolute"
	"resolute/internal/ooxml"
)

// sentences are what the sample documents say, so that one of them has every kind of block in
// either direction.
type sentences struct {
	meeting, place, number, date, original, source, title  string
	summary, answered, action, invited, note               string
	contents, background, purpose, passage                 string
	lines, overview, recorded, period, evidence, query     string
	table, tableTitle, code, name, count, money, roles     string
	infrastructure, capacity, legend, example, annex, list string
	identifier, activity, foreign, foot                    string
	foreignLang                                            resolute.Lang
}

var english = sentences{
	meeting: "Example Working Group", place: "Second meeting (example) – Geneva, 3–4 May 2027", number: "Document EX-WG-2/4-E", date: "12 April 2027", original: "Original: English",
	source: "Example Secretariat", title: "Example of a summary of activities (2021-2024)",
	summary: "Summary", answered: "Of 44 paragraphs 22 are answered.", action: "Action required", invited: "The group is invited to ", note: "note this document",
	contents: "Contents", background: "Background & purpose", purpose: "This example shows each block once. It holds <marks> & \"signs\".", passage: "A passage in Arabic, مشروع (ITU) رقم 30, stands in this line.",
	lines: "Work by line", overview: "Overview", recorded: "2,848 activities", period: " were recorded in the period.", evidence: "Activities with a confirmed tag: ", query: "the list",
	table: "Table 1", tableTitle: "Activities and money by line", code: "Line", name: "Title", count: "Activities", money: "USD million", roles: "sole facilitator",
	infrastructure: "Infrastructure", capacity: "Capacity building", legend: "An activity counts once in each line.", example: "412 of 900 km were built, ", annex: "Annex 1", list: "Activities of the period",
	identifier: "Identifier", activity: "Activity", foreign: "دعم الخطة الوطنية (المرحلة 2)", foreignLang: resolute.Arabic, foot: "Example data. Snapshot of 12 April 2027, data version 4,812, ",
}

var arabic = sentences{
	meeting: "فريق العمل المثال", place: "الاجتماع الثاني (مثال) – جنيف، 3–4 مايو 2027", number: "الوثيقة EX-WG-2/4-A", date: "12 أبريل 2027", original: "الأصل: بالإنكليزية",
	source: "الأمانة المثال", title: "مثال لملخص الأنشطة (2021-2024)",
	summary: "ملخص", answered: "من بين 44 فقرة، أُجيب عن 22 فقرة.", action: "الإجراء المطلوب", invited: "يُدعى الفريق إلى ", note: "الإحاطة علماً بهذه الوثيقة",
	contents: "المحتويات", background: "خلفية", purpose: "يعرض هذا المثال كل عنصر مرة واحدة (انظر WSIS Forum (2023) وقرار ITU رقم 30).", passage: "رقم الحساب 2,848 والخط C2 في 47 بلداً (61%).",
	lines: "الأعمال حسب الخط", overview: "نظرة عامة", recorded: "2,848 نشاطاً", period: " سُجِّل في الفترة.", evidence: "أنشطة ذات وسم مؤكد: ", query: "activities?at=4812",
	table: "الجدول 1", tableTitle: "الأنشطة والأموال حسب الخط", code: "الخط", name: "العنوان", count: "الأنشطة", money: "مليون دولار", roles: "الميسِّر الوحيد",
	infrastructure: "البنية التحتية", capacity: "بناء القدرات", legend: "يُحتسب النشاط مرة في كل خط.", example: "أُنجز 412 كم من 900، ", annex: "الملحق 1", list: "أنشطة الفترة",
	identifier: "المعرّف", activity: "النشاط", foreign: "Support to the national plan (phase 2).", foreignLang: resolute.English, foot: "بيانات مثال. نسخة 12 أبريل 2027، إصدار البيانات 4,812، ",
}

// sample is a document with every kind of block.
func sample(l resolute.Lang, t sentences) *ooxml.Document {
	hash := ooxml.Run{Text: "7f3a91c2…e04d", Dir: ooxml.LTR}
	return &ooxml.Document{
		Lang: l, Title: t.title, Author: "Resolute", Created: "2027-04-12",
		Head: []ooxml.Run{{Text: "EX-WG-2/4", NoBreak: true, Dir: ooxml.LTR}},
		Foot: append(ooxml.Text(t.foot), hash),
		Sections: []ooxml.Section{
			{Blocks: []ooxml.Block{
				ooxml.Front{Meeting: ooxml.Text(t.meeting), Left: [][]ooxml.Run{ooxml.Text(t.place)},
					Right: [][]ooxml.Run{{{Text: t.number, NoBreak: true}}, ooxml.Text(t.date), ooxml.Text(t.original)}},
				ooxml.Paragraph{Style: ooxml.Source, Runs: ooxml.Text(t.source)},
				ooxml.Paragraph{Style: ooxml.Title, Runs: ooxml.Text(t.title)},
				ooxml.Box{Paragraphs: []ooxml.Paragraph{
					{Style: ooxml.Label, Runs: ooxml.Text(t.summary)}, {Runs: ooxml.Text(t.answered)},
					{Style: ooxml.Label, Runs: ooxml.Text(t.action)}, {Runs: []ooxml.Run{{Text: t.invited}, {Text: t.note, Bold: true, Italic: true}, {Text: "."}}},
				}},
				ooxml.Contents{Title: ooxml.Text(t.contents)},
				ooxml.Heading{Level: 1, Runs: ooxml.Text(t.background)},
				ooxml.Paragraph{Runs: ooxml.Text(t.purpose)},
				ooxml.Paragraph{Runs: ooxml.Text(t.passage)},
				ooxml.Paragraph{Runs: []ooxml.Run{{Text: t.foreign, Lang: t.foreignLang}}},
				ooxml.Heading{Level: 1, Runs: ooxml.Text(t.lines)},
				ooxml.Heading{Level: 2, Runs: ooxml.Text(t.overview)},
				ooxml.Paragraph{Runs: []ooxml.Run{
					{Text: t.recorded, Bold: true, Note: []ooxml.Run{{Text: t.evidence}, {Text: t.query, Link: "https://resolute.example/activities?line=C2&at=4812"}}},
					{Text: t.period}, {Text: "resolves 11 iii", NoBreak: true, Dir: ooxml.LTR, Note: ooxml.Text(t.legend)},
				}},
				lines(t),
				ooxml.Paragraph{Style: ooxml.Item, Runs: []ooxml.Run{{Text: t.example}, {Text: "resolute.example", Link: "https://resolute.example/"}}},
				ooxml.Paragraph{Style: ooxml.Item, Runs: ooxml.Text(t.legend + "\n" + t.legend)},
			}},
			{Landscape: true, Blocks: []ooxml.Block{
				ooxml.Annex{Label: ooxml.Text(t.annex), Title: ooxml.Text(t.list)},
				ooxml.Table{Columns: []ooxml.Column{{Head: ooxml.Text(t.identifier), Width: 2}, {Head: ooxml.Text(t.activity), Width: 5}, {Head: ooxml.Text("USD"), Width: 1, Align: ooxml.Figures}},
					Rows: [][]ooxml.Cell{
						{{{Text: "XI-EXAMPLE-2024-017", NoBreak: true, Dir: ooxml.LTR}}, {{Text: t.foreign, Lang: t.foreignLang}}, ooxml.Text("1,250")},
						{{{Text: "11 iii", NoBreak: true, Dir: ooxml.LTR}}, ooxml.Text(t.infrastructure), nil},
					}},
			}},
		},
	}
}

func lines(t sentences) ooxml.Table {
	return ooxml.Table{
		Label: ooxml.Text(t.table), Title: ooxml.Text(t.tableTitle), Note: ooxml.Text(t.legend),
		Columns: []ooxml.Column{{Head: ooxml.Text(t.code), Width: 1}, {Head: ooxml.Text(t.name), Width: 5}, {Head: ooxml.Text(t.roles), Width: 2, Align: ooxml.Centre},
			{Head: ooxml.Text(t.count), Width: 2, Align: ooxml.Figures}, {Head: ooxml.Text(t.money), Width: 2, Align: ooxml.Figures}},
		Rows: [][]ooxml.Cell{
			{ooxml.Text("C2"), ooxml.Text(t.infrastructure), ooxml.Text("✓"), {{Text: "312", Noted: true, Link: "https://resolute.example/activities?line=C2&at=4812"}}, ooxml.Text("214.6")},
			{ooxml.Text("C4"), ooxml.Text(t.capacity), nil, ooxml.Text("61"), ooxml.Text("-9.4")},
		},
		Legend: ooxml.Text(t.legend),
	}
}
