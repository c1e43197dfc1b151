package cli

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What an archive may hold. Names in it are labels and never paths.
const (
	mostMembers   = 10_000
	mostUnpacked  = 16 << 30 // bytes of all its files
	mostUnfolded  = 250      // times its packed size, which a file of less than smallMember may exceed
	smallMember   = 1 << 20
	mostNameBytes = 500
)

// isArchive reports whether an argument is a zip file where files of the given endings are wanted.
func isArchive(path string, endings []string) bool {
	return strings.EqualFold(filepath.Ext(path), ".zip") && slices.Contains(endings, ".xml")
}

// membersOf lists the files of an archive that are wanted, each as an input like the one given. What
// is wrong with the archive or a file of it is the fault of an input.
func membersOf(archive input, endings []string) []input {
	faulty := func(err error) []input {
		archive.fault = err
		return []input{archive}
	}
	z, err := zip.OpenReader(archive.path)
	if err != nil {
		return faulty(err)
	}
	defer z.Close()
	if len(z.File) > mostMembers {
		return faulty(fmt.Errorf("the archive holds %d files; %d are read at most", len(z.File), mostMembers))
	}
	var inputs []input
	var unpacked uint64
	seen := map[string]bool{}
	for i, f := range z.File {
		if !wantedMember(f.Name, endings) {
			continue
		}
		if unpacked += f.UncompressedSize64; unpacked > mostUnpacked || f.UncompressedSize64 > mostUnpacked {
			return faulty(fmt.Errorf("the archive unpacks to more than %d GiB", mostUnpacked>>30))
		}
		in := archive
		in.member, in.path, in.source = i+1, archive.path+"/"+f.Name, sourceOf(archive.source+"/"+f.Name)
		in.archive, in.fault = archive.path, memberFault(f, seen[f.Name])
		if !plainName(f.Name) {
			in.path, in.source = fmt.Sprintf("%s/%d", archive.path, i+1), ""
		}
		seen[f.Name] = true
		inputs = append(inputs, in)
	}
	if len(inputs) == 0 {
		return faulty(fmt.Errorf("no file in it ends in %s", strings.Join(endings, " or ")))
	}
	return inputs
}

// wantedMember reports whether a file of an archive is read, or refused, by its name; folders, other
// files and the notes of macOS are passed over.
func wantedMember(name string, endings []string) bool {
	low := strings.ToLower(name)
	return !strings.HasPrefix(low, "__macosx/") && (strings.HasSuffix(low, ".zip") ||
		slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(low, ending) }))
}

// memberFault says why a file of an archive is not read.
func memberFault(f *zip.File, again bool) error {
	switch {
	case !plainName(f.Name):
		return errors.New("its name in the archive is too long or holds control characters")
	case strings.HasSuffix(strings.ToLower(f.Name), ".zip"):
		return errors.New("an archive within an archive is not read; unpack it")
	case f.Flags&1 != 0:
		return errors.New("it is encrypted; archives without password are read")
	case again:
		return errors.New("the archive holds two files of that name")
	case f.UncompressedSize64 > smallMember && f.UncompressedSize64/mostUnfolded > f.CompressedSize64:
		return fmt.Errorf("it unpacks to more than %d times its size", mostUnfolded)
	}
	return nil
}

func plainName(name string) bool {
	return len(name) <= mostNameBytes && utf8.ValidString(name) && strings.IndexFunc(name, unicode.IsControl) < 0
}

// open opens the file, or the file of an archive, and says how long it is.
func (in input) open() (io.ReadCloser, int64, error) {
	if in.fault != nil {
		return nil, 0, unreadable(in.path, in.fault)
	}
	if in.member > 0 {
		return in.openMember()
	}
	f, err := os.Open(in.path)
	if err != nil {
		return nil, 0, unreadable(in.path, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, closing(f, unreadable(in.path, err))
	}
	return f, info.Size(), nil
}

func (in input) openMember() (io.ReadCloser, int64, error) {
	z, err := zip.OpenReader(in.archive)
	if err != nil {
		return nil, 0, unreadable(in.path, err)
	}
	if in.member > len(z.File) {
		return nil, 0, closing(z, unreadable(in.path, errors.New("the archive changed while it was read")))
	}
	f := z.File[in.member-1]
	r, err := f.Open()
	if err != nil {
		return nil, 0, closing(z, unreadable(in.path, err))
	}
	return &member{r, z, int64(f.UncompressedSize64)}, int64(f.UncompressedSize64), nil
}

// member is a file of an archive while it is read: no byte more than the archive says it has.
type member struct {
	io.ReadCloser
	archive io.Closer
	left    int64
}

func (m *member) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if m.left -= int64(n); m.left < 0 {
		return 0, errors.New("the archive holds more of this file than it says")
	}
	return n, err
}

func (m *member) Close() error { return errors.Join(m.ReadCloser.Close(), m.archive.Close()) }
