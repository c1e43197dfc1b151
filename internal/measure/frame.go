package measure

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/measure/projection"
	"resolute/internal/measure/statfile"
)

// Point is one value of a series. Year is that of the period, the first of a range.
type Point struct {
	Period    string
	Year      int
	Value     float64 // in units, whatever power of ten it was given in
	Text      string  // as printed, in units
	Status    string  // OBS_STATUS; empty: not stated
	Source    string
	Note      string
	Estimated bool // status E, I, M with a value, or nature E or M
}

// AreaSeries is an indicator in one area, by period, without the values that are missing.
type AreaSeries struct {
	Area   string // the code of the source
	Name   string // as the source prints it
	Points []Point
}

// Frame is one indicator in all areas, by the codes of the areas.
type Frame struct {
	Dataflow  string
	Indicator string
	Dims      map[string]string // of all its figures; none: the whole
	Name      string
	Unit      string
	Areas     []AreaSeries
	Concepts  *Catalogue // by which it is known what is measured; nil: the built-in one
}

// Concept is what the frame measures; false when the catalogue of indicators does not have it.
func (f Frame) Concept() (Concept, bool) {
	return f.Concepts.orBuiltin().Of(f.Dataflow, f.Indicator, f.dimsText())
}

// dimsText writes the dimensions as the store does.
func (f Frame) dimsText() string {
	dims := make([]statfile.Dim, 0, len(f.Dims))
	for name, value := range f.Dims {
		dims = append(dims, statfile.Dim{Name: name, Value: value})
	}
	return string(appendDims(nil, dims))
}

// Pick says which figures of a file are meant. Dims must all be stated so by an observation, and it
// must state no other.
type Pick struct {
	Indicator string // empty: the only one of the file
	Dims      map[string]string
	Concepts  *Catalogue // by which it is known what is measured; nil: the built-in one
}

func (p Pick) takes(o *statfile.Observation) bool {
	if p.Indicator != "" && o.Indicator != p.Indicator || o.Words || o.Value == "" || len(o.Dims) != len(p.Dims) {
		return false
	}
	for _, d := range o.Dims {
		if p.Dims[d.Name] != d.Value {
			return false
		}
	}
	return true
}

// ReadFrame reads one indicator from a file of statistics. A row that cannot be understood is a
// finding. The error is a *statfile.RefusedError when the file as a whole cannot be read, and a
// *resolute.Error with code Usage when the file holds several indicators and none is picked, or not
// the one that is.
func ReadFrame(r io.Reader, file string, o statfile.Options, pick Pick) (Frame, []resolute.Finding, error) {
	var f Frame
	var findings []resolute.Finding
	areas, others := map[string]*AreaSeries{}, map[string]bool{}
	head, err := statfile.Read(r, file, o, statfile.Sink{
		Refused: func(f resolute.Finding, _ string) error { findings = append(findings, f); return nil },
		Observation: func(o *statfile.Observation) error {
			if others[o.Indicator] = true; len(others) > mostListed {
				clear(others)
			}
			if !pick.takes(o) {
				return nil
			}
			text, known := inUnits(o.Value, o.Multiplier)
			if !known {
				findings = append(findings, multiplierFault(o.Area+" "+o.Period, strings.Clone(o.Multiplier), o.Line))
				return nil
			}
			if f.Indicator == "" {
				f = Frame{Dataflow: strings.Clone(o.Dataflow), Indicator: strings.Clone(o.Indicator), Dims: pick.Dims, Name: strings.Clone(o.Name), Unit: strings.Clone(o.Unit), Concepts: pick.Concepts}
			} else if f.Indicator != o.Indicator {
				return errSeveral
			}
			a := areas[o.Area]
			if a == nil {
				a = &AreaSeries{Area: strings.Clone(o.Area), Name: strings.Clone(o.AreaName)}
				areas[a.Area] = a
			}
			a.Points = append(a.Points, pointOf(o, text))
			return nil
		}})
	if errors.Is(err, errSeveral) {
		return f, nil, &resolute.Error{Code: resolute.Usage, Field: "indicator", Message: "the file holds several indicators: say which one is meant"}
	}
	if err != nil {
		return f, nil, err
	}
	if f.Indicator == "" {
		return f, nil, &resolute.Error{Code: resolute.Usage, Field: "indicator", Message: fmt.Sprintf("no value of %q in this file (%s); it holds %s", pick.Indicator, head.Form, listed(others))}
	}
	concept, _ := f.Concept()
	for _, a := range areas {
		findings = append(findings, a.order(file, concept.OverTime)...)
		f.Areas = append(f.Areas, *a)
	}
	slices.SortFunc(f.Areas, func(a, b AreaSeries) int { return cmp.Compare(a.Area, b.Area) })
	slices.SortStableFunc(findings, func(a, b resolute.Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
	})
	return f, findings, nil
}

var errSeveral = errors.New("several indicators")

// mostListed bounds the codes that a message names.
const mostListed = 1000

func listed(codes map[string]bool) string {
	var list []string
	for code := range codes {
		list = append(list, strings.Clone(code))
	}
	slices.Sort(list)
	if len(list) > 8 {
		list = append(list[:8], "...")
	}
	return strings.Join(list, ", ")
}

// pointOf is an observation with its value in units.
func pointOf(o *statfile.Observation, text string) Point {
	p := Point{Period: strings.Clone(o.Period), Text: strings.Clone(text), Status: strings.Clone(o.Status), Source: strings.Clone(o.Source), Note: strings.Clone(o.Note),
		Estimated: estimated(o.Status, o.Nature)}
	p.Year, _ = strconv.Atoi(p.Period[:4])      // a period begins with a year
	p.Value, _ = strconv.ParseFloat(p.Text, 64) // a decimal, else it were in words
	return p
}

// estimated tells whether a status or a nature says that a value is somebody's estimate.
func estimated(status, nature string) bool {
	return status == "E" || status == "I" || nature == "E" || nature == "M"
}

// order sorts the points by period and makes years of them. Of several of one period, or of the year as
// a whole, the first stays; that there are others is a finding, and so is a year that months or quarters
// do not make.
func (a *AreaSeries) order(file, overTime string) (findings []resolute.Finding) {
	slices.SortStableFunc(a.Points, func(a, b Point) int { return cmp.Compare(a.Period, b.Period) })
	kept := a.Points[:0]
	for _, p := range a.Points {
		if len(kept) > 0 && kept[len(kept)-1].again(p) {
			findings = append(findings, resolute.Finding{Rule: "duplicate-observation", Severity: resolute.SeverityError, File: file, Record: a.Area, Found: p.Period + "=" + p.Text,
				Expected: "one value of a year", Message: fmt.Sprintf("%s %d: %s and %s; the first is taken", a.Area, p.Year, kept[len(kept)-1].Text, p.Text)})
			continue
		}
		kept = append(kept, p)
	}
	years, lost := yearly(kept, overTime)
	for _, year := range lost {
		findings = append(findings, resolute.Finding{Rule: "year-missing", Severity: resolute.SeverityError, File: file, Record: a.Area, Found: strconv.Itoa(year), Expected: "a value of the year",
			Message: fmt.Sprintf("%s %d: there is no value of the year, and the catalogue of indicators does not say how shorter periods make one", a.Area, year)})
	}
	a.Points = years
	return findings
}

// again tells whether another point says something of the same time: of one period, or of a year.
func (p Point) again(other Point) bool {
	return p.Period == other.Period || p.Year == other.Year && spanOf(p.Period) == wholeYear && spanOf(other.Period) == wholeYear
}

// series gives the points as a series to be projected.
func (a AreaSeries) series() projection.Series {
	s := projection.Series{Years: make([]int, len(a.Points)), Values: make([]float64, len(a.Points))}
	for i, p := range a.Points {
		s.Years[i], s.Values[i] = p.Year, p.Value
	}
	return s
}

func (f Frame) series() []projection.Series {
	list := make([]projection.Series, len(f.Areas))
	for i, a := range f.Areas {
		list[i] = a.series()
	}
	return list
}

// area finds an area by its code.
func (f Frame) area(code string) (AreaSeries, bool) {
	i, there := slices.BinarySearchFunc(f.Areas, code, func(a AreaSeries, code string) int { return cmp.Compare(a.Area, code) })
	if !there {
		return AreaSeries{}, false
	}
	return f.Areas[i], true
}
