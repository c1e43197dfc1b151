package register_test

import (
	"regexp"
	"strings"
	"testing"

	"resolute/internal/register"
)

// hostile are names that a source or a publisher may have and that no file may have, or only one on
// some systems.
var hostile = []string{
	"", " ", ".", "..", "/", "../../etc/passwd", "/etc/passwd", `..\..\windows`, "a/b", `a\b`, "a:b", "a b", "a-b", "a*?", `"a"`, "a|b", "<a>", "C:",
	"\x00", "\x01\x02", "a\nb", "a\r", "\u202egpj.exe", "\ufeff", "broken\xff", "broken\xfe",
	"con", "CON", "con.xml", "CON.xml", "Con.csv", "nul", "NUL", "NUL.txt.xml", "aux.xml", "prn.csv", "com1.xml", "COM1", "LPT9", "lpt0.tar.xml",
	"name", "name.xml", "name.xml.xml", "NAME.xml", "Name.xml", "NAME", "name.XML", "name.csv", "name.csv.xml", "name.xlsx", "name.xlsx.xml", "name.zip",
	"name-2", "name-2.xml", "name--2", "name--2.xml", "NAME--2", "trailing.", "trailing", "trailing ", "trailing..xml", "trailing.xml",
	"-rf", "--out", ".hidden", ".hidden.xml", "~", "~root", "$HOME", "`id`", "%2e%2e%2f", "&", "name.xml?x=1", "#",
	"تقرير.xml", "تقرير", "报告.xml", "é.xml", "e\u0301.xml", "İ.xml", "ı.xml", "ﬁle.xml", "file.xml", "file", "K.xml", "k.xml",
	strings.Repeat("x", 100), strings.Repeat("x", 101), strings.Repeat("x", 300) + "1.xml", strings.Repeat("x", 300) + "2.xml", strings.Repeat("é", 400), strings.Repeat("/", 5000),
	"GB-GOV-1", "GB-GOV-1--2", "GB-GOV-1-2", "gb-gov-1", "GB-GOV-1 ", "GB-GOV-1.", "XM-DAC-41303",
}

var (
	safeName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$`)
	devices  = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)`)
)

func TestAnyNameGivesASafeFileOfItsOwn(t *testing.T) {
	for kind, name := range map[string]func(string) string{"source": register.SourceFile, "publisher": register.ReporterFile} {
		whose := map[string]string{}
		for _, of := range hostile {
			for part := 1; part <= 3; part++ {
				got := register.FilePart(name(of), part)
				if !safeName.MatchString(got) || devices.MatchString(got) {
					t.Errorf("%s %.40q has the file %q", kind, of, got)
				}
				folded := strings.ToLower(got)
				if other, taken := whose[folded]; taken && other != of {
					t.Errorf("%s %.40q and %.40q have the same file %q", kind, of, other, got)
				}
				whose[folded] = of
			}
		}
	}
}

// These names are addresses on sites, and what scripts look for: they stay.
func TestNamesOfFilesLast(t *testing.T) {
	for _, c := range []struct{ of, want string }{
		{"unhcr-2023.xml", "unhcr-2023"}, {"activities.2024.xml", "activities.2024"}, {"work.xlsx", "work.xlsx"},
		{"monthly", "monthly--"}, {"../../etc/passwd", "etc-passwd--"}, {"CON.xml", "CON-xml--"}, {"تقرير.xml", "xml--"}, {"报告", "file--"},
	} {
		if got := register.SourceFile(c.of); got != c.want && (!strings.HasSuffix(c.want, "--") || !strings.HasPrefix(got, c.want) || len(got) != len(c.want)+16) {
			t.Errorf("source %q has the file %q, want %q", c.of, got, c.want)
		}
	}
	if got := register.ReporterFile("XM-DAC-41303"); got != "XM-DAC-41303" {
		t.Errorf("publisher XM-DAC-41303 has the file %q", got)
	}
	if got := register.SourceFile("a/b"); got != "a-b--c14cddc033f64b9d" {
		t.Errorf("source a/b has the file %q", got)
	}
}

func FuzzNamesOfFiles(f *testing.F) {
	for i := 1; i < len(hostile); i++ {
		f.Add(hostile[i-1], hostile[i])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, name := range []func(string) string{register.SourceFile, register.ReporterFile} {
			x, y := name(a), name(b)
			if !safeName.MatchString(x) || devices.MatchString(x) {
				t.Errorf("%q has the file %q", a, x)
			}
			if (a == b) != strings.EqualFold(x, y) {
				t.Errorf("%q has the file %q, %q the file %q", a, x, b, y)
			}
		}
	})
}
