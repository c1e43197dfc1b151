package generate

import (
	"os"
	"path/filepath"
)

// truncated writes a file that ends in the middle of its second activity. Its publisher reports
// nothing else. It gives the name of the file.
func (m *maker) truncated(dir string) (string, error) {
	p := &publisher{n: 9997, kind: "10", currency: "USD", lang: "en", version: "2.03", ref: "ZZ-GEN-9998", name: "Fictional Publisher with a Broken Line", count: 2}
	m.page.b = []byte(fileHead("UTF-8", p.version))
	for n := range 2 {
		m.light(n, p)
		m.writeLight()
	}
	name := p.ref + "-001.xml"
	return name, os.WriteFile(filepath.Join(dir, name), m.page.b[:len(m.page.b)*3/4], 0o644)
}
