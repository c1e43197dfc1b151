package akn_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/akn"
)

// samples is where real files lie; the tests that need them say so when they are absent.
const samples = "../../../shared/samples/resolutions/akn"

func plain(text string) []akn.Span { return []akn.Span{{Text: text}} }

// specimen holds every kind of line, in words of our own.
func specimen() akn.Document {
	return akn.Document{
		Work:       akn.Work{Body: "itu-wtdc", Kind: "resolution", Number: "30", First: "2002", Key: "itu:wtdc/res/30"},
		Expression: akn.Expression{Lang: "eng", Label: "Rev. Fable, 2035", Day: "2035-05-04", Title: "A title in words of our own"},
		Revisions:  []akn.Event{{Day: "2002", Label: "Tale, 2002", First: true}, {Day: "2035-05-04", Label: "Rev. Fable, 2035"}},
		Producer:   "Resolute", Produced: "2035-06-01",
		Notes: []akn.Note{{Mark: "2", Text: "A note without a mark in the text."}},
		Lines: []akn.Line{
			{Kind: akn.NumberLine, Spans: plain("RESOLUTION 30 (Rev. Fable, 2035)")},
			{Kind: akn.TitleLine, Spans: plain("A title in words of our own")},
			{Kind: akn.OpeningLine, Spans: plain("The Conference of the example (Fable, 2035),")},
			{Kind: akn.HeadingLine, Name: "recalling", Spans: plain("recalling")},
			{Kind: akn.ItemLine, Level: 1, Mark: "a)", Thread: "itu:wtdc/res/30#recalling_a", Spans: []akn.Span{{Text: "what "}, {Text: "Resolution 71 (Rev. Dubai, 2018)", Href: "/akn/un/statement/deliberation/itu-pp/nd/res-71/eng@2018"}, {Text: " says & more;"}}},
			{Kind: akn.ItemLine, Level: 1, Mark: "b)", Spans: plain("two  blanks\u00a0kept:")},
			{Kind: akn.ItemLine, Level: 2, Mark: "i)", Spans: plain("the first,")},
			{Kind: akn.ItemLine, Level: 2, Mark: "ii)", Spans: plain("the second,")},
			{Kind: akn.HeadingLine, Operative: true, Name: "instructs", Spans: []akn.Span{{Text: "instructs the "}, {Text: "Director", Role: true}}},
			{Kind: akn.ItemLine, Operative: true, Level: 1, Mark: "1", Spans: []akn.Span{{Text: "to help countries1", Note: &akn.Note{Mark: "1", Text: "All of them."}}, {Text: ";"}}},
			{Kind: akn.ItemLine, Operative: true, Level: 1, Mark: "2", Spans: plain("to be a catalyst in:")},
			{Kind: akn.ItemLine, Operative: true, Level: 2, Mark: "i)", Spans: plain("training;")},
			{Kind: akn.ItemLine, Operative: true, Level: 2, Mark: "i)", Spans: plain("a letter printed twice,")},
			{Kind: akn.HeadingLine, Name: "noting", Spans: plain("noting")},
			{Kind: akn.ItemLine, Level: 1, Spans: plain("a recital among the operative part,")},
			{Kind: akn.HeadingLine, Operative: true, Name: "calls_upon", Spans: plain("calls upon all")},
			{Kind: akn.ItemLine, Operative: true, Level: 1, Spans: plain("to go on.")},
			{Kind: akn.AfterLine, Spans: plain("Adopted at Fable.")},
		},
	}
}

func written(t testing.TB, d akn.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := akn.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	want := specimen()
	got, findings, err := akn.Read(bytes.NewReader(written(t, want)))
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	for i := range want.Lines {
		if i < len(got.Lines) && !sameLine(got.Lines[i], want.Lines[i]) {
			t.Errorf("line %d\n got %+v\nwant %+v", i, got.Lines[i], want.Lines[i])
		}
	}
	got.Lines, want.Lines = nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// sameLine compares lines but for the name of a heading, which the operative part does not carry.
func sameLine(a, b akn.Line) bool {
	if a.Operative || b.Operative || strings.HasPrefix(a.Name, "preambularGroup") {
		a.Name, b.Name = "", ""
	}
	return reflect.DeepEqual(a, b)
}

// TestAnyDocumentComesBack writes and reads documents made by chance.
func TestAnyDocumentComesBack(t *testing.T) {
	for seed := range uint64(200) {
		want := random(rand.New(rand.NewPCG(seed, 1)))
		got, findings, err := akn.Read(bytes.NewReader(written(t, want)))
		if err != nil || len(findings) > 0 {
			t.Fatal(seed, err, findings)
		}
		if len(got.Lines) != len(want.Lines) {
			t.Fatalf("seed %d: %d lines, want %d\n%s", seed, len(got.Lines), len(want.Lines), written(t, want))
		}
		for i := range want.Lines {
			if !sameLine(got.Lines[i], want.Lines[i]) {
				t.Errorf("seed %d line %d\n got %+v\nwant %+v", seed, i, got.Lines[i], want.Lines[i])
			}
		}
	}
}

func random(r *rand.Rand) akn.Document {
	d := akn.Document{Work: akn.Work{Body: "un-ga", Kind: "resolution", Number: "70/125"}, Expression: akn.Expression{Lang: "eng", Day: "2015-12-16"}, Producer: "Resolute", Produced: "2026-01-01"}
	words := []string{"to do <this>", "& that", "а также", "وكذلك", "以及", "tab\tand  blanks", "note", `"quoted"`}
	spans := func() []akn.Span {
		s := []akn.Span{{Text: words[r.IntN(len(words))]}}
		if r.IntN(4) == 0 {
			s = append(s, akn.Span{Text: "Resolution 1", Href: "/akn/un/x"})
		}
		if r.IntN(5) == 0 {
			s[len(s)-1].Note = &akn.Note{Mark: fmt.Sprint(r.IntN(9)), Text: "noted"}
		}
		return s
	}
	d.Lines = append(d.Lines, akn.Line{Kind: akn.NumberLine, Spans: plain("70/125")}, akn.Line{Kind: akn.OpeningLine, Spans: plain("The Assembly,")})
	operative := false
	for range r.IntN(6) {
		operative = operative || r.IntN(2) == 0
		d.Lines = append(d.Lines, akn.Line{Kind: akn.HeadingLine, Operative: operative, Name: "noting", Spans: plain("heading")})
		level := 0
		for range 1 + r.IntN(6) {
			level = 1 + r.IntN(min(level+1, 4))
			d.Lines = append(d.Lines, akn.Line{Kind: akn.ItemLine, Operative: operative, Level: level, Mark: []string{"a)", "1.", "(i)", "4.2", "·"}[r.IntN(5)], Spans: spans()})
		}
	}
	if r.IntN(2) == 0 {
		d.Lines = append(d.Lines, akn.Line{Kind: akn.AfterLine, Spans: plain("74th meeting")})
	}
	return d
}

// TestWhatIsWrittenIsValid asks xmllint with the schema of the standard.
func TestWhatIsWrittenIsValid(t *testing.T) {
	schema := filepath.Join(samples, "schema", "akomantoso30.xsd")
	if _, err := os.Stat(schema); err != nil {
		t.Skip("not validated: the schema of Akoma Ntoso is not at " + schema)
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("not validated: xmllint is not installed (Debian: libxml2-utils)")
	}
	documents := []akn.Document{specimen()}
	for seed := range uint64(20) {
		documents = append(documents, random(rand.New(rand.NewPCG(seed, 1))))
	}
	draft := specimen()
	draft.Draft, draft.Revisions, draft.First = true, nil, ""
	documents = append(documents, draft, akn.Document{Work: akn.Work{Body: "un-ga", Kind: "decision", Number: "1"}, Expression: akn.Expression{Lang: "fra"}, Producer: "Resolute", Produced: "2026-01-01"})
	var files []string
	for i, d := range documents {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.xml", i))
		if err := os.WriteFile(path, written(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	if out, err := exec.Command("xmllint", append([]string{"--noout", "--nonet", "--schema", schema}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("not valid: %v\n%s", err, out)
	}
}

// TestFilesOfOtherProducers reads what converters and the standard's own examples hold.
func TestFilesOfOtherProducers(t *testing.T) {
	if _, err := os.Stat(samples); err != nil {
		t.Skip("not tried: " + samples + " is absent")
	}
	for name, want := range map[string]struct{ preambular, operative int }{
		"own-res30-excerpt.xml": {1, 1}, "pp18/pp18-resolution-140.xml": {6, 2}, "pp18/res_2.xml": {3, 4}, "pp18/dec_5.xml": {4, 5},
	} {
		file, err := os.Open(filepath.Join(samples, name))
		if err != nil {
			t.Fatal(err)
		}
		d, findings, err := akn.Read(file)
		_ = file.Close() // it was only read
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var preambular, operative int
		for _, l := range d.Lines {
			if l.Kind == akn.HeadingLine && l.Operative {
				operative++
			} else if l.Kind == akn.HeadingLine {
				preambular++
			}
		}
		if preambular != want.preambular || operative != want.operative {
			t.Errorf("%s: %d preambular and %d operative groups, want %d and %d (%d findings)", name, preambular, operative, want.preambular, want.operative, len(findings))
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	tests := map[string]string{
		"empty":        "",
		"no XML":       "RESOLUTION 30",
		"another root": "<html/>",
		"no text":      `<akomaNtoso xmlns="` + akn.Namespace + `"/>`,
		"cut off":      `<akomaNtoso xmlns="` + akn.Namespace + `"><statement><preface><p>x`,
		"a DOCTYPE":    `<!DOCTYPE a [<!ENTITY x "y">]><akomaNtoso><statement/></akomaNtoso>`,
		"too deep":     `<akomaNtoso><statement>` + strings.Repeat("<i>", 100) + strings.Repeat("</i>", 100) + `</statement></akomaNtoso>`,
		"too large":    `<akomaNtoso><statement>` + strings.Repeat(" ", akn.LargestFile) + `</statement></akomaNtoso>`,
		"too many":     `<akomaNtoso><statement>` + strings.Repeat("<i/>", 210_000) + `</statement></akomaNtoso>`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if _, _, err := akn.Read(strings.NewReader(text)); resolute.CodeOf(err) != resolute.Invalid {
				t.Errorf("error = %v, want one with code invalid", err)
			}
		})
	}
}

func TestFindingsTellWhatOthersStumbleOver(t *testing.T) {
	_, findings, err := akn.Read(strings.NewReader(`<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17">
<statement xml:lang="en"><mainBody><paragraph eId="para_1"/><paragraph eId="para_1"/></mainBody></statement></akomaNtoso>`))
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, f := range findings {
		rules = append(rules, fmt.Sprintf("%s %d", f.Rule, f.Line))
	}
	if got, want := strings.Join(rules, ", "), "akn-namespace 1, akn-attribute 2, akn-id-repeated 2"; got != want {
		t.Errorf("findings = %s, want %s", got, want)
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		address string
		want    akn.Parsed
		ok      bool
	}{
		{"/akn/un/statement/deliberation/itu-wtdc/2002/res-30", akn.Parsed{Body: "itu:wtdc", First: "2002", Number: "res-30"}, true},
		{"/akn/un/statement/deliberation/itu-wtdc/2002/res-30/eng@2017-10-20/!main", akn.Parsed{Body: "itu:wtdc", First: "2002", Number: "res-30", Lang: "eng", Day: "2017-10-20"}, true},
		{"/akn/un/statement/deliberation/un-ga/2016-10-13/71-4/eng@/!main~para_8", akn.Parsed{Body: "un:a", First: "2016-10-13", Number: "71-4", Lang: "eng", Portion: "para_8"}, true},
		{"https://example.org/akn/un/statement/unga/2024/79-275/eng@2025#para_3", akn.Parsed{Body: "un:a", First: "2024", Number: "79-275", Lang: "eng", Day: "2025", Portion: "para_3"}, true},
		{"/akn/un/statement", akn.Parsed{}, false},
		{"/mandate/itu:wtdc/res/30", akn.Parsed{}, false},
		{"", akn.Parsed{}, false},
	}
	for _, test := range tests {
		if got, ok := akn.ParseAddress(test.address); ok != test.ok || got != test.want {
			t.Errorf("%q = %+v %v, want %+v %v", test.address, got, ok, test.want, test.ok)
		}
	}
}

// FuzzRead holds that nothing crashes, and that what was read can be written and read again.
func FuzzRead(f *testing.F) {
	f.Add(written(f, specimen()))
	f.Add([]byte(`<akomaNtoso><doc><preamble><recitals><intro><p>x</p></intro><recital><num>a)</num><p>y</p></recital></recitals></preamble><mainBody><list><point><num>1</num></point></list></mainBody></doc></akomaNtoso>`))
	f.Add([]byte(`<akomaNtoso><doc><preamble><recitals><intro><p>x</p></intro><num>a)</num><p>y</p></recitals></preamble></doc></akomaNtoso>`)) // a heading with a number
	f.Add([]byte(`<akomaNtoso><doc><mainBody><hcontainer><num>A</num><heading>x</heading><paragraph><num>1</num><content><p>y</p></content></paragraph></hcontainer></mainBody></doc></akomaNtoso>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, _, err := akn.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		again, _, err := akn.Read(bytes.NewReader(written(t, d)))
		if err != nil {
			t.Fatalf("what was read and written is not read again: %v", err)
		}
		if got, want := words(again), words(d); got != want {
			t.Errorf("words lost\n got %q\nwant %q", got, want)
		}
	})
}

// words are all texts of a document, whatever their kinds of line.
func words(d akn.Document) string {
	var list []string
	for _, l := range d.Lines {
		list = append(list, strings.Fields(l.Mark+" "+l.Text())...)
	}
	return strings.Join(list, " ")
}

func BenchmarkRead(b *testing.B) {
	text := written(b, specimen())
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, _, err := akn.Read(bytes.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
