package measure

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"resolute"
	"resolute/internal/measure/dispersion"
	"resolute/internal/sheet"
)

// SpreadColumns name the columns of a file whose values are measured. Weight and Group may be empty.
type SpreadColumns struct{ Value, Weight, Group string }

// Dispersion are the measures of one set of values.
type Dispersion struct {
	Mean      Number `json:"mean"`
	SD        Number `json:"sd_population"`
	CV        Number `json:"cv"`
	Gini      Number `json:"gini"`
	TheilT    Number `json:"theil_T"`
	TheilL    Number `json:"theil_L"`
	Atkinson  Number `json:"atkinson_0_5"`
	Atkinson1 Number `json:"atkinson_1"`
	Atkinson2 Number `json:"atkinson_2"`
}

// Parts is Theil T taken apart by groups, and Theil L.
type Parts struct {
	Between  Number `json:"between"`
	Within   Number `json:"within"`
	LBetween Number `json:"theil_L_between"`
	LWithin  Number `json:"theil_L_within"`
}

// Decomposition is Theil T taken apart, plain and by weights (nil: none were named).
type Decomposition struct {
	GroupNames []string `json:"group_names"` // in order
	Groups     [][]int  `json:"groups"`      // by group the places of its values, from 0
	Unweighted Parts    `json:"unweighted"`
	Weighted   *Parts   `json:"weighted,omitempty"`
}

// Spread is the answer about a file.
type Spread struct {
	N           int                `json:"n"`       // values that were measured
	Missing     int                `json:"missing"` // rows without a value, or without a weight where one is asked for
	Unweighted  Dispersion         `json:"unweighted"`
	Weighted    *Dispersion        `json:"weighted,omitempty"`
	SmallSample Number             `json:"gini_small_sample_n_over_n_minus_1"` // of the plain Gini
	Percentiles Percentiles        `json:"percentiles_type7_unweighted"`
	Theil       *Decomposition     `json:"theil_decomposition,omitempty"`
	Findings    []resolute.Finding `json:"findings"`
}

// Percentiles are those that are usually quoted.
type Percentiles struct {
	P10 Number `json:"p10"`
	P25 Number `json:"p25"`
	P50 Number `json:"p50"`
	P75 Number `json:"p75"`
	P90 Number `json:"p90"`
}

// MeasureSpread measures the values of a CSV file. A row without a value takes no part and is
// counted; one that cannot be understood is a finding. The error is a *sheet.Refusal when the file
// as a whole cannot be read, and dispersion.ErrInput when nothing is left to be measured.
func MeasureSpread(r io.Reader, file string, columns SpreadColumns) (Spread, error) {
	var wanted []string
	for _, name := range []string{columns.Value, columns.Weight, columns.Group} {
		if name != "" {
			wanted = append(wanted, name)
		}
	}
	table, err := openTable(r, file, wanted)
	if err != nil {
		return Spread{}, err
	}
	s := Spread{Findings: []resolute.Finding{}}
	var values, weights []float64
	var groups []string
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return s.measure(columns, values, weights, groups)
		}
		if err != nil {
			return Spread{}, err
		}
		value, weight, fault := columns.read(row, file)
		switch {
		case fault != nil:
			s.Findings = append(s.Findings, *fault)
		case math.IsNaN(value) || math.IsNaN(weight):
			s.Missing++
		default:
			values, weights, groups = append(values, value), append(weights, weight), append(groups, row.Cell(sheet.Key(columns.Group)).Text)
		}
	}
}

func (c SpreadColumns) read(row sheet.Row, file string) (value, weight float64, fault *resolute.Finding) {
	if row.Fault != nil {
		return 0, 0, row.Fault
	}
	cell, weight := row.Cell(sheet.Key(c.Value)), 1
	value, ok := parse(cell)
	if ok && c.Weight != "" {
		cell = row.Cell(sheet.Key(c.Weight))
		weight, ok = parse(cell)
		ok = ok && !(weight < 0)
	}
	if !ok {
		f := cell.Finding(file, "number-unreadable", "a number, and for a weight none below 0")
		return 0, 0, &f
	}
	return value, weight, nil
}

func (s Spread) measure(columns SpreadColumns, values, weights []float64, groups []string) (Spread, error) {
	s.N = len(values)
	plain, err := dispersion.Of(values, nil)
	if err != nil {
		return Spread{}, fmt.Errorf("column %s: %w", columns.Value, err)
	}
	s.Unweighted, s.SmallSample = dispersionOf(plain), Number(dispersion.SmallSample(plain.Gini, s.N))
	s.Percentiles = percentilesOf(values)
	if columns.Weight != "" {
		byWeight, err := dispersion.Of(values, weights)
		if err != nil {
			return Spread{}, fmt.Errorf("column %s: %w", columns.Weight, err)
		}
		d := dispersionOf(byWeight)
		s.Weighted = &d
	}
	if columns.Group != "" {
		s.Theil, err = decompose(columns, values, weights, groups)
	}
	return s, err
}

func dispersionOf(m dispersion.Measures) Dispersion {
	return Dispersion{Number(m.Mean), Number(m.SDPopulation), Number(m.CV), Number(m.Gini), Number(m.TheilT), Number(m.TheilL), Number(m.Atkinson), Number(m.Atkinson1), Number(m.Atkinson2)}
}

func decompose(columns SpreadColumns, values, weights []float64, groups []string) (*Decomposition, error) {
	d := &Decomposition{}
	for i, g := range groups {
		at := slices.Index(d.GroupNames, g)
		if at < 0 {
			at = len(d.GroupNames)
			d.GroupNames, d.Groups = append(d.GroupNames, g), append(d.Groups, nil)
		}
		d.Groups[at] = append(d.Groups[at], i)
	}
	plain, err := dispersion.Decompose(values, nil, groups)
	if err != nil {
		return nil, err
	}
	d.Unweighted = takenApart(plain)
	if columns.Weight == "" {
		return d, nil
	}
	byWeight, err := dispersion.Decompose(values, weights, groups)
	weighed := takenApart(byWeight)
	d.Weighted = &weighed
	return d, err
}

func takenApart(p dispersion.Parts) Parts {
	return Parts{Number(p.Between), Number(p.Within), Number(p.LBetween), Number(p.LWithin)}
}
