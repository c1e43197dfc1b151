package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// archiveOf writes a zip file of names and contents.
func archiveOf(t *testing.T, files ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "publisher.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesOfAnArchive(t *testing.T) {
	path := archiveOf(t, [2]string{"a.xml", "first"}, [2]string{"sub/", ""}, [2]string{"sub/b.XML", "second"}, [2]string{"read.me", "no"},
		[2]string{"__MACOSX/a.xml", "no"}, [2]string{"../../up.xml", "third"}, [2]string{"in.zip", "no"}, [2]string{"a.xml", "again"},
		[2]string{"line\nbreak.xml", "no"}, [2]string{"bomb.xml", strings.Repeat(" ", 4<<20)})
	inputs, err := listInputs([]string{path}, []string{".xml", ".xml.gz"}, importFlags{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, in := range inputs {
		f, size, err := in.open()
		if err != nil {
			got = append(got, "refused: "+in.fault.Error())
			continue
		}
		words, err := io.ReadAll(f)
		if err != nil || int64(len(words)) != size || f.Close() != nil {
			t.Errorf("%s: %d bytes of %d, %v", in.source, len(words), size, err)
		}
		got = append(got, in.source+": "+string(words))
	}
	want := []string{"publisher.zip/a.xml: first", "publisher.zip/sub/b.XML: second", "publisher.zip/../../up.xml: third",
		"refused: an archive within an archive is not read; unpack it", "refused: the archive holds two files of that name",
		"refused: its name in the archive is too long or holds control characters", "refused: it unpacks to more than 250 times its size"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestArchivesThatAreRefused(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.zip")
	if err := os.WriteFile(broken, []byte("PK\x03\x04 and no more"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{broken: "not a valid zip file", archiveOf(t, [2]string{"read.me", "no"}): "no file in it ends in .xml"} {
		inputs, err := listInputs([]string{path}, []string{".xml", ".xml.gz"}, importFlags{})
		if err != nil || len(inputs) != 1 || inputs[0].fault == nil || !strings.Contains(inputs[0].fault.Error(), says) {
			t.Errorf("%+v, %v; want a fault with %q", inputs, err, says)
		}
	}
}
