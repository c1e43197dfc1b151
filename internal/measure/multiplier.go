package measure

import (
	"fmt"
	"strconv"
	"strings"

	"resolute"
)

// mostPower bounds the powers of ten that values are in, either way.
const mostPower = 30

// powers are the names of multipliers in the code list CL_UNIT_MULT of the standard, which tables write
// instead of its codes.
var powers = map[string]int{"units": 0, "tens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9, "trillions": 12}

// powerOf reads a multiplier (UNIT_MULT): the power of ten that a value is in.
func powerOf(multiplier string) (power int, ok bool) {
	if power, err := strconv.Atoi(multiplier); err == nil {
		return power, power >= -mostPower && power <= mostPower
	}
	power, ok = powers[strings.ToLower(multiplier)]
	return power, ok
}

// inUnits gives a decimal in units: its point is shifted as the multiplier says, all its digits stay. None
// is that of units; false for one that cannot be read.
func inUnits(decimal, multiplier string) (string, bool) {
	if multiplier == "" || multiplier == "0" { // as nearly all are
		return decimal, true
	}
	power, ok := powerOf(multiplier)
	if power == 0 || !ok {
		return decimal, ok
	}
	if at := strings.IndexAny(decimal, "eE"); at >= 0 {
		exponent, err := strconv.Atoi(decimal[at+1:])
		return decimal[:at] + "e" + strconv.Itoa(exponent+power), err == nil
	}
	sign := ""
	if decimal != "" && (decimal[0] == '-' || decimal[0] == '+') {
		sign, decimal = strings.TrimSuffix(decimal[:1], "+"), decimal[1:]
	}
	return sign + shifted(decimal, power), true
}

// shifted moves the point of a decimal without sign and exponent: 4.25 by 6 is 4250000, 12 by -3 is 0.012.
func shifted(decimal string, places int) string {
	whole, fraction, _ := strings.Cut(decimal, ".")
	digits, point := whole+fraction, len(whole)+places
	if point < 1 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	whole, fraction = strings.TrimLeft(digits[:point], "0"), digits[point:]
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// multiplierFault tells of a value that is in no known power of ten, and so is no figure.
func multiplierFault(record, found string, line int) resolute.Finding {
	return resolute.Finding{Rule: findingMultiplier, Severity: resolute.SeverityWarning, Record: record, Line: line, Found: found, Expected: "a power of ten from -30 to 30",
		Message: fmt.Sprintf("%s is in the unit multiplier %q, which is no power of ten from -30 to 30: it is kept, and makes no figure", record, found)}
}
