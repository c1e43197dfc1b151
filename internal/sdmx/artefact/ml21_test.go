package artefact_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute/internal/sdmx/artefact"
)

// usage is how messages use an element: its attributes, and which children stand before which.
type usage struct {
	attributes, children map[string]bool
	before               map[[2]string]bool
}

// usages adds what a message shows, by the local names of elements.
func usages(message []byte, known map[string]*usage) error {
	type open struct {
		of   *usage
		kids []string
	}
	d := xml.NewDecoder(bytes.NewReader(message))
	stack := []*open{{of: &usage{map[string]bool{}, map[string]bool{}, map[[2]string]bool{}}}}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			above, name := stack[len(stack)-1], e.Name.Local
			above.of.children[name] = true
			if !slices.Contains(above.kids, name) {
				for _, earlier := range above.kids {
					above.of.before[[2]string{earlier, name}] = true
				}
				above.kids = append(above.kids, name)
			}
			if known[name] == nil {
				known[name] = &usage{map[string]bool{}, map[string]bool{}, map[[2]string]bool{}}
			}
			for _, a := range e.Attr {
				if a.Name.Space != "xmlns" {
					known[name].attributes[a.Name.Local] = true
				}
			}
			stack = append(stack, &open{of: known[name]})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

// The schemas of SDMX-ML 2.1 are not among the samples, messages of others are: what is written has no
// element, attribute or order that none of them has.
func TestML21IsWrittenAsOthersWriteIt(t *testing.T) {
	theirs, ours := map[string]*usage{}, map[string]*usage{}
	err := filepath.WalkDir(filepath.Dir(schemas), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".xml" {
			return err
		}
		message, err := os.ReadFile(path)
		if err == nil && bytes.Contains(message, []byte("schemas/v2_1/message")) && !strings.Contains(path, "no_namespace") {
			_ = usages(message, theirs) // some are broken on purpose
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(theirs) == 0 {
		t.Skip("the samples are not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := usages(write(t, artefact.ML21, example()), ours); err != nil {
		t.Fatal(err)
	}
	for name, our := range ours {
		their := theirs[name]
		if their == nil {
			t.Errorf("nobody else writes %s", name)
			continue
		}
		for attribute := range our.attributes {
			if !their.attributes[attribute] && attribute != "structureURL" { // of the standard; no sample has a stub
				t.Errorf("no other %s has %s", name, attribute)
			}
		}
		for child := range our.children {
			if !their.children[child] {
				t.Errorf("no other %s holds %s", name, child)
			}
		}
		for pair := range our.before {
			if !their.before[pair] {
				t.Errorf("in no other %s stands %s before %s", name, pair[0], pair[1])
			}
		}
	}
}
