package cli

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"resolute/internal/iati"
	"resolute/internal/register"
)

// fileSet writes the files of an export. Each is written beside its place; all move there when all
// are whole, so that a run that fails leaves what was there before.
type fileSet struct {
	export iatiExport
	stdout io.Writer
	at     time.Time // of the newest change: what is given is as old as that

	current *openFile
	done    []writtenFile
	moves   [][2]string // from the temporary name to the lasting one
	names   map[string]int
}

// openFile is the file being written.
type openFile struct {
	group  string // what it is a part of: publisher, or source and root
	name   string
	file   *os.File // nil: standard output
	packed *gzip.Writer
	buffer *bufio.Writer
	xml    *iati.Writer // nil: activities as received
	length int64        // how long it will be at most, unpacked
	writtenFile
}

func newFileSet(e iatiExport, stdout io.Writer) *fileSet {
	return &fileSet{export: e, stdout: stdout, names: map[string]int{}}
}

// add writes one activity or organisation into the file that it belongs to.
func (s *fileSet) add(g register.Given) error {
	name, group := s.place(g)
	size := int64(len(g.XML)) + 3 // with blanks and line end
	if c := s.current; c != nil && (c.group != group || s.export.maxBytes > 0 && c.Activities+c.Organisations > 0 && c.length+size > s.export.maxBytes) {
		if err := s.close(); err != nil {
			return err
		}
	}
	if s.current == nil {
		if err := s.open(name, group, g.Root); err != nil {
			return err
		}
		switch s.export.by {
		case bySource:
			s.current.Source = g.Source
		case byPublisher:
			s.current.Publisher = g.Reporter
		}
	}
	if s.export.organisations {
		s.current.Organisations++
	} else {
		s.current.Activities++
	}
	s.current.length += size
	if w := s.current.xml; w != nil {
		return w.WriteElement(g.XML)
	}
	_, err := s.current.Write(append(append([]byte("  "), g.XML...), '\n'))
	return err
}

// frame is how long what stands around the activities is at most, beside a root as received.
const frame = 200

// place gives the name of the file that an activity belongs to, without ending, and the group that
// goes into one file.
func (s *fileSet) place(g register.Given) (name, group string) {
	whole, _ := s.export.kind()
	switch s.export.by {
	case byPublisher:
		return register.ReporterFile(g.Reporter), g.Reporter
	case bySource:
		name = register.SourceFile(g.Source)
		return name, g.Source + "\x00" + string(g.Root)
	}
	return whole, ""
}

// open begins a file.
func (s *fileSet) open(name, group string, root []byte) error {
	c := &openFile{group: group, length: frame + int64(len(root))}
	var to io.Writer = s.stdout
	if s.export.out != "-" {
		var err error
		if c.name, err = s.path(name); err != nil {
			return err
		}
		if c.file, err = os.CreateTemp(filepath.Dir(c.name), "."+filepath.Base(c.name)+".*"); err != nil {
			return fmt.Errorf("write %s: %w", c.name, err)
		}
		s.moves = append(s.moves, [2]string{c.file.Name(), c.name})
		to = c.file
	}
	c.File = c.name
	c.buffer = bufio.NewWriterSize(to, 256<<10)
	to = c.buffer
	if s.export.gzip || strings.HasSuffix(c.name, ".gz") {
		c.packed = gzip.NewWriter(c.buffer)
		to = c.packed
	}
	s.current = c
	if s.export.received {
		_, err := fmt.Fprintf(c, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s\n", root)
		return err
	}
	generated := ""
	if !s.at.IsZero() {
		generated = s.at.Format(time.RFC3339)
	}
	whole, _ := s.export.kind()
	c.xml = iati.NewWriter(c, iati.Root{Kind: whole, GeneratedAt: generated})
	return nil
}

// Write counts what goes into a file before it is packed.
func (c *openFile) Write(b []byte) (int, error) {
	c.Bytes += int64(len(b))
	if c.packed != nil {
		return c.packed.Write(b)
	}
	return c.buffer.Write(b)
}

// path gives a part of the export its place: NAME.xml, then NAME-2.xml; among files of several names
// NAME--2.xml, since NAME-2 may be one of them.
func (s *fileSet) path(name string) (string, error) {
	dir, ending := s.export.out, ".xml"
	if s.export.gzip {
		ending = ".xml.gz"
	}
	if !s.export.folder() {
		dir, name = filepath.Dir(s.export.out), strings.TrimSuffix(filepath.Base(s.export.out), ".gz")
		ending = strings.TrimPrefix(filepath.Base(s.export.out), strings.TrimSuffix(name, ".xml"))
		name = strings.TrimSuffix(name, ".xml")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make %s: %w", dir, err)
	}
	s.names[name]++
	switch n := s.names[name]; {
	case s.export.by != byOne:
		name = register.FilePart(name, n)
	case n > 1:
		name = fmt.Sprintf("%s-%d", name, n)
	}
	return filepath.Join(dir, name+ending), nil
}

// close ends the file being written.
func (s *fileSet) close() error {
	c := s.current
	s.current = nil
	var err error
	if c.xml != nil {
		err = c.xml.Close()
	} else {
		_, closing := s.export.kind()
		_, err = io.WriteString(c, closing)
	}
	if err == nil && c.packed != nil {
		err = c.packed.Close()
	}
	if err == nil {
		err = c.buffer.Flush()
	}
	if c.file != nil {
		if err == nil {
			err = errors.Join(c.file.Chmod(0o644), c.file.Sync())
		}
		err = errors.Join(err, c.file.Close())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", c.name, err)
	}
	s.done = append(s.done, c.writtenFile)
	return nil
}

// end moves all files to their places, or takes them away when the export failed. An export of
// nothing is one file without activities, unless it goes into a folder.
func (s *fileSet) end(err error) ([]writtenFile, error) {
	if err == nil && s.current == nil && len(s.done) == 0 && !s.export.folder() {
		err = s.open("", "", nil)
	}
	if s.current != nil {
		if err == nil {
			err = s.close()
		} else if s.current.file != nil {
			_ = s.current.file.Close() // it goes anyway
		}
	}
	for _, m := range s.moves {
		if err == nil {
			err = os.Rename(m[0], m[1])
		} else {
			_ = os.Remove(m[0]) // what remains has a name of its own, and the error is told
		}
	}
	if s.done == nil {
		s.done = []writtenFile{}
	}
	return s.done, err
}

// others lists files of XML in a folder that an export did not write: parts of an older one, perhaps,
// which who reads the folder would take for a part of this.
func others(dir string, files []writtenFile) (names []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // it was written to a moment ago; a remark is not worth an error
	}
	for _, e := range entries {
		name := e.Name()
		ours := slices.ContainsFunc(files, func(f writtenFile) bool { return filepath.Base(f.File) == name })
		if !ours && (strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".xml.gz")) {
			names = append(names, name)
		}
	}
	return names
}
