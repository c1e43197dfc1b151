// Package iatitest holds files against the official schemas of IATI with xmllint, for tests alone.
package iatitest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mode is the environment variable that makes the absence of xmllint a failure when it is "must".
const mode = "RESOLUTE_TEST_XMLLINT"

// Valid fails the test for each file that xmllint does not find valid by the schema of activities of
// version 2.03, ValidOrganisations by that of organisations. The schemas are read beside the samples, never from this repository; where they or
// xmllint are missing, the test goes on and says so in a line of its log, shown by go test -v.
func Valid(t testing.TB, files map[string][]byte) {
	t.Helper()
	valid(t, "iati-activities-schema.xsd", files)
}

// ValidOrganisations is Valid for files of organisations.
func ValidOrganisations(t testing.TB, files map[string][]byte) {
	t.Helper()
	valid(t, "iati-organisations-schema.xsd", files)
}

func valid(t testing.TB, name string, files map[string][]byte) {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil && os.Getenv(mode) == "must" {
		t.Fatal("xmllint is not here, and " + mode + "=must asks for it: apt-get install libxml2-utils")
	}
	schema := schemaFile(t, name)
	switch {
	case err != nil:
		t.Log("NOT held against the official schema: xmllint is not here")
		return
	case schema == "":
		t.Log("NOT held against the official schema: the samples with the schemas of IATI are not here")
		return
	}
	dir, args, names := t.TempDir(), []string{"--noout", "--nonet", "--huge", "--schema", schema}, map[string]string{}
	for name, file := range files {
		path := filepath.Join(dir, fmt.Sprintf("%d.xml", len(names)))
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		names[path] = name
		args = append(args, path)
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err == nil {
		return
	}
	for line := range strings.Lines(string(out)) {
		for path, name := range names {
			if strings.HasPrefix(line, path+" fails") || strings.HasPrefix(line, path+":") {
				t.Errorf("xmllint of %s: %s", name, strings.TrimSpace(line))
			}
		}
	}
	if !t.Failed() {
		t.Errorf("xmllint: %v\n%s", err, out)
	}
}

// schemaFile finds a schema beside the samples; empty where there is none.
func schemaFile(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "samples", "iati", "reference", "schemas", "2.03", name)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}
