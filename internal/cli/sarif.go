package cli

import (
	"io"
	"path/filepath"

	"resolute"
)

// The part of SARIF 2.1.0 (OASIS) that a list of findings needs: editors and code hosts show it
// beside the lines of a file.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPlace  `json:"physicalLocation"`
		Logical  []sarifPath `json:"logicalLocations,omitempty"`
	}
	sarifPlace struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifPath struct {
		Name string `json:"fullyQualifiedName"`
	}
)

// printSARIF writes findings as one run of SARIF 2.1.0. Columns count characters.
func printSARIF(w io.Writer, findings []resolute.Finding) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "Resolute", Rules: []sarifRule{}}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	seen := map[string]bool{}
	for _, f := range findings {
		if !seen[f.Rule] {
			seen[f.Rule] = true
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{f.Rule})
		}
		run.Results = append(run.Results, sarifOf(f))
	}
	return printJSON(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifOf(f resolute.Finding) sarifResult {
	at := sarifLocation{Physical: sarifPlace{Artifact: sarifArtifact{filepath.ToSlash(f.File)}}}
	if f.Line > 0 {
		at.Physical.Region = &sarifRegion{f.Line, f.Column}
	}
	if f.Path != "" {
		at.Logical = []sarifPath{{f.Path}}
	}
	return sarifResult{RuleID: f.Rule, Level: string(f.Severity), Message: sarifText{f.Message}, Locations: []sarifLocation{at}}
}
