package measure

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/measure/statfile"
	"resolute/internal/sdmx"
)

// Names of the components that the store has a field for.
const (
	indicatorDimension = "INDICATOR"
	areaDimension      = "REF_AREA"
	timeDimension      = "TIME_PERIOD"
	valueMeasure       = "OBS_VALUE"
	statusAttribute    = "OBS_STATUS"
	unitAttribute      = "UNIT_MEASURE"
	powerAttribute     = "UNIT_MULT"
	natureAttribute    = "NATURE"
	sourceAttribute    = "SOURCE_DETAIL"
	noteAttribute      = "COMMENT_OBS"
)

// Dimensions that name the indicator and the area in the messages that are about, best first.
var (
	indicatorDimensions = []string{indicatorDimension, "SERIES"}
	areaDimensions      = []string{areaDimension, "GEO", "COUNTRY", "COUNTRY_CODE", "GEOGRAPHY", "LOCATION", "AREA"}
)

// notApplicable is the code of a dimension that a series does not have.
const notApplicable = "_Z"

// NoArea is the area of series that no area tells apart, such as exchange rates.
const NoArea = notApplicable

// ownAgency stands for the agency of tables that are named without one.
const ownAgency = "RESOLUTE"

// firstVersion is that of dataflows that are named without one.
const firstVersion = "1.0"

// flowOf gives the name under which the store holds what is reported against a dataflow.
func flowOf(ref sdmx.Ref) string {
	switch {
	case ref.ID == "":
		return ""
	case ref.Version == firstVersion:
		ref.Version = ""
	}
	return strings.TrimPrefix(ref.String(), ownAgency+":")
}

// refOf names a dataflow of the store in the way of the standard; false when its name cannot be one.
func refOf(flow string) (sdmx.Ref, bool) {
	if !strings.Contains(flow, ":") {
		flow = ownAgency + ":" + flow
	}
	ref, ok := sdmx.ParseRef(flow)
	if ref.Class = sdmx.Dataflow; ref.Version == "" {
		ref.Version = firstVersion
	}
	return ref, ok
}

// FlowPath names a table of statistics as questions of SDMX REST do: dataflow/ITU/DATAHUB/1.0. It is false
// when the table's name cannot be a name of the standard.
func FlowPath(flow string) (string, bool) {
	ref, ok := refOf(flow)
	return "dataflow/" + ref.Agency + "/" + ref.ID + "/" + ref.Version, ok
}

// layout says where the components of a data set go.
type layout struct {
	set             *sdmx.SetSummary
	flow            string
	indicator, area string // dimensions that name them; empty: none
	measure         string // whose value is stored
	covered         []coveredSeries
}

// coveredSeries is a series of the dataflow that a removal may meet.
type coveredSeries struct {
	seriesKey
	named map[string]string
}

func layoutOf(set *sdmx.SetSummary, flow string) layout {
	l := layout{set: set, flow: flow, measure: MeasureOf(set)}
	if flow == "" {
		l.flow = flowOf(set.Ref)
	}
	firstOf := func(names []string) string {
		for _, name := range names {
			if slices.Contains(set.Dimensions, name) || slices.Contains(set.Columns, name) {
				return name
			}
		}
		return ""
	}
	l.indicator, l.area = firstOf(indicatorDimensions), firstOf(areaDimensions)
	return l
}

// MeasureOf names the measure whose value is the value of an observation, one for a whole data set so that
// values of different things never stand in one series: OBS_VALUE, else the first of the structure, else
// the first that is met.
func MeasureOf(set *sdmx.SetSummary) string {
	met := set.Layout.Measures
	switch s := set.Structure; {
	case slices.Contains(met, valueMeasure):
		return valueMeasure
	case s != nil && len(s.Measures) > 0:
		if slices.ContainsFunc(s.Measures, func(c sdmx.Component) bool { return c.ID == valueMeasure }) {
			return valueMeasure
		}
		return s.Measures[0].ID
	case len(met) > 0:
		return met[0]
	}
	return valueMeasure
}

// statement is one record of a message in the words of the store.
type statement struct {
	statfile.Observation
	deed    deed
	gives   fields
	covers  bool
	ordered bool
	leftOut []string // measures without a place
	without []string // dimensions that do not apply
	aside   bool     // gives the unit, which stands at the indicator
}

func (l layout) statement(rec *sdmx.Record) statement {
	s := statement{Observation: statfile.Observation{Dataflow: l.flow, Line: rec.Line}}
	switch l.set.Action {
	case sdmx.Replace:
		s.deed = state
	case sdmx.Delete:
		s.deed = remove
	default:
		s.deed = amend
	}
	for _, v := range rec.Key {
		switch v.ID {
		case l.indicator:
			s.Indicator = v.Text
		case l.area:
			s.Area = v.Text
		case l.set.Time:
			s.Period = v.Text
		default:
			if v.Text == notApplicable {
				s.without = append(s.without, v.ID)
				continue
			}
			s.Dims = append(s.Dims, statfile.Dim{Name: v.ID, Value: v.Text})
		}
	}
	if s.deed != remove { // a removal that names none is of all
		if l.indicator == "" {
			s.Indicator = l.set.Ref.ID
		}
		if l.area == "" {
			s.Area = notApplicable
		}
	}
	s.measured(rec, l.measure)
	s.described(rec)
	return s
}

// says tells whether a statement says something of what the store holds of an observation.
func (s *statement) says() bool {
	switch {
	case s.deed == state || s.gives != 0:
		return true
	case s.deed == remove && s.aside:
		return false // the unit of one observation: it is that of others too
	}
	return len(s.leftOut) == 0
}

// measured takes the value of the measure that is stored.
func (s *statement) measured(rec *sdmx.Record, measure string) {
	for _, v := range rec.Measures {
		if v.ID != measure {
			s.leftOut = append(s.leftOut, v.ID)
			continue
		}
		s.gives |= givesValue
		if s.Value = stated(v.Text); s.Value != "" {
			s.Words = !isDecimal(s.Value)
		}
	}
}

// described takes the attributes. Those without a field of their own stand in the note.
func (s *statement) described(rec *sdmx.Record) {
	var others []string
	for _, v := range rec.Attributes {
		text := stated(v.Text)
		switch v.ID {
		case statusAttribute:
			s.Status, s.gives = text, s.gives|givesStatus
		case powerAttribute:
			s.Multiplier, s.gives = text, s.gives|givesMultiplier
		case natureAttribute:
			s.Nature, s.gives = text, s.gives|givesNature
		case sourceAttribute:
			s.Source, s.gives = text, s.gives|givesSource
		case noteAttribute:
			s.Note, s.gives = text, s.gives|givesNote
		case unitAttribute:
			s.aside = true
			if s.deed != remove { // a removal may give any text for what it takes away
				s.Unit = text
			}
		default:
			if text != "" {
				others = append(others, v.ID+"="+text)
			}
		}
	}
	if len(others) > 0 {
		s.gives |= givesNote
		s.Note = strings.TrimPrefix(s.Note+"; "+strings.Join(others, "; "), "; ")
	}
}

// stated gives a text, empty for the words by which the standard says that there is none.
func stated(text string) string {
	if text == "NaN" || text == "#N/A" {
		return ""
	}
	return text
}

func isDecimal(text string) bool {
	if strings.Trim(text, "0123456789+-.eE") != "" {
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// fault says why a statement has no place in the store; nil when it has one.
func (l layout) fault(s statement) *resolute.Finding {
	f := resolute.Finding{Severity: resolute.SeverityError, Record: s.Indicator + " " + s.Area + " " + s.Period, Line: s.Line}
	switch {
	case s.Area == "":
		f.Rule, f.Found, f.Expected = findingNoArea, l.area, "a code"
		f.Message = "the observation names no area, which others of its data set do"
	case s.Indicator == "":
		f.Rule, f.Found, f.Expected, f.Message = "code-missing", l.indicator, "a code", "the observation names no indicator"
	case s.Period == "":
		f.Rule, f.Expected, f.Message = findingNoPeriod, "a time", "the observation names no time"
	case len(s.Period) < 4 || strings.Trim(s.Period[:4], "0123456789") != "":
		f.Rule, f.Found, f.Expected = "period-unreadable", s.Period, "a time that begins with its year"
		f.Message = fmt.Sprintf("%q is no time", s.Period)
	default:
		return nil
	}
	return &f
}

// coversSeries tells whether the key of a removal covers a series.
func (s statement) coversSeries(key coveredSeries) bool {
	if s.Indicator != "" && s.Indicator != key.indicator || s.Area != "" && s.Area != key.area {
		return false
	}
	for _, d := range s.Dims {
		if key.named[d.Name] != d.Value {
			return false
		}
	}
	return !slices.ContainsFunc(s.without, func(name string) bool { return key.named[name] != "" })
}
