package arch_test

import (
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// default instrument: its key alone in quotes, or in an address. Examples that name it among other
// words are free.
var (
	defaultKey  = regexp.MustCompile("^[\"`](itu:wtdc/res/30)?(/(mandate|thread)/itu:wtdc/res/30.*)?[\"`]$")
	defaultLink = regexp.MustCompile(`"/(mandate|thread)/itu:wtdc/res/30`)
)

// TestTheDefaultInstrumentIsNamedInOnePlace holds code and templates to one value: whoever puts
// another resolution into the middle of the product changes it there.
func TestTheDefaultInstrumentIsNamedInOnePlace(t *testing.T) {
	var places []string
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > 2 && defaultKey.MatchString(lit.Value) {
				places = append(places, f.path)
			}
			return true
		})
	}
	if got := strings.Join(places, " "); got != "internal/mandate/alias.go" {
		t.Errorf("the default instrument is named in %q", got)
	}
	err := filepath.WalkDir(filepath.Join(root(t), "internal", "web", "templates"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		page, err := os.ReadFile(path)
		if defaultLink.Match(page) {
			t.Errorf("%s leads to the default instrument by its key", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
