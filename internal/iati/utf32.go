package iati

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// utf32 turns UTF-32 into UTF-8 and refuses what is not UTF-32.
type utf32 struct {
	transform.NopResetter
	big bool
}

// Transform implements transform.Transformer.
func (u utf32) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		rest := src[nSrc:]
		if len(rest) < 4 {
			return nDst, nSrc, short(atEOF, "UTF-32")
		}
		n := u.unit(rest)
		r := rune(n)
		if n > utf8.MaxRune || !utf8.ValidRune(r) {
			return nDst, nSrc, &inputFault{"encoding", fmt.Sprintf("0x%08X is no character of UTF-32", n)}
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += 4
	}
	return nDst, nSrc, nil
}

// unit gives the 32 bits at the start of b.
func (u utf32) unit(b []byte) uint32 {
	if u.big {
		return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	return uint32(b[3])<<24 | uint32(b[2])<<16 | uint32(b[1])<<8 | uint32(b[0])
}
