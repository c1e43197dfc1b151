package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// letters are the rows of signs that formats count with; behind the last the row begins again
// with each sign doubled: z, aa, bb.
var letters = map[string]string{
	"lowerLetter":  "abcdefghijklmnopqrstuvwxyz",
	"upperLetter":  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	"arabicAbjad":  "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
	"arabicAlpha":  "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
	"hebrew2":      "אבגדהוזחטיכלמנסעפצקרשת",
	"russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
	"russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
	"thaiLetters":  "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
	"chicago":      "*†‡§",
}

// once are rows of signs that do not begin again: decimal numbers follow.
var once = map[string]string{
	"decimalEnclosedCircle":        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
	"decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
	"ideographTraditional":         "甲乙丙丁戊己庚辛壬癸",
	"ideographZodiac":              "子丑寅卯辰巳午未申酉戌亥",
}

// FormatNumber writes a number in a format of w:numFmt (ISO/IEC 29500-1, 17.18.59); ok is false
// for a format that is not known, which is written as decimal.
func FormatNumber(format string, n int) (text string, ok bool) {
	decimal := strconv.Itoa(n)
	if n <= 0 {
		return decimal, true
	}
	if row := []rune(letters[format]); len(row) > 0 {
		return letter(row, n), true
	}
	if row := []rune(once[format]); n <= len(row) {
		return string(row[n-1]), true
	} else if len(row) > 0 {
		return decimal, true
	}
	switch format {
	case "decimal", "":
		return decimal, true
	case "decimalZero":
		return strings.Repeat("0", max(0, 2-len(decimal))) + decimal, true
	case "lowerRoman":
		return strings.ToLower(romanNumber(n)), true
	case "upperRoman":
		return romanNumber(n), true
	case "ordinal":
		return decimal + ordinalEnding(n), true
	case "numberInDash":
		return "- " + decimal + " -", true
	case "none", "bullet":
		return "", true
	case "decimalFullWidth", "decimalFullWidth2":
		return translate(decimal, "０１２３４５６７８９"), true
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return translate(decimal, "〇一二三四五六七八九"), true
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting":
		return chineseNumber(n), true
	case "hindiNumbers":
		return translate(decimal, "٠١٢٣٤٥٦٧٨٩"), true
	}
	return decimal, false
}

func letter(row []rune, n int) string {
	times := (n-1)/len(row) + 1
	return strings.Repeat(string(row[(n-1)%len(row)]), min(times, 50))
}

// translate writes decimal digits with those of another script.
func translate(decimal, digits string) string {
	row := []rune(digits)
	return strings.Map(func(r rune) rune { return row[r-'0'] }, decimal)
}

// romanNumber writes 1 to 9,999; larger ones decimal, as there is no use in a row of thousand M.
func romanNumber(n int) string {
	if n > 9999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}

// ordinalEnding is English: word processors take it from the language of the paragraph, and the
// samples hold no other.
func ordinalEnding(n int) string {
	if n%100/10 != 1 {
		switch n % 10 {
		case 1:
			return "st"
		case 2:
			return "nd"
		case 3:
			return "rd"
		}
	}
	return "th"
}

// chineseNumber writes 1 to 9,999 with 十, 百 and 千; larger ones digit by digit.
func chineseNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n > 9999 {
		return translate(strconv.Itoa(n), "〇一二三四五六七八九")
	}
	var b strings.Builder
	gap := false
	for _, unit := range []struct {
		value int
		sign  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := n / unit.value
		n %= unit.value
		if digit == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune(digits[0])
			gap = false
		}
		if !(digit == 1 && unit.value == 10 && b.Len() == 0) { // 十一, not 一十一
			b.WriteRune(digits[digit])
		}
		b.WriteString(unit.sign)
	}
	return b.String()
}

// signs of the fonts Symbol and Wingdings, which stand in the private area of Unicode, as far as
// lists and texts use them.
var symbols = map[rune]rune{
	0xF0B7: '•', 0xF0A7: '▪', 0xF06E: '■', 0xF06F: '□', 0xF071: '❑', 0xF076: '❖', 0xF0D8: '➢', 0xF0E0: '→', 0xF0FC: '✓', 0xF0FE: '☒', 0xF0A8: '□',
	0xF02D: '-', 0xF0BE: '—', 0xF02A: '*',
}

// symbol writes a sign of such a font as a sign of Unicode when one is known, else as it is.
func symbol(r rune) rune {
	if s, known := symbols[r]; known {
		return s
	}
	return r
}

// symbolCode reads w:char of w:sym, a number in base 16.
func symbolCode(code string) (string, bool) {
	n, err := strconv.ParseUint(code, 16, 32)
	if r := rune(n); err == nil && n > 0x1F && utf8.ValidRune(r) {
		return string(symbol(r)), true
	}
	return "", false
}
