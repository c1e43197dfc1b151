package generate

import "strconv"

// page is a piece of XML in the making. What is generated holds no character that needs escaping,
// except where escaped says so.
type page struct{ b []byte }

func (p *page) put(s string) { p.b = append(p.b, s...) }

// attr writes an attribute unless it is empty.
func (p *page) attr(name, value string) {
	if value == "" {
		return
	}
	p.b = append(p.b, ' ')
	p.b = append(p.b, name...)
	p.b = append(p.b, '=', '"')
	p.b = append(p.b, value...)
	p.b = append(p.b, '"')
}

// empty writes an element that has one attribute and no content; none when the value is empty.
func (p *page) empty(name, attr, value string) {
	if value == "" {
		return
	}
	p.put("<" + name)
	p.attr(attr, value)
	p.put("/>\n")
}

// amount writes hundredths as a decimal number, without decimals when there are none.
func (p *page) amount(cents int64) { p.put(decimal(cents)) }

// decimal gives hundredths as a decimal number, without decimals when there are none.
func decimal(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	text := sign + strconv.FormatInt(cents/100, 10)
	if rest := cents % 100; rest != 0 {
		text += "." + string([]byte{byte('0' + rest/10), byte('0' + rest%10)})
	}
	return text
}

// percent gives millionths as a percentage.
func percent(share int) string { return decimalPlaces(share, 4) }

// decimalPlaces writes n / 10^places without trailing zeros.
func decimalPlaces(n, places int) string {
	unit := 1
	for range places {
		unit *= 10
	}
	text := strconv.Itoa(n / unit)
	rest := n % unit
	if rest == 0 {
		return text
	}
	digits := strconv.Itoa(unit + rest)[1:]
	for digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	return text + "." + digits
}
