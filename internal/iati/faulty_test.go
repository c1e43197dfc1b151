package iati_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute/internal/iati"
)

// faulty lists the tiny files of testdata/faulty and how each is refused: rule, line, column and
// a part of the sentence.
var faulty = []struct {
	file, rule   string
	line, column int
	says         string
}{
	{"ampersand-bare.xml", "not-well-formed", 2, 71, "\"&\" that begins no reference; write &amp;"},
	{"attribute-prefix-undeclared.xml", "not-well-formed", 2, 69, "the prefix \"x\" is not declared"},
	{"attribute-twice-by-prefix.xml", "not-well-formed", 2, 139, "attribute \"b:x\" is given twice under two prefixes"},
	{"attribute-twice.xml", "not-well-formed", 2, 76, "attribute \"code\" is given twice"},
	{"attribute-with-less-than.xml", "not-well-formed", 2, 74, "\"<\" inside an attribute value; a closing quote may be missing"},
	{"attribute-without-quotes.xml", "not-well-formed", 2, 72, "the value of attribute \"code\" is not quoted"},
	{"attribute-without-value.xml", "not-well-formed", 2, 71, "attribute \"code\" has no value"},
	{"attributes-without-space.xml", "not-well-formed", 2, 75, "in the tag <tag>: found \"v\" where white space, \">\" or \"/>\" is expected"},
	{"blank-only.xml", "empty-file", 3, 1, "the file holds no element"},
	{"cdata-end-in-text.xml", "not-well-formed", 2, 70, "\"]]>\" inside text"},
	{"cdata-unclosed.xml", "not-well-formed", 4, 1, "the file ends inside <title>; it was cut off"},
	{"comment-only.xml", "empty-file", 2, 1, "the file holds no element"},
	{"comment-with-dashes.xml", "not-well-formed", 2, 69, "\"--\" inside a comment"},
	{"control-character-in-comment.xml", "not-well-formed", 2, 67, "the character U+0002 is not allowed in XML"},
	{"control-character.xml", "not-well-formed", 2, 70, "the character U+0001 is not allowed in XML"},
	{"cut-in-comment.xml", "not-well-formed", 2, 16, "the file ends inside <iati-activities>; it was cut off"},
	{"cut-in-element.xml", "not-well-formed", 2, 23, "the file ends inside <title>; it was cut off"},
	{"cut-in-end-tag.xml", "not-well-formed", 2, 31, "the file ends inside <iati-activity>; it was cut off"},
	{"cut-in-tag.xml", "not-well-formed", 2, 23, "the file ends inside <iati-activities>; it was cut off"},
	{"declaration-broken.xml", "not-well-formed", 1, 1, "the XML declaration is not of the form <?xml version=\"1.0\" encoding=\"UTF-8\"?>"},
	{"declaration-late.xml", "not-well-formed", 1, 15, "an XML declaration that is not at the start of the file"},
	{"declaration-unknown.xml", "not-well-formed", 2, 62, "\"<!\" that begins neither a comment nor a CDATA section"},
	{"doctype-entities.xml", "doctype", 2, 1, "a DOCTYPE is not accepted in IATI; remove it and what it declares"},
	{"empty.xml", "empty-file", 1, 1, "the file holds no element"},
	{"encoding-byte-unknown.xml", "encoding", 3, 70, "bytes that the declared encoding does not know"},
	{"encoding-unknown.xml", "encoding", 1, 1, "the declared encoding x-klingon is not known; save the file as UTF-8"},
	{"encoding-utf16-declared-only.xml", "encoding", 1, 1, "the XML declaration says utf-16, the bytes are of another encoding"},
	{"end-tag-first.xml", "not-well-formed", 1, 1, "an end tag without a start tag"},
	{"end-tag-longer.xml", "not-well-formed", 2, 69, "</titles> closes <title>"},
	{"end-tag-with-attribute.xml", "not-well-formed", 2, 77, "the end tag </title> holds more than a name"},
	{"gzip-cut.xml.gz", "gzip", 1, 1, "the gzip file was cut off"},
	{"gzip-damaged.xml.gz", "gzip", 1, 1, "the gzip file is damaged: gzip: invalid checksum"},
	{"gzip-header.xml.gz", "gzip", 1, 1, "the gzip file was cut off"},
	{"instruction-named-xml.xml", "not-well-formed", 2, 62, "an XML declaration that is not at the start of the file"},
	{"instruction-without-name.xml", "not-well-formed", 2, 64, "found \" \" where a name is expected"},
	{"latin1-declared-utf8.xml", "encoding", 3, 72, "byte 0xE9 is not UTF-8; if the file is in another encoding, its XML declaration must say which"},
	{"latin1-undeclared.xml", "encoding", 3, 11, "byte 0xE9 is not UTF-8; if the file is in another encoding, its XML declaration must say which"},
	{"name-begins-with-digit.xml", "not-well-formed", 2, 63, "found \"1\" where a name is expected"},
	{"name-missing.xml", "not-well-formed", 2, 63, "found \" \" where a name is expected"},
	{"name-with-two-colons.xml", "not-well-formed", 2, 66, "a colon in the wrong place of a name"},
	{"name-with-wrong-letter.xml", "not-well-formed", 2, 67, "'×' cannot stand in a name"},
	{"noncharacter.xml", "not-well-formed", 2, 70, "the character U+FFFF is not allowed in XML"},
	{"not-xml.json", "not-well-formed", 1, 1, "text before the root element; this is no XML"},
	{"other-root.xml", "not-iati", 1, 1, "the root element is <registry-record>, not <iati-activities>"},
	{"prefix-out-of-scope.xml", "not-well-formed", 2, 103, "the prefix \"x\" is not declared"},
	{"prefix-undeclared.xml", "not-well-formed", 2, 63, "the prefix \"x\" is not declared"},
	{"prefix-without-address.xml", "not-well-formed", 2, 69, "the prefix \"x\" is declared without an address"},
	{"prefix-xml-elsewhere.xml", "not-well-formed", 2, 69, "the prefix \"xml\" cannot be declared as \"https://example.org/n\""},
	{"prefix-xmlns.xml", "not-well-formed", 2, 69, "the prefix \"xmlns\" cannot be declared as \"https://example.org/n\""},
	{"quote-missing.xml", "not-well-formed", 2, 76, "\"<\" inside an attribute value; a closing quote may be missing"},
	{"reference-signed.xml", "not-well-formed", 2, 69, "the reference &#+65; stands for nothing"},
	{"reference-to-nothing.xml", "not-well-formed", 2, 69, "the reference &#0; stands for nothing"},
	{"reference-to-surrogate.xml", "not-well-formed", 2, 69, "the reference &#xD800; stands for nothing"},
	{"reference-too-big.xml", "not-well-formed", 2, 69, "the reference &#x110000; stands for nothing"},
	{"reference-unknown.xml", "not-well-formed", 2, 70, "the reference &nbsp; stands for nothing"},
	{"root-with-prefix.xml", "not-iati", 1, 1, "the root element is <i:iati-activities>, not <iati-activities>"},
	{"slash-in-tag.xml", "not-well-formed", 2, 67, "found \"/\" where a name is expected"},
	{"tags-crossed.xml", "not-well-formed", 2, 81, "</title> closes <narrative>"},
	{"text-after-root.xml", "not-well-formed", 4, 1, "text after the root element; this is no XML"},
	{"text-before-root.xml", "not-well-formed", 1, 1, "text before the root element; this is no XML"},
	{"two-roots.xml", "not-well-formed", 4, 1, "a second root element <iati-activities>; a file has one"},
	{"utf16-cut.xml", "encoding", 3, 19, "the UTF-16 file ends in the middle of a character"},
	{"utf16-half-pair.xml", "encoding", 2, 69, "half a surrogate pair (0xD800) in UTF-16"},
	{"utf32-cut.xml", "encoding", 1, 3, "the UTF-32 file ends in the middle of a character"},
	{"utf32-no-character.xml", "encoding", 1, 2, "0x0000D800 is no character of UTF-32"},
	{"utf8-bom-twice.xml", "not-well-formed", 1, 1, "text before the root element; this is no XML"},
	{"version-unknown.xml", "version-unsupported", 1, 1, "\"latest\" is no IATI version; 1.01 to 1.05 and 2.01 to 2.03 are read"},
	{"web-page.xml", "doctype", 1, 1, "a DOCTYPE is not accepted; this is a web page, not an IATI file"},
	{"zip.xml", "not-iati", 1, 1, "this is a ZIP archive; take the XML file out of it"},
}

func TestFaultyFilesAreRefusedAtTheirFault(t *testing.T) {
	seen := map[string]bool{}
	for _, want := range faulty {
		seen[want.file] = true
		t.Run(want.file, func(t *testing.T) {
			f, err := os.Open(filepath.Join("testdata", "faulty", want.file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			err = readAll(f)
			var refused *iati.RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("got %v, want a refusal", err)
			}
			got := refused.Finding
			if got.Rule != want.rule || got.Line != want.line || got.Column != want.column || !strings.Contains(got.Message, want.says) {
				t.Errorf("got %v\nwant line %d, column %d: %s: ...%s", err, want.line, want.column, want.rule, want.says)
			}
		})
	}
	files, err := os.ReadDir(filepath.Join("testdata", "faulty"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !seen[f.Name()] {
			t.Errorf("%s is in no test", f.Name())
		}
	}
}

// readAll reads a file to its end or its first fault.
func readAll(src io.Reader) error {
	r, err := iati.NewReader(src, iati.Options{})
	for err == nil {
		_, err = r.Next()
	}
	if err == io.EOF {
		return nil
	}
	return err
}
