package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	ground   = "db search audit ledger"
	wordless = "framework directory mandate register"
)

// arrows lists for each room the rooms it may import; every room may import the root package.
var arrows = map[string][]string{
	"db":     {},
	"audit":  {"db"},
	"ledger": {"db", "audit"},
	"search": {},

	"wording": {}, // the catalogues of text serve pages, reports and commands alike

	"akn":    {},
	"iati":   {},
	"ooxml":  {},
	"sdmx":   {},
	"sheet":  {},
	"packed": {},

	"framework": fields(ground, "sheet"),
	"directory": fields(ground, "framework"),
	"mandate":   fields(ground, "framework directory sheet akn ooxml"),
	"register":  fields(ground, "framework directory mandate iati sheet"),
	"measure":   fields(ground, "framework directory mandate sdmx sheet"),
	"account":   fields(ground, "framework directory"),

	"form": fields("register framework sheet wording"),

	"coverage": fields(ground, wordless, "sheet"),
	"report":   fields(ground, wordless, "coverage ooxml sheet wording"),
	"demo":     fields(ground, wordless, "iati measure coverage"),

	"web": fields(ground, wordless, "form account measure coverage report wording sheet packed"),
	"api": fields(ground, wordless, "coverage measure report sdmx sheet wording packed"),
	"cli": fields(ground, wordless, "form account measure coverage report wording demo web api iati sdmx ooxml sheet"),

	"cmd/resolute": {"cli"},
}

// testOnly are packages that only tests import; they may be imported by any test.
var testOnly = []string{"db/dbtest", "browsertest", "iatitest"}

// owners names the one writing room of each table.
var owners = map[string]string{
	"migration": "db",
	"change":    "audit",

	"import": "ledger", "import_finding": "ledger", "import_refused": "ledger", "upload": "ledger",

	"concept_scheme": "framework", "concept": "framework", "mapping": "framework", "rate": "framework",

	"organisation": "directory", "organisation_decision": "directory", "organisation_name": "directory", "organisation_dismissal": "directory",

	"person": "account", "person_grant": "account", "sign_in": "account", "session": "account",

	"revision": "mandate", "provision": "mandate", "citation": "mandate", "self_citation": "mandate", "span_decision": "mandate", "structure_correction": "mandate", "thread_decision": "mandate", "draft": "mandate", "draft_version": "mandate",

	"series": "measure", "series_version": "measure", "indicator_version": "measure", "indicator_definition": "measure", "indicator_state": "measure", "measure_staging": "measure",

	"activity": "register", "current": "register", "import_entry": "register", "doc": "register",
	"title": "register", "words": "register", "tag": "register", "mandate_link": "register",
	"txn": "register", "counterpart": "register", "budget": "register", "participant": "register", "place": "register", "location": "register", "unlocated": "register", "kin": "register", "unrelated": "register",
	"evidence": "register", "reading": "register", "decision": "register", "staging": "register", "moved": "register", "pointer_ahead": "register",
	"organisation_record": "register", "organisation_entry": "register",
}

func fields(lists ...string) []string { return strings.Fields(strings.Join(lists, " ")) }

// file is one Go file of ours, parsed.
type file struct {
	path, room string
	test       bool
	syntax     *ast.File
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func goFiles(t *testing.T) []file {
	t.Helper()
	base := root(t)
	var files []file
	err := filepath.WalkDir(base, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		rel, err := filepath.Rel(base, path)
		if err != nil {
			return err
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, file{path: filepath.ToSlash(rel), room: roomOf(filepath.ToSlash(filepath.Dir(rel))), test: strings.HasSuffix(path, "_test.go"), syntax: syntax})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// roomOf names the room of a folder: internal/web/x is web; the root package is "".
func roomOf(dir string) string {
	if inner, ok := strings.CutPrefix(dir, "internal/"); ok {
		if slices.Contains(testOnly, inner) {
			return inner
		}
		room, _, _ := strings.Cut(inner, "/")
		return room
	}
	if dir == "." {
		return ""
	}
	return dir
}

func TestEveryArrowIsAllowed(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || slices.Contains(testOnly, f.room) || f.room == "arch" {
			continue
		}
		allowed, known := arrows[f.room]
		if f.room != "" && !known {
			t.Errorf("%s: room %q is not in the list of rooms", f.path, f.room)
			continue
		}
		for _, spec := range f.syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			inner, ours := strings.CutPrefix(path, "resolute/")
			to := roomOf(inner)
			if ours && to != f.room && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s: no arrow from %q to %q", f.path, path, f.room, to)
			}
			if f.room == "" && strings.Contains(path, "/") {
				t.Errorf("%s: the root package imports %s", f.path, path)
			}
		}
	}
}

func TestTheArrowsHaveNoCircle(t *testing.T) {
	state := map[string]int{}
	var visit func(room string)
	visit = func(room string) {
		switch state[room] {
		case 1:
			t.Errorf("room %q reaches itself", room)
			return
		case 2:
			return
		}
		state[room] = 1
		for _, to := range arrows[room] {
			visit(to)
		}
		state[room] = 2
	}
	for room := range arrows {
		visit(room)
	}
}

var (
	written = regexp.MustCompile(`(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)`)
	created = regexp.MustCompile(`CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)`)
)

func TestEachTableHasOneWritingRoom(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || f.room == "db" {
			continue
		}
		for _, table := range writtenTables(f.syntax) {
			owner, known := owners[table]
			if !known {
				t.Errorf("%s writes table %q, which has no owner", f.path, table)
			} else if owner != f.room {
				t.Errorf("%s writes table %q, which belongs to %q", f.path, table, owner)
			}
		}
	}
}

// writtenTables finds the tables that SQL literals and calls of Bulk write.
func writtenTables(syntax *ast.File) []string {
	var tables []string
	ast.Inspect(syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			for _, m := range written.FindAllStringSubmatch(n.Value, -1) {
				tables = append(tables, m[1])
			}
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Bulk" || len(n.Args) < 2 {
				return true
			}
			if lit, ok := n.Args[1].(*ast.BasicLit); ok {
				if table, err := strconv.Unquote(lit.Value); err == nil {
					tables = append(tables, table)
				}
			}
		}
		return true
	})
	return tables
}

func TestEveryTableOfTheMigrationsHasAnOwner(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root(t), "internal/db/migrations/*.sql"))
	if err != nil || len(names) == 0 {
		t.Fatalf("migrations: %v, %v", names, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range created.FindAllStringSubmatch(string(text), -1) {
			if owners[m[1]] == "" {
				t.Errorf("%s makes table %q, which has no owner", filepath.Base(name), m[1])
			}
		}
	}
}
