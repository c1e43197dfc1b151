package mandate

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"resolute"
)

//go:embed data/*.csv
var data embed.FS

// builtIn is the key of the built-in mandate, ITU WTDC Resolution 30. No other code names it.
const builtIn = "itu:wtdc/res/30"

// BuiltIn is the key of the instrument whose paragraphs have aliases, which answers where no
// instrument is named.
func BuiltIn() string { return builtIn }

// The addressees of the built-in mandate.
const (
	Sector           = "itu-d"
	Director         = "director"
	Members          = "members"
	SecretaryGeneral = "secretary-general"
)

// Addressees lists them in the order of the text.
var Addressees = []string{Sector, Director, Members, SecretaryGeneral}

// Alias is one operative paragraph of the built-in mandate: the short name of its thread, the
// paragraph it is part of, and our own short wording in six languages, an unofficial paraphrase.
type Alias struct {
	Alias     string // R11.ii
	Parent    string // R11; empty at the top
	Thread    string // itu:wtdc/res/30#resolves_11_ii
	Addressee string
	Wording   resolute.Text
}

// Leaf reports whether nothing is part of the paragraph; there are 44 leaves among 48 rows.
func (a Alias) Leaf() bool {
	for _, other := range Aliases() {
		if other.Parent == a.Alias {
			return false
		}
	}
	return true
}

// Aliases lists the 48 rows of the built-in mandate in the order of the text. They exist before
// any text is imported. The slice is shared: do not change it.
func Aliases() []Alias { return readAliases() }

var readAliases = sync.OnceValue(func() []Alias {
	file, err := data.Open("data/threads.csv")
	if err != nil {
		panic(err) // it is embedded
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("data/threads.csv: %v", err))
	}
	header := rows[0]
	list := make([]Alias, 0, len(rows)-1)
	for _, row := range rows[1:] {
		a := Alias{Alias: row[0], Parent: row[1], Thread: builtIn + "#" + row[2], Addressee: row[3], Wording: resolute.Text{}}
		for i := 5; i < len(row); i++ {
			a.Wording[resolute.Lang(header[i])] = row[i]
		}
		list = append(list, a)
	}
	return list
})

// Resolve finds a paragraph by its alias or by the key of its thread, in which "#" may be
// written "/" as in addresses. Case makes no difference.
func Resolve(name string) (Alias, bool) {
	name = strings.TrimPrefix(name, "/")
	for _, a := range Aliases() {
		if strings.EqualFold(a.Alias, name) || strings.EqualFold(a.Thread, name) || strings.EqualFold(strings.Replace(a.Thread, "#", "/", 1), name) {
			return a, true
		}
	}
	return Alias{}, false
}
