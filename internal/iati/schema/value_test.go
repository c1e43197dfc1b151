package schema

import "testing"

func TestValuesOfSimpleTypes(t *testing.T) {
	for _, c := range []struct {
		kind    valueType
		allowed []string
		refused []string
	}{
		{decimalValue, []string{"0", " 12.5 ", "+7", "-0", ".5", "5.", "\t1\n"}, []string{"", ".", "1e5", "1,000", "12 5", "USD 5", "--1", "INF"}},
		{integerValue, []string{"0", "-12", "+00012"}, []string{"", "1.0", "-", "x"}},
		{intValue, []string{"2147483647", "-2147483648"}, []string{"2147483648", ""}},
		{positiveValue, []string{"1", "+1", "0001"}, []string{"0", "-1", "00"}},
		{nonNegativeValue, []string{"0", "-0", "7"}, []string{"-1", ""}},
		{dateValue, []string{"2024-02-29", "2020-01-01Z", "2020-01-01+14:00", "12020-01-01", "-0044-03-15"},
			[]string{"", "2023-02-29", "1900-02-29", "2020-13-01", "20-01-01", "2020-1-1", "0000-01-01", "02020-01-01", "2020-01-01T00:00:00", "2020-01-01+14:01"}},
		{dateTimeValue, []string{"2020-01-01T24:00:00", "2020-01-01T23:59:59.999Z", "2020-01-01T00:00:00-05:00"},
			[]string{"2020-01-01", "2020-01-01T10:00", "2020-01-01T24:00:01", "2020-01-01T24:00:00.5", "2020-01-01T10:60:00", "2020-01-01T10:00:00.", "2020-01-01 10:00:00"}},
		{booleanValue, []string{"true", "false", "1", " 0 "}, []string{"", "TRUE", "yes"}},
		{addressValue, []string{"", "http://example.org/a?b=c#d", "mailto:a@b", "//host/path", "a/b", "http://é.org/ü|", "http://h:80/", "http://a b", "?q#f"},
			[]string{"%zz", "http://[x", "a#b#c", "1:2", "http://h:8x/"}},
		{tokenValue, []string{"a", "a.b-c:d_1"}, []string{"", "a b", "a/b"}},
		{languageValue, []string{"", "en", "zh-Hant", "en-GB-1901"}, []string{"e1", "en_GB", "-", "toolongword"}},
		{spaceValue, []string{"default", "preserve"}, []string{"", "keep"}},
		{stringValue, []string{"", "anything"}, nil},
	} {
		for _, s := range c.allowed {
			if !c.kind.allows([]byte(s)) {
				t.Errorf("%s: %q is refused", valueNames[c.kind], s)
			}
		}
		for _, s := range c.refused {
			if c.kind.allows([]byte(s)) {
				t.Errorf("%s: %q is allowed", valueNames[c.kind], s)
			}
		}
	}
}

// A kept run is in order, and whatever is longer is not.
func TestFewestChildrenMove(t *testing.T) {
	for _, c := range []struct {
		order []int
		moved int
	}{{[]int{0, 1, 1, 2}, 0}, {[]int{5, 0, 1, 2}, 1}, {[]int{0, 3, 1, 2, 1}, 2}, {[]int{2, 1, 0}, 2}} {
		children := make([]placed, len(c.order))
		for i, p := range c.order {
			children[i].particle = p
		}
		moved, last := 0, -1
		for i, kept := range inOrder(children) {
			if !kept {
				moved++
				continue
			}
			if c.order[i] < last {
				t.Errorf("%v: what is kept is not in order", c.order)
			}
			last = c.order[i]
		}
		if moved != c.moved {
			t.Errorf("%v: %d move, want %d", c.order, moved, c.moved)
		}
	}
}

func TestEveryVersionHasItsSchemas(t *testing.T) {
	for _, version := range Versions {
		for _, root := range []string{"iati-activities", "iati-organisations", "registry-record"} {
			if Load(version, root) == nil {
				t.Errorf("no schema of %s for <%s>", version, root)
			}
		}
	}
	if Load("2.04", "iati-activities") != nil || Load("2.03", "html") != nil {
		t.Error("a schema where there is none")
	}
}
