package iati

import (
	"fmt"
	std "unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// utf16 turns UTF-16 into UTF-8 and refuses what is not UTF-16, where the decoder of x/text
// would put U+FFFD.
type utf16 struct {
	transform.NopResetter
	big bool
}

// Transform implements transform.Transformer.
func (u utf16) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		rest := src[nSrc:]
		if len(rest) < 2 {
			return nDst, nSrc, short(atEOF, "UTF-16")
		}
		r, size := rune(u.unit(rest)), 2
		if std.IsSurrogate(r) {
			if len(rest) < 4 {
				return nDst, nSrc, short(atEOF, "UTF-16")
			}
			r, size = std.DecodeRune(r, rune(u.unit(rest[2:]))), 4
			if r == utf8.RuneError {
				return nDst, nSrc, &inputFault{"encoding", fmt.Sprintf("half a surrogate pair (0x%04X) in UTF-16", u.unit(rest))}
			}
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// unit gives the 16 bits at the start of b.
func (u utf16) unit(b []byte) uint16 {
	if u.big {
		return uint16(b[0])<<8 | uint16(b[1])
	}
	return uint16(b[1])<<8 | uint16(b[0])
}

// short says that a character is not whole: more is to come, or the file was cut off.
func short(atEOF bool, encoding string) error {
	if atEOF {
		return &inputFault{"encoding", "the " + encoding + " file ends in the middle of a character"}
	}
	return transform.ErrShortSrc
}
