package progress

import (
	"embed"
	"encoding/json"
	"fmt"
)

// The verdicts, from best to worst, and the one that is none.
const (
	Achieved      = "target_achieved"
	Substantial   = "substantial_progress"
	Moderate      = "moderate_progress"
	Limited       = "limited_progress"
	Deterioration = "deterioration"
	NotAvailable  = "not_available"
)

// Method holds the parameters of the growth ratio.
type Method struct {
	ID            string       `json:"id"` // name@version
	Source        string       `json:"source"`
	Zero          float64      `json:"zero"`           // taken in place of a base or target of 0, which has no growth
	LimitExponent float64      `json:"limit_exponent"` // how soon less growth is asked of what nears its natural limit
	WithTarget    [][2]float64 `json:"with_target"`    // ratio and score, between which scores are interpolated
	WithoutTarget []knot       `json:"without_target"`
	RatioBounds   bounds       `json:"ratio_bounds"`
	ScoreBounds   bounds       `json:"score_bounds"`
}

// knot is a yearly growth with its score; near a natural limit less growth earns it.
type knot struct {
	Growth    float64 `json:"growth"`
	Score     float64 `json:"score"`
	NearLimit bool    `json:"near_limit"`
}

// bounds are the lowest values that still earn a verdict.
type bounds struct {
	Substantial float64 `json:"substantial_progress"`
	Moderate    float64 `json:"moderate_progress"`
	Limited     float64 `json:"limited_progress"`
}

func (b bounds) verdict(v float64) string {
	switch {
	case v >= b.Substantial:
		return Substantial
	case v >= b.Moderate:
		return Moderate
	case v >= b.Limited:
		return Limited
	}
	return Deterioration
}

//go:embed methods/*.json
var methodFiles embed.FS

// GrowthRatio is the method growth-ratio@1.
var GrowthRatio = mustRead("growth-ratio-1")

func mustRead(name string) Method {
	data, err := methodFiles.ReadFile("methods/" + name + ".json")
	if err != nil {
		panic(err)
	}
	var m Method
	if err := json.Unmarshal(data, &m); err != nil {
		panic(fmt.Sprintf("method %s: %v", name, err))
	}
	return m
}
