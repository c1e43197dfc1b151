package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// What a file may hold. A part is one file of the zip; only parts that are read are unpacked.
const (
	largestEntries = 10_000
	largestPart    = 48 << 20 // bytes of one part, unpacked
	largestTotal   = 96 << 20 // bytes of all parts that are read
	largestRatio   = 250      // unpacked bytes for each packed one, of parts above smallPart
	smallPart      = 1 << 20
)

// pack is the opened zip.
type pack struct {
	parts map[string]*zip.File
	read  int64
}

// IsDOCX tells by its first bytes whether data is a zip, as every DOCX is.
func IsDOCX(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// IsOldWord tells whether data is a compound file: DOC, or a DOCX with a password.
func IsOldWord(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

func open(data []byte) (*pack, error) {
	if IsOldWord(data) {
		return nil, &Refusal{Rule: "docx-old-format", Message: "a document of the old format, or one with a password: save it as DOCX without password"}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &Refusal{Rule: "docx-zip", Message: "no DOCX: the zip cannot be read: " + err.Error()}
	}
	if len(z.File) > largestEntries {
		return nil, &Refusal{Rule: "limit-docx", Message: fmt.Sprintf("the zip holds %d files, more than %d", len(z.File), largestEntries)}
	}
	p := &pack{parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		name := partName("", f.Name)
		if _, twice := p.parts[name]; twice {
			return nil, &Refusal{Rule: "docx-zip", Part: name, Message: "the zip holds two files of this name"}
		}
		p.parts[name] = f
	}
	return p, nil
}

// partName resolves the target of a relationship against the folder of its part.
func partName(folder, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = folder + "/" + target
	}
	return strings.TrimPrefix(path.Clean("/"+target), "/")
}

// bytes unpacks one part; nil when the file has none of that name.
func (p *pack) bytes(name string) ([]byte, error) {
	f := p.parts[name]
	if f == nil {
		return nil, nil
	}
	if err := p.allowed(name, f); err != nil {
		return nil, err
	}
	in, err := f.Open()
	if err != nil {
		return nil, &Refusal{Rule: "docx-zip", Part: name, Message: "cannot be unpacked: " + err.Error()}
	}
	limit := min(largestPart, largestTotal-p.read)
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, &Refusal{Rule: "docx-zip", Part: name, Message: "cannot be unpacked: " + err.Error()}
	}
	p.read += int64(len(data))
	if int64(len(data)) > limit {
		return nil, tooLarge(name)
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// allowed judges a part by the sizes that its zip declares, before a byte is unpacked.
func (p *pack) allowed(name string, f *zip.File) error {
	if f.UncompressedSize64 > largestPart || p.read+int64(f.UncompressedSize64) > largestTotal {
		return tooLarge(name)
	}
	if f.UncompressedSize64 > smallPart && f.UncompressedSize64/max(f.CompressedSize64, 1) > largestRatio {
		return &Refusal{Rule: "limit-docx", Part: name, Message: fmt.Sprintf("unpacks to more than %d times its size", largestRatio)}
	}
	return nil
}

func tooLarge(name string) error {
	return &Refusal{Rule: "limit-docx", Part: name, Message: fmt.Sprintf("unpacks to more than %d MiB, or the parts together to more than %d MiB", largestPart>>20, largestTotal>>20)}
}
