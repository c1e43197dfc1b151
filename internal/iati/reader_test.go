package iati_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"pgregory.net/rapid"

	"resolute/internal/iati"
)

// small is a file of two activities; its title holds what encodings differ in.
const small = `<iati-activities version="2.03" generated-datetime="2025-01-15T00:00:00Z" xml:lang="fr">
  <!-- two, <iati-activity> in a comment is none -->
  <iati-activity><iati-identifier>ZZ-FICT-1</iati-identifier><title><narrative>é 中</narrative></title></iati-activity>
  <iati-activity><iati-identifier>ZZ-FICT-2</iati-identifier><title><narrative><![CDATA[</iati-activity>]]></narrative></title></iati-activity>
</iati-activities>
`

// reading is what came out of a file.
type reading struct {
	root     string
	elements []string // "line:column raw"
	findings []string
	err      string
}

// read reads a file to its end or its first fault.
func read(src io.Reader, o iati.Options) (got reading) {
	r, err := iati.NewReader(src, o)
	for err == nil {
		var el *iati.Element
		if el, err = r.Next(); err == nil {
			got.elements = append(got.elements, fmt.Sprintf("%d:%d %s", el.Line, el.Column, el.Raw))
		}
	}
	if r != nil {
		got.root = fmt.Sprintf("%+v", r.Root())
		got.findings = brief(r.Findings())
	}
	if err != io.EOF {
		got.err = err.Error()
	}
	return got
}

func (r reading) equal(other reading) bool {
	return r.root == other.root && slices.Equal(r.elements, other.elements) && slices.Equal(r.findings, other.findings) && r.err == other.err
}

// encoded gives s in another encoding.
func encoded(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodings(t *testing.T) {
	declared := func(name string) string { return `<?xml version="1.0" encoding="` + name + `"?>` + "\n" + small }
	latin := strings.ReplaceAll(small, "中", "ü")
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	bigWithout := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, c := range []struct{ name, file, title string }{
		{"UTF-8 without a word", small, "é 中"},
		{"UTF-8 declared", declared("utf-8"), "é 中"},
		{"UTF-8 with a byte order mark", "\uFEFF" + declared("UTF-8"), "é 中"},
		{"UTF-16, little end first, with a byte order mark", encoded(t, little, declared("UTF-16")), "é 中"},
		{"UTF-16, big end first, without", encoded(t, bigWithout, declared("UTF-16")), "é 中"},
		{"UTF-32, little end first, with a byte order mark", encoded(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), declared("UTF-32")), "é 中"},
		{"UTF-32, big end first, without", encoded(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), declared("UTF-32")), "é 中"},
		{"Windows-1252 declared", encoded(t, charmap.Windows1252, `<?xml version='1.0' encoding='windows-1252'?>`+strings.ReplaceAll(small, "中", "€")), "é €"},
		{"Latin-1 declared", encoded(t, charmap.ISO8859_1, `<?xml version='1.0' encoding='ISO-8859-1'?>`+latin), "é ü"},
		{"GB 18030 declared", encoded(t, simplifiedchinese.GB18030, declared("GB18030")), "é 中"},
		{"declared ASCII, written UTF-8", declared("us-ascii"), "é 中"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, _ := decodeAll(t, []byte(c.file))
			if len(all) != 2 || all[0].Title["fr"] != c.title {
				t.Errorf("got %+v, want the title %q", all, c.title)
			}
		})
	}
}

func TestTheRootSaysWhatItSays(t *testing.T) {
	r, err := iati.NewReader(strings.NewReader("<?xml version=\"1.0\"?>\n<iati-activities  version=' 2.03 ' xmlns:x=\"https://example.org/\"\n x:by=\"a&amp;b\">"), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	root := r.Root()
	wantTag := "<iati-activities  version=' 2.03 ' xmlns:x=\"https://example.org/\"\n x:by=\"a&amp;b\">"
	if root.Kind != iati.Activities || root.Version != "2.03" || string(root.Tag) != wantTag || len(root.Attrs) != 3 || root.Attrs[2].Value != "a&b" {
		t.Errorf("root: %+v", root)
	}
	again, err := iati.ParseRoot(root.Tag)
	if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", root) {
		t.Errorf("ParseRoot of the kept tag: %+v, %v; want %+v", again, err, root)
	}
	if _, err := iati.ParseRoot([]byte("<html>")); err == nil {
		t.Error("ParseRoot takes <html>")
	}
	if _, err := iati.ParseRoot([]byte("text")); err == nil {
		t.Error("ParseRoot takes text")
	}
}

func TestWhatAFileMayDo(t *testing.T) {
	for _, c := range []struct {
		name, file string
		elements   int
		findings   []string
	}{
		{"nothing inside", `<iati-activities version="2.01"/>`, 0, nil},
		{"comments and instructions anywhere", "<?a?><!-- b --><?xml-stylesheet href='c'?>" + small + "<!-- d --><?e f?>\n", 2, nil},
		{"white space before the declaration", "\n <?xml version='1.0'?>\n" + small, 2, []string{"blank-before-declaration warning 1"}},
		{"a version that is not known yet", strings.Replace(small, "2.03", "2.04", 1), 2, []string{"version-unknown warning 1"}},
		{"elements that are not activities", `<iati-activities version="2.03">` + "\n<a><iati-activity/></a>\n<a/><b/></iati-activities>", 0,
			[]string{"unknown-element warning 2", "unknown-element warning 3"}},
		{"elements of another namespace", `<iati-activities version="2.03" xmlns:x="y"><x:a/></iati-activities>`, 0, nil},
		{"stray text", `<iati-activities version="2.03">a<iati-activity/>b</iati-activities>`, 1, []string{"stray-text warning 1"}},
		{"organisations", `<iati-organisations version="2.03"><iati-organisation/></iati-organisations>`, 1, nil},
		{"names beyond ASCII", `<iati-activities version="2.03"><iati-activity><título·1 né="ü"/></iati-activity></iati-activities>`, 1, nil},
		{"a greater-than sign and both quotes in values", `<iati-activities version="2.03"><iati-activity a="'>" b='">'>]] ></iati-activity></iati-activities>`, 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := read(strings.NewReader(c.file), iati.Options{})
			if len(got.elements) != c.elements || !slices.Equal(got.findings, c.findings) || got.err != "" {
				t.Errorf("got %d elements, findings %q, error %q; want %d, %q", len(got.elements), got.findings, got.err, c.elements, c.findings)
			}
		})
	}
}

// prefixes is a file with n prefixes declared at once, one in each of nested elements.
func prefixes(n int) string {
	open := ""
	for i := range n {
		open += fmt.Sprintf(`<a xmlns:p%d="urn:%d">`, i, i)
	}
	return `<iati-activities version="2.03"><iati-activity>` + open + strings.Repeat("</a>", n) + `</iati-activity></iati-activities>`
}

func TestLimits(t *testing.T) {
	deep := `<iati-activities version="2.03"><iati-activity><a><b/></a></iati-activity></iati-activities>`
	wide := `<iati-activities version="2.03"><iati-activity a="1" b="2" c="3"/></iati-activities>`
	long := `<iati-activities version="2.03"><iati-activity>` + strings.Repeat("<a>text</a>", 50_000) + `</iati-activity></iati-activities>`
	text := `<iati-activities version="2.03"><iati-activity>` + strings.Repeat("x", 300_000) + `</iati-activity></iati-activities>`
	activity := int64(len(long) - len(`<iati-activities version="2.03"></iati-activities>`))
	for _, c := range []struct {
		name, file string
		o          iati.Options
		rule       string
	}{
		{"as deep as allowed", deep, iati.Options{MaxDepth: 4}, ""},
		{"one too deep", deep, iati.Options{MaxDepth: 3}, "limit-depth"},
		{"the default depth", strings.Repeat("<iati-activities version='2.03'>", 101), iati.Options{}, "limit-depth"},
		{"as many attributes as allowed", wide, iati.Options{MaxAttributes: 3}, ""},
		{"one attribute too many", wide, iati.Options{MaxAttributes: 2}, "limit-attributes"},
		{"a text too long", text, iati.Options{MaxText: 200_000}, "limit-text"},
		{"a text that just fits", text, iati.Options{MaxText: 300_000}, ""},
		{"a comment too long", "<!--" + text + "-->", iati.Options{MaxText: 200_000}, "limit-text"},
		{"an activity too long", long, iati.Options{MaxActivity: 500_000}, "limit-activity"},
		{"an activity that just fits", long, iati.Options{MaxActivity: activity}, ""},
		{"an activity one byte too long", long, iati.Options{MaxActivity: activity - 1}, "limit-activity"},
		{"as many prefixes as allowed", prefixes(8), iati.Options{MaxAttributes: 2}, ""},
		{"one prefix too many", prefixes(9), iati.Options{MaxAttributes: 2}, "limit-attributes"},
		{"a file too long", long, iati.Options{MaxFile: int64(len(long) - 1)}, "limit-file"},
		{"a file that just fits", long, iati.Options{MaxFile: int64(len(long))}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := read(strings.NewReader(c.file), c.o)
			if (c.rule == "") != (got.err == "") || !strings.Contains(got.err, c.rule) {
				t.Errorf("got %q, want %q", got.err, c.rule)
			}
		})
	}
	bomb := gzipped(t, io.LimitReader(spaces{}, 64<<20))
	if got := read(bytes.NewReader(bomb), iati.Options{MaxFile: 1 << 20}); !strings.Contains(got.err, "limit-file: the unpacked file is longer than 1 MiB") {
		t.Errorf("a file of %d bytes that unpacks to 64 MiB: %q", len(bomb), got.err)
	}
}

func TestAFaultOfTheMediumIsNoFaultOfTheFile(t *testing.T) {
	broken := errors.New("cable pulled")
	for _, n := range []int{0, 10, 2000} {
		head := strings.NewReader(strings.Repeat(" ", n))
		_, err := iati.NewReader(io.MultiReader(head, iotest.ErrReader(broken)), iati.Options{})
		var refused *iati.RefusedError
		if !errors.Is(err, broken) || errors.As(err, &refused) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

func TestTheEndIsGivenAgain(t *testing.T) {
	r, err := iati.NewReader(strings.NewReader(`<iati-activities version="2.03"><a>`), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, first := r.Next()
	if _, again := r.Next(); first == nil || again != first {
		t.Errorf("first %v, then %v", first, again)
	}
}

// files draws sound and faulty files alike.
var files = rapid.Custom(func(t *rapid.T) string {
	part := rapid.SampledFrom([]string{"<iati-activity>", "</iati-activity>", "<iati-activity/>", "<title a='1'>", "</title>", "é中", " \r\n", "&amp;",
		"<!-- - -->", "<![CDATA[]]]]>", "]]", ">", "<a:b xmlns:a='c'/>", "<?p q?>", "&#x4E2D;", "\xe9", "\x01", "<"})
	body := strings.Join(rapid.SliceOfN(part, 0, 30).Draw(t, "parts"), "")
	return `<iati-activities version="2.03">` + body + `</iati-activities>`
})

func TestTheSizeOfTheChunksDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := files.Draw(t, "file")
		want := read(strings.NewReader(file), iati.Options{})
		if got := read(iotest.OneByteReader(strings.NewReader(file)), iati.Options{}); !got.equal(want) {
			t.Fatalf("byte by byte %+v\nat once %+v", got, want)
		}
		if got := read(iotest.DataErrReader(iotest.HalfReader(strings.NewReader(file))), iati.Options{}); !got.equal(want) {
			t.Fatalf("in halves %+v\nat once %+v", got, want)
		}
	})
}

func TestSplittingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := files.Draw(t, "file")
		rest := file
		for _, el := range read(strings.NewReader(file), iati.Options{}).elements {
			_, raw, _ := strings.Cut(el, " ")
			at := strings.Index(rest, raw)
			if at < 0 {
				t.Fatalf("the bytes %q are not in the file, or out of order", raw)
			}
			rest = rest[at+len(raw):]
		}
	})
}

func TestTokensAcrossChunksArePlacedRight(t *testing.T) {
	for _, before := range []int{65_400, 65_500, 65_536, 65_600, 131_000} {
		file := `<iati-activities version="2.03">` + "\n" + strings.Repeat("é", before/2) + "\n  <iati-activity>\n</iati-activity>\n \x01"
		got := read(strings.NewReader(file), iati.Options{})
		if len(got.elements) != 1 || !strings.HasPrefix(got.elements[0], "3:3 ") || !strings.HasPrefix(got.err, "line 5, column 2:") {
			t.Errorf("after %d bytes: %.40q, %s", before, got.elements, got.err)
		}
	}
}

// gzipped packs what src gives.
func gzipped(t *testing.T, src io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.Copy(z, src); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// spaces gives blanks without end.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	root := `<iati-activities version="2.03">`
	one := generatedFile(t, 1)
	activity := one[bytes.Index(one, []byte("<iati-activity ")):bytes.LastIndex(one, []byte("</iati-activities>"))]
	parts := []io.Reader{strings.NewReader(root)}
	for range 2000 {
		parts = append(parts, bytes.NewReader(activity))
	}
	parts = append(parts, strings.NewReader("</iati-activities>"))
	r, err := iati.NewReader(io.MultiReader(parts...), iati.Options{})
	n := 0
	for err == nil {
		_, err = r.Next()
		n++
	}
	if err != io.EOF || n != 2001 {
		t.Fatalf("%d activities, %v", n-1, err)
	}
	if held := iati.Held(r); held > 512<<10 {
		t.Errorf("%d bytes are held after a file of %d", held, 2000*len(activity))
	}
}
