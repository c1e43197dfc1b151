package framework

import (
	"math/big"
	"math/bits"
	"strings"

	"resolute"
)

// Factor turns money of one currency into that of another, exactly: it is a fraction. In and Out
// are the rates it is made of; a currency that is the base has none, and its Currency is empty.
type Factor struct {
	In, Out  Rate
	num, den uint64 // 0: they do not fit, and wide holds them
	wide     *big.Rat
}

// newFactor makes the factor of what a base buys of two currencies.
func newFactor(in, out Rate) Factor {
	ratio := new(big.Rat).SetFrac(power(out.digits, in.places), power(in.digits, out.places))
	f := Factor{In: in, Out: out}
	if num, den := ratio.Num(), ratio.Denom(); num.IsUint64() && den.IsUint64() {
		f.num, f.den = num.Uint64(), den.Uint64()
	} else {
		f.wide = ratio
	}
	return f
}

// power gives digits with so many zeros behind.
func power(digits uint64, zeros int) *big.Int {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros)), nil)
	return ten.Mul(ten, new(big.Int).SetUint64(digits))
}

// Convert turns an amount, rounded half to even once. It reports false when the amount becomes too
// large to be held.
func (f Factor) Convert(c resolute.Cents) (resolute.Cents, bool) {
	amount, sign := uint64(c), resolute.Cents(1)
	if c < 0 {
		amount, sign = -amount, -1
	}
	if f.wide != nil {
		return f.convertWide(c)
	}
	hi, lo := bits.Mul64(amount, f.num)
	if hi >= f.den {
		return 0, false
	}
	quotient, rest := bits.Div64(hi, lo, f.den)
	if quotient > uint64(resolute.MostCents) {
		return 0, false // before it is rounded, which may be more than 64 bits hold
	}
	if up := f.den - rest; rest > up || rest == up && quotient&1 == 1 {
		quotient++
	}
	return sign * resolute.Cents(quotient), quotient <= uint64(resolute.MostCents)
}

func (f Factor) convertWide(c resolute.Cents) (resolute.Cents, bool) {
	exact := new(big.Int).Mul(big.NewInt(int64(c)), f.wide.Num())
	quotient, rest := new(big.Int).QuoRem(exact, f.wide.Denom(), new(big.Int))
	twice := new(big.Int).Lsh(rest.Abs(rest), 1)
	if by := twice.Cmp(f.wide.Denom()); by > 0 || by == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(int64(exact.Sign())))
	}
	return resolute.Cents(quotient.Int64()), quotient.CmpAbs(mostCents) <= 0
}

var mostCents = big.NewInt(int64(resolute.MostCents))

// mostDigits bounds the digits of a rate.
const mostDigits = 18

// digitsOf reads a decimal above zero as its digits and how many of them stand behind the point.
func digitsOf(text string) (digits uint64, places int, ok bool) {
	whole, fraction, point := strings.Cut(text, ".")
	all := whole + fraction
	if whole == "" || point && fraction == "" || len(strings.TrimLeft(all, "0")) > mostDigits || len(fraction) > mostDigits {
		return 0, 0, false
	}
	for i := range len(all) {
		if all[i] < '0' || all[i] > '9' {
			return 0, 0, false
		}
		digits = digits*10 + uint64(all[i]-'0')
	}
	return digits, len(fraction), digits > 0
}
