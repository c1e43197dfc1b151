package iati_test

import (
	"testing"

	"resolute/internal/iati"
)

// canonical gives the canonical hash of an element.
func canonical(raw string, root iati.Root) [32]byte {
	return root.Canonical(&iati.Element{Raw: []byte(raw)})
}

func TestWhatDoesNotChangeTheCanonicalForm(t *testing.T) {
	want := canonical(`<iati-activity a="1" b="x &amp; y"><title><narrative>é &lt; b</narrative></title><tag code="1"/></iati-activity>`, iati.Root{})
	for name, raw := range map[string]string{
		"white space between elements": "<iati-activity a=\"1\"\n b=\"x &amp; y\">\n  <title>\r\n<narrative>é &lt; b</narrative> </title><tag  code=\"1\" />\n</iati-activity >",
		"white space around text":      `<iati-activity a="1" b="x &amp; y"><title><narrative> é &lt; b` + "\n" + `</narrative></title><tag code="1"/></iati-activity>`,
		"order of attributes, quotes":  `<iati-activity b='x &amp; y' a='1'><title><narrative>é &lt; b</narrative></title><tag code="1"/></iati-activity>`,
		"end tag written out":          `<iati-activity a="1" b="x &amp; y"><title><narrative>é &lt; b</narrative></title><tag code="1"></tag></iati-activity>`,
		"references and CDATA":         `<iati-activity a="&#49;" b="x &#38; y"><title><narrative>&#xE9; <![CDATA[< b]]></narrative></title><tag code="1"/></iati-activity>`,
		"comments and instructions":    `<iati-activity a="1" b="x &amp; y"><!-- n --><title><narrative>é <!-- n -->&lt; b</narrative></title><?p?><tag code="1"/></iati-activity>`,
	} {
		if got := canonical(raw, iati.Root{}); got != want {
			t.Errorf("%s changes the canonical form", name)
		}
	}
}

func TestWhatChangesTheCanonicalForm(t *testing.T) {
	seen := map[[32]byte]string{}
	for name, raw := range map[string]string{
		"as it was":               `<a b="1"><c>x y</c></a>`,
		"another attribute value": `<a b="2"><c>x y</c></a>`,
		"another attribute":       `<a c="1"><c>x y</c></a>`,
		"no attribute":            `<a><c>x y</c></a>`,
		"another element":         `<a b="1"><d>x y</d></a>`,
		"another text":            `<a b="1"><c>x z</c></a>`,
		"inner white space":       `<a b="1"><c>x  y</c></a>`,
		"text outside":            `<a b="1"><c/>x y</a>`,
		"an attribute as text":    `<a>b=1<c>x y</c></a>`,
		"nothing":                 `<a b="1"><c/></a>`,
		"another order":           `<a b="1">x y<c/></a>`,
	} {
		got := canonical(raw, iati.Root{})
		if other, twice := seen[got]; twice {
			t.Errorf("%q and %q have one canonical form", name, other)
		}
		seen[got] = name
	}
	raw := `<a b="1"><c>x y</c></a>`
	plain := canonical(raw, iati.Root{Version: "2.02", GeneratedAt: "2020-01-01T00:00:00Z"})
	if plain != canonical(raw, iati.Root{Version: "2.03"}) {
		t.Error("the time of the file changes the canonical form of its activities")
	}
	if plain == canonical(raw, iati.Root{Lang: "fr"}) || plain == canonical(raw, iati.Root{DefaultCurrency: "USD"}) {
		t.Error("an inherited language or currency does not change the canonical form")
	}
}

func TestWhatTheRootLendsIsAsThoughTheElementStatedIt(t *testing.T) {
	root := iati.Root{Lang: "fr", DefaultCurrency: "EUR", Attrs: []iati.Attr{{Name: "xmlns:x", Value: "urn:x"}}}
	want := canonical(`<iati-activity a="1" x:b="2"><x:note/></iati-activity>`, root)
	for name, raw := range map[string]string{
		"stated by the element":     `<iati-activity a="1" x:b="2" xml:lang="fr" default-currency="EUR" xmlns:x="urn:x"><x:note/></iati-activity>`,
		"under another prefix":      `<iati-activity a="1" y:b="2" xml:lang="fr" default-currency="EUR" xmlns:y="urn:x"><y:note/></iati-activity>`,
		"declared where it is used": `<iati-activity a="1" y:b="2" xml:lang="fr" default-currency="EUR" xmlns:y="urn:x"><z:note xmlns:z="urn:x"/></iati-activity>`,
	} {
		if got := canonical(raw, iati.Root{}); got != want {
			t.Errorf("%s: another canonical form", name)
		}
	}
	for name, raw := range map[string]string{
		"another namespace": `<iati-activity a="1" x:b="2" xml:lang="fr" default-currency="EUR" xmlns:x="urn:y"><x:note/></iati-activity>`,
		"another language":  `<iati-activity a="1" x:b="2" xml:lang="en" default-currency="EUR" xmlns:x="urn:x"><x:note/></iati-activity>`,
		"another currency":  `<iati-activity a="1" x:b="2" xml:lang="fr" default-currency="USD" xmlns:x="urn:x"><x:note/></iati-activity>`,
	} {
		if got := canonical(raw, iati.Root{}); got == want {
			t.Errorf("%s: the same canonical form", name)
		}
	}
}

func TestTheOrderThatTheStandardPrescribesIsNoDifference(t *testing.T) {
	canon := func(inner string) [32]byte { return canonical("<iati-activity>"+inner+"</iati-activity>", iati.Root{}) }
	want := canon(`<title><narrative>a</narrative></title><sector code="1"/><sector code="2"/><budget><period-start iso-date="1"/><value>1</value></budget>`)
	if want != canon(`<sector code="1"/><budget><value>1</value><period-start iso-date="1"/></budget><title><narrative>a</narrative></title><sector code="2"/>`) {
		t.Error("elements in another order than that of the standard are another activity")
	}
	if want == canon(`<title><narrative>a</narrative></title><sector code="2"/><sector code="1"/><budget><period-start iso-date="1"/><value>1</value></budget>`) {
		t.Error("elements of one name in another order are the same activity")
	}
}
