package iati

// Share is a part of a whole in millionths: 100 % is Whole, one step is 0.0001 %.
type Share int32

// The whole, and the mark of a share that is not stated (which is not the same as 0 %).
const (
	Whole     Share = 1_000_000
	NotStated Share = -1
)
