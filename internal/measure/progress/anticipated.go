package progress

import "math"

// The verdicts of the regional commissions.
const (
	OnTrack    = "on_track"
	Accelerate = "accelerate"
	Reverse    = "reverse"
)

// Anticipated is the id of the method of JudgeExpected.
const Anticipated = "anticipated-progress@1"

// onTrackGap is the share of the progress required since the base year that may be missing at the
// end for a target to count as within reach.
const onTrackGap = 0.10

// JudgeExpected judges what is expected for the target year, as the regional commissions of the
// United Nations do (ESCAP, "Progress Assessment Methodology"): met is on track; else what will be
// missing, as a share of the progress that was required since the base year, decides: up to a tenth
// on track, up to all of it accelerate, more than all of it reverse. The share is NaN when nothing
// was required.
func JudgeExpected(c Case, expected float64) (share float64, verdict string) {
	required := float64(c.Direction) * (c.Target - c.Base)
	missing := float64(c.Direction) * (c.Target - expected)
	switch {
	case math.IsNaN(missing) || math.IsNaN(required):
		return math.NaN(), NotAvailable
	case missing <= 0:
		return 0, OnTrack
	case required <= 0: // the base was at the target, and the figure leaves it
		return math.NaN(), Reverse
	}
	share = missing / required
	switch {
	case share <= onTrackGap:
		return share, OnTrack
	case share <= 1:
		return share, Accelerate
	}
	return share, Reverse
}
