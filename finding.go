package resolute

// Severity says how much a finding weighs.
type Severity string

// The severities; the first sets exit code 3.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Finding is one thing wrong with an input or a record. Line and Column count from 1, in code
// points; 0 is "not known". Record is the identifier of what it is about. Found and Expected
// are as printed; Message is one English sentence.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	File     string   `json:"file"`
	Record   string   `json:"record"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Path     string   `json:"path"`
	Found    string   `json:"found"`
	Expected string   `json:"expected"`
	Message  string   `json:"message"`
}

// FindingsTotal counts findings by severity.
type FindingsTotal struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Note    int `json:"note"`
}

// Add counts one finding.
func (t *FindingsTotal) Add(s Severity) {
	switch s {
	case SeverityError:
		t.Error++
	case SeverityWarning:
		t.Warning++
	default:
		t.Note++
	}
}
