package rules

import (
	"bytes"
	"encoding/json"
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

// The tables say what the published rules and lists say.
func TestTablesAreThoseOfTheStandard(t *testing.T) {
	if _, err := os.Stat(samples); err != nil {
		t.Skip("the sample files are not there: ", err)
	}
	for name, table := range map[string][]byte{"rules.tsv": rulesOf(t), "lists.txt": listsOf(t), "mapping.tsv": mappingOf(t)} {
		path := "data/" + name
		if *update {
			if err := os.WriteFile(path, table, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, table) {
			t.Errorf("%s is not what the standard says; -update writes it anew", path)
		}
	}
}

// officialCase is one case of a ruleset in JSON.
type officialCase struct {
	Paths       []string                      `json:"paths"`
	Prefix      []string                      `json:"prefix"`
	Condition   string                        `json:"condition"`
	IDCondition string                        `json:"idCondition"`
	If          string                        `json:"if"`
	Then        string                        `json:"then"`
	Less        string                        `json:"less"`
	More        string                        `json:"more"`
	Start       string                        `json:"start"`
	End         string                        `json:"end"`
	Date        string                        `json:"date"`
	One         string                        `json:"one"`
	All         string                        `json:"all"`
	Separator   string                        `json:"separator"`
	Regex       string                        `json:"regex"`
	Sum         json.Number                   `json:"sum"`
	Min         json.Number                   `json:"min"`
	Max         json.Number                   `json:"max"`
	Foreach     string                        `json:"foreach"`
	Do          officialKinds                 `json:"do"`
	Info        struct{ ID, Severity string } `json:"ruleInfo"`
}

type officialKinds map[string]struct{ Cases []officialCase }

// rowsOf turns a ruleset into rows of our table.
func rowsOf(t *testing.T, data []byte) []string {
	t.Helper()
	var contexts map[string]officialKinds
	if err := json.Unmarshal(data, &contexts); err != nil {
		t.Fatal(err)
	}
	var rows []string
	for context, kinds := range contexts {
		for _, part := range strings.Split(context, " | ") {
			rows = append(rows, kindRows(part, "", kinds)...)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

func kindRows(context, foreach string, kinds officialKinds) (rows []string) {
	for kind, cases := range kinds {
		for _, c := range cases.Cases {
			if kind == "loop" {
				rows = append(rows, kindRows(context, c.Foreach, c.Do)...)
				continue
			}
			rows = append(rows, c.row(kind, context, foreach))
		}
	}
	return rows
}

func (c officialCase) row(kind, context, foreach string) string {
	id := c.Info.ID
	if id == "" {
		id = "-"
	}
	cells := []string{id, c.Info.Severity, kind, context}
	add := func(name, value string) {
		if value != "" {
			cells = append(cells, name+": "+value)
		}
	}
	add("foreach", foreach)
	add("condition", c.Condition)
	add("unless", map[string]string{"NOT_EXISTING_ORG_ID": "known-organisation", "NOT_EXISTING_ORG_ID_PREFIX": "known-organisation-begins"}[c.IDCondition])
	for name, value := range map[string]string{"if": c.If} {
		add(name, value)
	}
	add("then", c.Then)
	add("less", c.Less)
	add("more", c.More)
	add("start", c.Start)
	add("end", c.End)
	add("date", c.Date)
	add("one", c.One)
	add("all", c.All)
	add("separator", c.Separator)
	add("regex", c.Regex)
	add("sum", c.Sum.String())
	add("min", c.Min.String())
	add("max", c.Max.String())
	for _, p := range c.Prefix {
		add("prefix", p)
	}
	for _, p := range c.Paths {
		add("path", p)
	}
	return strings.Join(cells, "\t")
}

func rulesOf(t *testing.T) []byte {
	data, err := os.ReadFile(filepath.Join(samples, "reference/rulesets/standard-2.03.json"))
	if err != nil {
		t.Fatal(err)
	}
	return []byte("id\tseverity\tkind\tcontext\targuments\n" + strings.Join(rowsOf(t, data), "\n") + "\n")
}

func listsOf(t *testing.T) []byte {
	paths, err := filepath.Glob(filepath.Join(samples, "reference/codelists/*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(paths)
	var out bytes.Buffer
	for _, path := range paths {
		var list struct {
			Name     string `xml:"name,attr"`
			Complete string `xml:"complete,attr"`
			Items    []struct {
				Code   string `xml:"code"`
				Status string `xml:"status,attr"`
				Until  string `xml:"withdrawal-date,attr"`
			} `xml:"codelist-items>codelist-item"`
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(data, &list); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "= %s%s\n", strings.TrimSuffix(filepath.Base(path), ".xml"), map[string]string{"1": " complete"}[list.Complete])
		for _, item := range list.Items {
			out.WriteString(strings.TrimSpace(item.Code))
			if item.Status == "withdrawn" {
				if item.Until == "" {
					item.Until = "withdrawn"
				}
				out.WriteString("\t" + item.Until)
			}
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

func mappingOf(t *testing.T) []byte {
	data, err := os.ReadFile(filepath.Join(samples, "reference/codelist-mapping-2.03.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var mappings struct {
		List []struct {
			Path     string `xml:"path"`
			Codelist struct {
				Ref string `xml:"ref,attr"`
			} `xml:"codelist"`
			Condition string `xml:"condition"`
		} `xml:"mapping"`
	}
	if err := xml.Unmarshal(data, &mappings); err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, m := range mappings.List {
		if m.Path == "//@xml:lang" {
			continue // holds everywhere: the code knows
		}
		place, last, _ := cutLast(strings.TrimPrefix(m.Path, "//"))
		attribute := strings.TrimPrefix(last, "@")
		if last == "text()" {
			attribute = ""
		}
		root := map[string]string{"iati-activity": "iati-activities/", "iati-organisation": "iati-organisations/"}[strings.Split(place, "/")[0]]
		rows = append(rows, strings.Join([]string{root + place, attribute, m.Codelist.Ref, m.Condition}, "\t"))
	}
	slices.Sort(rows)
	return []byte("element\tattribute\tlist\tcondition\n" + strings.Join(rows, "\n") + "\n")
}

func cutLast(path string) (before, last string, found bool) {
	i := strings.LastIndexByte(path, '/')
	return path[:i], path[i+1:], i >= 0
}
