package iati_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"resolute/internal/iati"
)

// FuzzAgainstEncodingXML holds the scanner to this: a document in UTF-8 that it accepts, the standard
// library accepts too and reads the same, names, attributes and texts.
func FuzzAgainstEncodingXML(f *testing.F) {
	f.Add([]byte(small))
	for _, words := range []string{`<a b="1 &lt; 2&#10;&#x41;" c='"'>x<![CDATA[ y ]]>&amp;z<!-- no --><?p i?><d/></a>`, "<a>one\r\ntwo\rthree</a>", "<a b='\t\r\n'/>"} {
		f.Add([]byte(words))
	}
	for _, pattern := range []string{"testdata/faulty/*.xml", "testdata/*.xml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if !utf8.Valid(file) || bytes.IndexByte(file, 0) >= 0 || len(file) > 1 && file[0] == 0x1f {
			return // of another encoding, or packed
		}
		if above := func(r rune) bool { return r >= utf8.RuneSelf }; bytes.IndexFunc(file, above) >= 0 && bytes.Contains(file, []byte("encoding")) {
			return // it may declare another encoding
		}
		got, ok := iati.Tokens(file)
		if !ok {
			return
		}
		want, err := standardTokens(file)
		if err != nil && strings.Contains(err.Error(), "unsupported version") {
			return // a reader of XML 1.0 takes any 1.x, as the standard says; encoding/xml does not
		}
		if err != nil {
			t.Fatalf("accepted; encoding/xml says %v", err)
		}
		if !slices.Equal(spaced(got), spaced(want)) {
			t.Fatalf("read as\n%q\nencoding/xml reads\n%q", got, want)
		}
	})
}

// standardTokens reads a document as encoding/xml does.
func standardTokens(file []byte) (tokens []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF"))))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	words, depth := "", 0
	say := func(more string) {
		if words != "" {
			tokens = append(tokens, "text "+words)
			words = ""
		}
		tokens = append(tokens, more)
	}
	name := func(n xml.Name) string {
		if n.Space != "" {
			return n.Space + ":" + n.Local
		}
		return n.Local
	}
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return tokens, nil
		}
		if err != nil {
			return nil, err
		}
		switch k := token.(type) {
		case xml.StartElement:
			depth++
			say("start " + name(k.Name))
			for _, a := range k.Attr {
				tokens = append(tokens, "attribute "+name(a.Name)+" "+a.Value)
			}
		case xml.EndElement:
			depth--
			say("end")
		case xml.CharData:
			if depth > 0 {
				words += string(k)
			}
		}
	}
}

// spaced writes all white space as blanks: the standard library leaves line ends in attributes, which
// XML turns into blanks.
func spaced(tokens []string) []string {
	out := make([]string, len(tokens))
	for i, s := range tokens {
		out[i] = strings.NewReplacer("\r\n", " ", "\t", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return out
}
