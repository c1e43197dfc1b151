package progress

import "math"

// Mean is the verdict on an indicator of several series: the plain mean of the scores that are
// known. It is achieved only when every series is.
func (m Method) Mean(series []Verdict) Verdict {
	sum, n, achieved := 0.0, 0, 0
	for _, v := range series {
		if math.IsNaN(v.Score) {
			continue
		}
		sum, n = sum+v.Score, n+1
		if v.Status == Achieved {
			achieved++
		}
	}
	if n == 0 {
		return Verdict{Value: math.NaN(), Score: math.NaN(), Status: NotAvailable}
	}
	out := Verdict{Value: math.NaN(), Score: sum / float64(n)}
	out.Status = m.ScoreBounds.verdict(out.Score)
	if achieved == len(series) {
		out.Status = Achieved
	}
	return out
}
