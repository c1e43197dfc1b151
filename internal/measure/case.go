package measure

import (
	"errors"
	"io"
	"math"

	"resolute"
	"resolute/internal/measure/progress"
	"resolute/internal/sheet"
)

// CaseColumns are the columns of a file of figures on their way, in the order of the standard
// table; all but indicator and series hold numbers. Further columns are passed over.
var CaseColumns = []string{"indicator", "series", "base_year", "base_value", "current_year", "current_value", "target_year", "target", "direction", "limit"}

// Judged is one figure with its verdict by the ratio of growth, and the linear pace beside it.
type Judged struct {
	Printed   map[string]string `json:"-"` // the cells as written
	Indicator string            `json:"indicator"`
	Series    string            `json:"series"`
	BaseYear  Number            `json:"base_year"`
	Base      Number            `json:"base_value"`
	Year      Number            `json:"current_year"`
	Value     Number            `json:"current_value"`
	TargetBy  Number            `json:"target_year"`
	Target    Number            `json:"target"`
	Direction int               `json:"direction"`
	Limit     Number            `json:"limit"`
	Sign      *int              `json:"sign"` // nil where no value is known
	Progress  Number            `json:"progress_value"`
	Score     Number            `json:"score"`
	Status    string            `json:"status"`
	Method    string            `json:"method"`
	Closed    Number            `json:"share_closed"` // of the way from base to target
	OfTime    Number            `json:"share_of_time"`
	Pace      Number            `json:"pace_ratio"`
	Second    string            `json:"pace_status"` // what the linear pace says
	SecondBy  string            `json:"pace_method"`
}

// JudgeCases reads a CSV file with the columns of CaseColumns and judges each row. A row that
// cannot be understood is a finding and is left out; the error is a *sheet.Refusal when the file as
// a whole cannot be read.
func JudgeCases(r io.Reader, file string, by progress.Method) ([]Judged, []resolute.Finding, error) {
	table, err := openTable(r, file, CaseColumns)
	if err != nil {
		return nil, nil, err
	}
	var list []Judged
	var findings []resolute.Finding
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return list, findings, nil
		}
		if err != nil {
			return nil, nil, err
		}
		c, faults := caseOf(row, file)
		if findings = append(findings, faults...); len(faults) == 0 {
			list = append(list, judge(row, c, by))
		}
	}
}

func caseOf(row sheet.Row, file string) (c progress.Case, faults []resolute.Finding) {
	if row.Fault != nil {
		return c, []resolute.Finding{*row.Fault}
	}
	read := func(name, expected string, parse func(sheet.Cell) (float64, bool)) float64 {
		v, ok := parse(row.Cell(name))
		if !ok {
			faults = append(faults, row.Cell(name).Finding(file, "number-unreadable", expected))
		}
		return v
	}
	c = progress.Case{BaseYear: read("base_year", "a year of four digits", year), Year: read("current_year", "a year of four digits", year),
		TargetYear: read("target_year", "a year of four digits", year), Base: read("base_value", "a number", parse), Value: read("current_value", "a number", parse),
		Target: read("target", "a number or nothing", parse), Limit: read("limit", "a number or nothing", parse)}
	way := read("direction", "1 (more is better) or -1 (less is better)", parse)
	if way != 1 && way != -1 && len(faults) == 0 {
		faults = append(faults, row.Cell("direction").Finding(file, "direction-unknown", "1 (more is better) or -1 (less is better)"))
	}
	c.Direction = int(max(-1, min(1, way)))
	return c, faults
}

func judge(row sheet.Row, c progress.Case, by progress.Method) Judged {
	v, pace := by.Judge(c), progress.PaceOf(c)
	j := Judged{Printed: map[string]string{}, Indicator: row.Cell("indicator").Text, Series: row.Cell("series").Text,
		BaseYear: Number(c.BaseYear), Base: Number(c.Base), Year: Number(c.Year), Value: Number(c.Value), TargetBy: Number(c.TargetYear),
		Target: Number(c.Target), Direction: c.Direction, Limit: Number(c.Limit),
		Progress: Number(v.Value), Score: Number(v.Score), Status: v.Status, Method: by.ID,
		Closed: Number(pace.ShareClosed), OfTime: Number(pace.ShareOfTime), Pace: Number(pace.Ratio), Second: pace.Status(by), SecondBy: progress.LinearPace}
	if v.Sign != 0 || !math.IsNaN(c.Base) {
		j.Sign = &v.Sign
	}
	for _, name := range CaseColumns {
		j.Printed[name] = row.Cell(name).Text
	}
	return j
}

// IndicatorScore is the verdict on an indicator of several series.
type IndicatorScore struct {
	Indicator string `json:"indicator"`
	Score     Number `json:"score"`
	Status    string `json:"progress_status"`
	Series    int    `json:"series"`
	Scored    int    `json:"scored"` // of the series, those whose scores make the mean
	Method    string `json:"method"`
}

// ScoreIndicators takes the plain mean of the scores of each indicator, in the order in which the
// indicators first occur.
func ScoreIndicators(list []Judged, by progress.Method) []IndicatorScore {
	verdicts, order := map[string][]progress.Verdict{}, []string{}
	for _, j := range list {
		if _, known := verdicts[j.Indicator]; !known {
			order = append(order, j.Indicator)
		}
		verdicts[j.Indicator] = append(verdicts[j.Indicator], progress.Verdict{Score: float64(j.Score), Status: j.Status})
	}
	scores := make([]IndicatorScore, 0, len(order))
	for _, indicator := range order {
		mean, scored := by.Mean(verdicts[indicator]), 0
		for _, v := range verdicts[indicator] {
			if !math.IsNaN(v.Score) {
				scored++
			}
		}
		scores = append(scores, IndicatorScore{indicator, Number(mean.Score), mean.Status, len(verdicts[indicator]), scored, by.ID + " mean"})
	}
	return scores
}
