package sdmx

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"unicode/utf8"
)

const bufferSize = 256 << 10

// open begins a message anew, unpacked and without byte order mark.
func open(r io.ReadSeeker) (*bufio.Reader, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(r, bufferSize)
	if head, _ := in.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		packed, err := gzip.NewReader(in)
		if err != nil {
			return nil, gzipFault(err)
		}
		in = bufio.NewReaderSize(gzipReader{packed}, bufferSize)
	}
	if head, _ := in.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // they were just seen
	}
	return in, nil
}

// gzipReader tells a damaged packing apart from a damaged message.
type gzipReader struct{ inner *gzip.Reader }

func (g gzipReader) Read(p []byte) (int, error) {
	n, err := g.inner.Read(p)
	if err != nil && err != io.EOF {
		err = gzipFault(err)
	}
	return n, err
}

func gzipFault(err error) error {
	return refuse("sdmx-gzip", place{1, 1}, err.Error(), "a whole gzip file", "the file is packed, and its packing is damaged or cut off: fetch it again")
}

// refusal gives the refusal inside an error of a reader, else the error itself as not well-formed.
func refusal(err error, at place, expected string) error {
	var known *RefusedError
	if errors.As(err, &known) {
		return known
	}
	return refuse("sdmx-not-well-formed", at, err.Error(), expected, "the message breaks off or is not well-formed: %s", err)
}

// first looks at the first sign that is not blank.
func first(in *bufio.Reader) (byte, error) {
	for n := 1; ; n++ {
		head, err := in.Peek(n)
		if len(head) < n {
			if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
				return 0, refusal(err, place{1, 1}, "a message")
			}
			return 0, refuse("sdmx-empty", place{1, 1}, "", "an SDMX message", "the file is empty")
		}
		if c := head[n-1]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c, nil
		}
	}
}

// Read reads a message of any supported format and hands on what it holds. known are the
// structures that the message may refer to; those that it brings itself are used too. It returns
// the format, and a RefusedError when the message cannot be trusted as a whole: records handed on
// before the fault was met must then be dropped.
func Read(r io.ReadSeeker, known Structures, h Handler) (Format, error) {
	in, err := open(r)
	if err != nil {
		return "", err
	}
	start, err := first(in)
	if err != nil {
		return "", err
	}
	switch {
	case start == '<':
		return readML(in, known, h)
	case start == '{':
		return readJSON(r, known, h)
	case start >= utf8.RuneSelf || start < ' ':
		return "", refuse("sdmx-encoding", place{1, 1}, string(rune(start)), "text in UTF-8", "the file is no text in UTF-8")
	}
	return readCSV(in, known, h)
}
