package register

import "strconv"

// Share is a part of a whole, counted in millionths so that it adds up; NoShare is none stated.
type Share int64

// MarshalJSON writes a share as a percentage with the digits it needs, and none stated as null.
func (s Share) MarshalJSON() ([]byte, error) {
	if s == NoShare {
		return []byte("null"), nil
	}
	return []byte(s.String()), nil
}

// String writes a share as a percentage: 60, 33.3333; empty when none is stated.
func (s Share) String() string {
	if s == NoShare {
		return ""
	}
	whole, rest := strconv.FormatInt(int64(s/10_000), 10), int64(s%10_000)
	if rest == 0 {
		return whole
	}
	digits := strconv.FormatInt(rest+10_000, 10)[1:]
	for digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	return whole + "." + digits
}
