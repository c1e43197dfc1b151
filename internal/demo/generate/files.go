package generate

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// Where files are cut: most where the secretariat of IATI asks publishers to, those of the largest
// publishers later, so that some are near the 60 MB that the official validator takes, and one is over.
const (
	usualFile = 20_000_000
	largeFile = 58_000_000
	hugeFile  = 66_000_000
)

// File is one written file.
type File struct {
	Name       string `json:"name"`
	Activities int    `json:"activities"`
	Bytes      int64  `json:"bytes"` // unpacked
}

// series is the files of one publisher, of which one is open.
type series struct {
	dir, stem string
	gzip      bool
	most      int64
	version   string
	latin     bool
	files     []File
	out       *os.File
	packed    *gzip.Writer
	to        *bufio.Writer
}

const fileTail = "</iati-activities>\n"

// fileHead is what a file begins with.
func fileHead(encoding, version string) string {
	return `<?xml version="1.0" encoding="` + encoding + `"?>` + "\n<!-- Fictional records, generated for tests; nothing in them is real. -->\n" +
		`<iati-activities version="` + version + `" generated-datetime="` + writtenAt + `">` + "\n"
}

// inLatin writes text in Latin-1; what that does not have becomes a reference.
func inLatin(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r < 0x100 {
			out = append(out, byte(r))
		} else {
			out = append(out, "&#"+strconv.Itoa(int(r))+";"...)
		}
	}
	return out
}

// add writes one activity, into another file when this one would grow too long.
func (s *series) add(activity []byte) error {
	if s.latin {
		activity = inLatin(activity)
	}
	if s.out != nil && s.files[len(s.files)-1].Bytes+int64(len(activity)+len(fileTail)) > s.most {
		if err := s.close(); err != nil {
			return err
		}
	}
	if s.out == nil {
		if err := s.open(); err != nil {
			return err
		}
	}
	f := &s.files[len(s.files)-1]
	f.Activities++
	return s.write(activity)
}

func (s *series) write(b []byte) error {
	s.files[len(s.files)-1].Bytes += int64(len(b))
	_, err := s.to.Write(b)
	return err
}

func (s *series) encoding() string {
	if s.latin {
		return "ISO-8859-1"
	}
	return "UTF-8"
}

func (s *series) open() error {
	name := s.stem + "-" + padded(len(s.files)+1, 3) + ".xml"
	if s.gzip {
		name += ".gz"
	}
	out, err := os.Create(filepath.Join(s.dir, name))
	if err != nil {
		return err
	}
	s.out, s.files = out, append(s.files, File{Name: name})
	var to io.Writer = out
	if s.gzip {
		s.packed = gzip.NewWriter(out)
		to = s.packed
	}
	s.to = bufio.NewWriterSize(to, 1<<16)
	return s.write([]byte(fileHead(s.encoding(), s.version)))
}

// close ends the open file.
func (s *series) close() error {
	if s.out == nil {
		return nil
	}
	err := s.write([]byte(fileTail))
	err = errors.Join(err, s.to.Flush())
	if s.packed != nil {
		err = errors.Join(err, s.packed.Close())
	}
	if err = errors.Join(err, s.out.Close()); err != nil {
		err = fmt.Errorf("write %s: %w", s.files[len(s.files)-1].Name, err)
	}
	s.out, s.packed, s.to = nil, nil, nil
	return err
}
