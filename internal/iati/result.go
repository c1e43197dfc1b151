package iati

import "resolute"

// Result is one result: type 1 output, 2 outcome, 3 impact, 9 other.
type Result struct {
	Type        string
	Title       resolute.Text
	Description resolute.Text
	References  []Reference
	Indicators  []Indicator
	Line        int
}

// Indicator is one indicator of a result: measure 1 unit, 2 percentage, 3 nominal, 4 ordinal,
// 5 qualitative. Ascending is true when not stated, as the standard says.
type Indicator struct {
	Measure    string
	Ascending  bool
	Title      resolute.Text
	References []Reference
	Baselines  []Baseline
	Periods    []ResultPeriod
	Line       int
}

// Reference points from a result or an indicator into a vocabulary, such as 9 (SDG indicators).
type Reference struct {
	Vocabulary string
	Code       string
	URI        string
}

// Baseline is the value an indicator starts from; Year and Value are as printed.
type Baseline struct {
	Year    string
	Day     string // YYYY-MM-DD or empty
	Value   string
	Comment resolute.Text
}

// ResultPeriod is one period of an indicator; Start and End are YYYY-MM-DD or empty.
type ResultPeriod struct {
	Start   string
	End     string
	Targets []Measurement
	Actuals []Measurement
	Line    int
}

// Measurement is one target or actual value, as printed.
type Measurement struct {
	Value   string
	Comment resolute.Text
}
