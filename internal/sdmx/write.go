package sdmx

import (
	"fmt"
	"io"
	"strings"
	"time"

	"resolute"
)

// Writer writes a message: for each data set of a summary Begin, then Observation for each
// observation of it; what is attached to partial keys is taken from the summary. Close ends the
// message. A value that the format cannot hold is an error of code Invalid.
type Writer interface {
	Begin(set *SetSummary) error
	Observation(rec *Record) error
	Close() error
}

// Options are what a message says of itself.
type Options struct {
	ID       string // of the message
	Sender   string // id of who sends it
	Prepared time.Time
	About    Ref // of data sets that do not say what they are about
	Names    Names
	Lang     string // of the names, as Accept-Language has it; empty: English
	Labels   Labels // whether SDMX-CSV bears the names; SDMX-JSON always does
}

// Names gives the name of a component, or of one of its codes, in the data of a structure; of the structure
// itself when both are empty. Empty: it has none, and goes by its id. A nil Names knows none.
type Names func(about Ref, component, code string) string

func (n Names) of(about Ref, component, code string) string {
	if n == nil {
		return ""
	}
	return n(about, component, code)
}

// Labels says where the names stand in SDMX-CSV.
type Labels string

// The ways of the standard to show names.
const (
	NoLabels   Labels = ""     // ids only
	BothLabels Labels = "both" // within the cells: A: Annual
	NameLabels Labels = "name" // in a column of their own behind each, from version 2.0 on
)

// Formats are those that are written with all that a message says. CSV10 is written too, without the
// actions, which it does not have, and JSON21, which says of itself that it is of that version.
func Formats() []Format { return []Format{CSV21, JSON10, JSON20, ML21, GenericML21, ML30} }

// NewWriter begins a message of the format. The summary is that of all that will be written.
func NewWriter(w io.Writer, format Format, s Summary, o Options) (Writer, error) {
	for _, set := range s.Sets {
		if set.Ref.ID == "" || set.Ref.Agency == "" {
			set.Ref = o.About
		}
		if set.Ref.ID == "" {
			return nil, cannot("the data do not say which dataflow of which agency they belong to: name it")
		}
		if !set.Ref.plain() {
			return nil, cannot("%s is no name of a dataflow, structure or provision agreement that a message can be about", set.Ref)
		}
		if set.Ref.Class == "" {
			set.Ref.Class = DataStructure
		}
		if set.Ref.Version == "" {
			set.Ref.Version = "1.0"
		}
	}
	for _, set := range s.Sets {
		for i := range set.Attached {
			set.Attached[i] = *set.Attached[i].stated()
		}
	}
	out, err := newWriter(w, format, s, o)
	if err != nil {
		return nil, err
	}
	return statedWriter{out}, nil
}

// statedWriter leaves empty values out, as readers do.
type statedWriter struct{ Writer }

func (w statedWriter) Observation(rec *Record) error { return w.Writer.Observation(rec.stated()) }

// stated is the record without values that are empty; the record itself when it has none.
func (rec *Record) stated() *Record {
	for _, list := range [][]Value{rec.Key, rec.Measures, rec.Attributes} {
		for i := range list {
			if list[i].Text == "" {
				c := rec.clone()
				c.Key, c.Measures, c.Attributes = given(c.Key), given(c.Measures), given(c.Attributes)
				return &c
			}
		}
	}
	return rec
}

func newWriter(w io.Writer, format Format, s Summary, o Options) (Writer, error) {
	if format == CSV21 || format == CSV10 {
		return newCSVWriter(w, format, s, o)
	}
	if err := plainIDs(s); err != nil {
		return nil, err
	}
	switch format {
	case JSON10:
		return newJSON1Writer(w, s, o)
	case JSON20, JSON21:
		return newJSONWriter(w, format, o)
	case GenericML21:
		return newGenericWriter(w, s, o)
	case ML21, ML30:
		return newMLWriter(w, format, s, o)
	}
	return nil, cannot("the format %s is not written", format)
}

func cannot(message string, args ...any) error {
	return &resolute.Error{Code: resolute.Invalid, Message: fmt.Sprintf(message, args...)}
}

// Convert reads a message that was surveyed once more and writes it in a format.
func Convert(r io.ReadSeeker, w io.Writer, format Format, s Summary, known Structures, o Options) error {
	out, err := NewWriter(w, format, s, o)
	if err != nil {
		return err
	}
	next := 0
	_, err = Read(r, known, Handler{
		DataSet: func(DataSet) error {
			next++
			return out.Begin(s.Sets[next-1])
		},
		Record: func(rec *Record) error {
			if rec.Attached {
				return nil
			}
			return out.Observation(rec)
		},
	})
	if err != nil {
		return err
	}
	return out.Close()
}

// urn names an artefact.
func (r Ref) urn() string {
	kind := map[Class]string{Dataflow: "datastructure.Dataflow", DataStructure: "datastructure.DataStructure", Provision: "registry.ProvisionAgreement"}[r.Class]
	return "urn:sdmx:org.sdmx.infomodel." + kind + "=" + r.Agency + ":" + r.ID + "(" + r.Version + ")"
}

// relation is what a link to an artefact is called.
func (r Ref) relation() string {
	if r.Class == Provision {
		return "provisionagreement"
	}
	return string(r.Class)
}

// dimensionsTimeLast gives the dimensions of a layout with the time behind the others, where
// readers without structure look for it.
func (l Layout) dimensionsTimeLast() []string {
	var list []string
	last := ""
	for _, d := range l.Dimensions {
		if d == l.Time {
			last = d
			continue
		}
		list = append(list, d)
	}
	if last != "" {
		list = append(list, last)
	}
	return list
}

// find gives a component of a record by name, nil when it has none. Near is where it was in the
// record before.
func find(list []Value, id string, near int) *Value {
	if near < len(list) && list[near].ID == id {
		return &list[near]
	}
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}

// word gives an action with a capital, as messages write it.
func (a Action) word() string {
	if a == "" {
		return "Merge"
	}
	return strings.ToUpper(string(a[:1])) + string(a[1:])
}

// old is the action in the words of formats that have none for Merge.
func (a Action) old() Action {
	if a == Merge || a == "" {
		return Append
	}
	return a
}

// plain says whether the parts of a reference are such that each format can hold it.
func (r Ref) plain() bool {
	return IsID(strings.ReplaceAll(r.Agency, ".", "_")) && IsID(r.ID) &&
		(r.Version == "" || IsID(strings.NewReplacer(".", "_", "+", "_", "*", "_", "~", "_").Replace(r.Version)))
}

// IsPlainID says whether a component or agency may be called so in XML and in JSON.
func IsPlainID(id string) bool {
	if !IsID(id) || strings.ContainsAny(id, "@$") {
		return false
	}
	c := id[0]
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// plainIDs refuses components whose names only SDMX-CSV can hold, such as those of nested
// reference metadata.
func plainIDs(s Summary) error {
	for _, set := range s.Sets {
		for _, list := range [][]string{set.Dimensions, set.Measures, set.Layout.Attributes} {
			for _, id := range list {
				if !IsPlainID(id) {
					return cannot("the component %s can be written in SDMX-CSV only", id)
				}
			}
		}
	}
	return nil
}
