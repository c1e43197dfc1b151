package coverage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"resolute/internal/audit"
	"resolute/internal/directory"
)

// indexEvery is how often a server writes its index at most, while it runs.
const indexEvery = 5 * time.Minute

// indexKey names what facts are made of besides the database: the frameworks, the paragraphs, and
// the program, whose rules may be others tomorrow. An index of another key is of no use.
func (b base) indexKey() string {
	sum := sha256.New()
	_, _ = fmt.Fprintf(sum, "%q %q\n", b.catalogue.Version(), programMark())
	for _, p := range b.paragraphs {
		_, _ = fmt.Fprintf(sum, "%q %q %q %q\n", p.ID, p.Parent, p.Thread, p.Addressee)
	}
	for _, thread := range slices.Sorted(maps.Keys(b.joined)) {
		_, _ = fmt.Fprintf(sum, "%q %q\n", thread, b.joined[thread])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// programMark tells one build of the program from another.
var programMark = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return time.Now().String() // no other run has it
	}
	info, err := os.Stat(path)
	if err != nil {
		return time.Now().String()
	}
	return fmt.Sprint(runtime.GOARCH, info.Size(), info.ModTime().UnixNano())
})

// fromIndex gives the facts of the newest change by way of the index file, with the book that the file
// was read into. Whatever is wrong with the file is errReadAnew: it can always be made again.
func (c *Coverage) fromIndex(ctx context.Context, on base) (*facts, *book, error) {
	if c.Index == "" {
		return nil, nil, errReadAnew
	}
	file, err := os.Open(c.Index)
	if err != nil {
		return nil, nil, errReadAnew
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, nil, errReadAnew
	}
	b := newBook(on, c.RowTitles) // of one that is refused nothing stays
	old, err := readFacts(file, info.Size(), on.indexKey(), b)
	if err != nil {
		return nil, nil, errReadAnew
	}
	if old.united.parts, err = directory.ReadParts(ctx, c.DB, old.head.Seq); err != nil { // the records were read by these
		return nil, nil, err
	}
	f, err := old.patch(ctx, c.DB, b)
	if err == nil {
		c.indexed = old.head
	}
	return f, b, err
}

// SaveIndex writes the index file of the snapshot that answers, so that the next start need not read
// the database, unless it was written already. It takes the place of the one before in one step:
// whoever reads at the same time reads the one or the other. An error leaves that one as it was.
func (c *Coverage) SaveIndex() error {
	s := c.current.Load()
	if c.Index == "" || s == nil || s.facts.head == (audit.Head{}) || s.facts.head == c.held(audit.Head{}) {
		return nil
	}
	if err := s.save(c.Index); err != nil {
		return fmt.Errorf("write the index %s: %w", c.Index, err)
	}
	c.held(s.facts.head)
	return nil
}

// held gives what the index file holds, and notes it when it is new.
func (c *Coverage) held(now audit.Head) audit.Head {
	c.reading.Lock()
	defer c.reading.Unlock()
	if now != (audit.Head{}) {
		c.indexed = now
	}
	return c.indexed
}

func (s *snapshot) save(path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	on := base{catalogue: s.book.catalogue, joined: s.book.joined, paragraphs: s.book.paragraphs}
	err = s.write(file, on.indexKey())
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
