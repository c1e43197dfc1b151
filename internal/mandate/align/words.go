package align

// Likeness is how like the words of two texts are, from 0 to 1: the mean of Dice's measure over
// words and over pairs of words, by which Texts links.
func Likeness(a, b string) float64 {
	known := vocabulary{}
	return likeness(known.profile(a), known.profile(b))
}
