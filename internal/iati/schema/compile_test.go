package schema

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables anew")

const samples = "../../../../shared/samples/iati"

// The tables say what the published schemas say.
func TestTablesAreThoseOfTheSchemas(t *testing.T) {
	if _, err := os.Stat(samples); err != nil {
		t.Skip("the sample files are not there: ", err)
	}
	for _, version := range Versions {
		var table bytes.Buffer
		for _, family := range []struct{ file, root string }{
			{"iati-activities-schema.xsd", "iati-activities"}, {"iati-organisations-schema.xsd", "iati-organisations"},
			{"iati-registry-record-schema.xsd", "registry-record"}} {
			c := newCompiler(t, filepath.Join(samples, "reference/schemas", version), family.file)
			c.write(&table, family.root)
		}
		path := "data/" + version + ".tsv"
		if *update {
			if err := os.WriteFile(path, table.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, table.Bytes()) {
			t.Errorf("%s differs from the schemas; -update writes it anew", path)
		}
	}
}

// node is any element of a schema document.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
}

func (n *node) get(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n *node) kind() string { return n.XMLName.Local }

// compiler turns schema documents into rows; equal types are written once.
type compiler struct {
	t       *testing.T
	named   map[string]*node // "element NAME", "complexType NAME", ...
	order   []string
	numbers map[*node]int
	bodies  []string
	target  string // namespace of the file
}

func newCompiler(t *testing.T, dir, file string) *compiler {
	c := &compiler{t: t, named: map[string]*node{}, numbers: map[*node]int{}}
	c.load(dir, file)
	return c
}

func (c *compiler) load(dir, file string) {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		c.t.Fatal(err)
	}
	var root node
	if err := xml.Unmarshal(data, &root); err != nil {
		c.t.Fatal(err)
	}
	c.target = root.get("targetNamespace")
	for i := range root.Nodes {
		n := &root.Nodes[i]
		if n.kind() == "include" {
			c.load(dir, n.get("schemaLocation"))
			continue
		}
		if name := n.get("name"); name != "" {
			c.named[n.kind()+" "+name] = n
			if n.kind() == "element" {
				c.order = append(c.order, name)
			}
		}
	}
}

func (c *compiler) write(w *bytes.Buffer, root string) {
	slices.Sort(c.order)
	var globals strings.Builder
	for _, name := range c.order {
		fmt.Fprintf(&globals, "global\t%s\t%s\n", name, c.numberOf(c.named["element "+name]))
	}
	number, rows := c.merged()
	namespace := "-"
	if c.target != "" {
		namespace = "own"
	}
	fmt.Fprintf(w, "schema\t%s\t%s\n", root, namespace)
	for _, line := range strings.SplitAfter(globals.String(), "\n") {
		w.WriteString(renumber(line, number))
	}
	w.WriteString(rows)
}

// merged gives equal types one number, until none are equal: where children differ only by number
// of equal types, they become equal in the next round.
func (c *compiler) merged() (number map[int]int, rows string) {
	number = map[int]int{}
	for i := range c.bodies {
		number[i] = i
	}
	for {
		first, changed := map[string]int{}, false
		for i, body := range c.bodies {
			key := renumber(body, number)
			if at, there := first[key]; there {
				changed = changed || number[i] != number[at]
				number[i] = number[at]
			} else {
				first[key] = i
			}
		}
		if !changed {
			break
		}
	}
	var out strings.Builder
	for i, body := range c.bodies {
		if number[i] == i {
			head, rest, _ := strings.Cut(renumber(body, number), "\n")
			fmt.Fprintf(&out, "type\t%d\t%s\n%s", i, head, rest)
		}
	}
	return number, out.String()
}

// renumber puts numbers of types in the last column of child and global rows.
func renumber(rows string, number map[int]int) string {
	lines := strings.SplitAfter(rows, "\n")
	for i, line := range lines {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		last := len(cells) - 1
		if (cells[0] == "child" || cells[0] == "global") && cells[last] != "-" {
			n := 0
			fmt.Sscan(cells[last], &n)
			cells[last] = fmt.Sprint(number[n])
			lines[i] = strings.Join(cells, "\t") + "\n"
		}
	}
	return strings.Join(lines, "")
}

// numberOf gives the number of an element's type as a row has it.
func (c *compiler) numberOf(element *node) string {
	if n := c.typeOf(element); n >= 0 {
		return fmt.Sprint(n)
	}
	return "-"
}

// typeOf gives the number of an element's type, -1 when anything is allowed.
func (c *compiler) typeOf(element *node) int {
	if n, there := c.numbers[element]; there {
		return n
	}
	if element.get("type") == "" && !slices.ContainsFunc(element.Nodes, func(n node) bool { return n.kind() == "complexType" }) {
		return -1 // XML Schema's anyType
	}
	number := len(c.bodies)
	c.numbers[element] = number
	c.bodies = append(c.bodies, "")
	b := body{c: c, model: "sequence", text: "-", attributes: "closed", value: "0"}
	switch name := element.get("type"); {
	case strings.HasPrefix(name, "xsd:"):
		b.model, b.value = "simple", strings.TrimPrefix(name, "xsd:")
	case name != "":
		b.complexType(c.need("complexType", name))
	default:
		for i := range element.Nodes {
			if element.Nodes[i].kind() == "complexType" {
				b.complexType(&element.Nodes[i])
			}
		}
	}
	c.bodies[number] = fmt.Sprintf("%s\t%s\t%s\t%s\n%s%s", b.model, b.text, b.attributes, b.value, strings.Join(b.rows, ""), strings.Join(b.children, ""))
	return number
}

func (c *compiler) need(kind, name string) *node {
	n := c.named[kind+" "+name]
	if n == nil {
		c.t.Fatalf("no %s %q", kind, name)
	}
	return n
}

// body is one type on its way.
type body struct {
	c                              *compiler
	model, text, attributes, value string
	rows, children                 []string
}

func (b *body) complexType(n *node) {
	if n.get("mixed") == "true" {
		b.text = "mixed"
	}
	for i := range n.Nodes {
		b.part(&n.Nodes[i])
	}
}

func (b *body) part(n *node) {
	switch n.kind() {
	case "annotation":
	case "sequence", "choice":
		b.content(n)
	case "attribute":
		b.attribute(n)
	case "attributeGroup":
		b.complexType(b.c.need("attributeGroup", n.get("ref")))
	case "anyAttribute":
		b.attributes = "open"
	case "simpleContent", "complexContent":
		for i := range n.Nodes {
			if n.Nodes[i].kind() == "extension" {
				b.extension(&n.Nodes[i])
			}
		}
	default:
		b.c.t.Fatalf("a type with <%s>", n.kind())
	}
}

func (b *body) extension(n *node) {
	if base := n.get("base"); strings.HasPrefix(base, "xsd:") {
		b.model, b.value = "simple", strings.TrimPrefix(base, "xsd:")
	} else {
		b.complexType(b.c.need("complexType", base))
	}
	b.complexType(n)
}

func (b *body) content(n *node) {
	if n.kind() == "choice" {
		b.model = "choice"
		if b.value = n.get("minOccurs"); b.value == "" {
			b.value = "1"
		}
		if n.get("maxOccurs") != "unbounded" {
			b.c.t.Fatal("a bounded choice")
		}
	}
	for i := range n.Nodes {
		switch child := &n.Nodes[i]; child.kind() {
		case "element":
			declared := child
			if ref := child.get("ref"); ref != "" {
				declared = b.c.need("element", ref)
			}
			b.child(child, declared.get("name"), b.c.numberOf(declared))
		case "any":
			b.child(child, "", "-")
		case "annotation":
		default:
			b.c.t.Fatalf("content with <%s>", child.kind())
		}
	}
}

func (b *body) child(n *node, name, number string) {
	least, most := "1", "1"
	if v := n.get("minOccurs"); v != "" {
		least = v
	}
	if v := n.get("maxOccurs"); v != "" {
		most = strings.Replace(v, "unbounded", "*", 1)
	}
	b.children = append(b.children, fmt.Sprintf("child\t%s\t%s\t%s\t%s\n", name, least, most, number))
}

func (b *body) attribute(n *node) {
	use := "optional"
	if n.get("use") == "required" {
		use = "required"
	}
	name, declared := n.get("name"), n
	if ref := n.get("ref"); ref != "" {
		name = ref
		if ref != "xml:lang" {
			declared = b.c.need("attribute", ref)
		}
	}
	value := strings.TrimPrefix(declared.get("type"), "xsd:")
	if name == "xml:lang" {
		value = "language"
	}
	if value == "" {
		value = "string"
	}
	b.rows = append(b.rows, fmt.Sprintf("attribute\t%s\t%s\t%s\n", name, use, value))
}
