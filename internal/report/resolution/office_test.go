package resolution_test

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute/internal/mandate"
	"resolute/internal/ooxml/docx"
)

// Where LibreOffice looks for the macros of a user.
const (
	libraries = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>`
	library = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Changes"/>
</library:library>`
)

// settled lets LibreOffice accept and reject the changes of documents of a folder.
func settled(t *testing.T, folder string, names []string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	switch {
	case err != nil && os.Getenv("RESOLUTE_TEST_OFFICE") == "must":
		t.Fatal("soffice is not installed, and RESOLUTE_TEST_OFFICE=must")
	case err != nil:
		t.Skip("tracked changes in LibreOffice not tried: soffice is not installed")
	}
	macro, err := os.ReadFile("testdata/Changes.xba")
	if err != nil {
		t.Fatal(err)
	}
	profile := t.TempDir()
	run := func(args ...string) {
		ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
		defer stop()
		args = append([]string{"-env:UserInstallation=file://" + profile, "--headless", "--norestore"}, args...)
		if out, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	run("--terminate_after_init") // the first start writes a profile without our macro
	basic := filepath.Join(profile, "user", "basic")
	for _, dir := range []string{filepath.Join(basic, "Standard"), filepath.Join(folder, "accepted"), filepath.Join(folder, "rejected")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"script.xlc": libraries, "Standard/script.xlb": library, "Standard/Changes.xba": string(macro)} {
		store(t, filepath.Join(basic, name), []byte(text))
	}
	run("macro:///Standard.Changes.SettleAll(" + folder + "," + strings.Join(names, "|") + ")")
}

func store(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

const newArabicText = `القرار 140 (المراجَع في بوخارست، 2022)
دور الاتحاد في تنفيذ نتائج القمة وخطة عام 2030
إن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (بوخارست، 2022)،
إذ يذكّر
أ ) بالقرار ITU-R 61 الصادر عن جمعية الاتصالات الراديوية (WSIS)1؛
ب) بالقرار 71 (المراجَع في دبي، 2018)، بشأن الخطة الاستراتيجية للاتحاد للفترة 2020-2023،
يقرر
1 أن يواصل الاتحاد عمله.
[footnote 1] تشمل أقل البلدان نمواً.
`

// TestLibreOfficeAcceptsAndRejectsTheSame holds our reading of a redline against that of a word processor.
func TestLibreOfficeAcceptsAndRejectsTheSame(t *testing.T) {
	folder := t.TempDir()
	pairs := map[string][2]*mandate.Reading{
		"forth.docx":   {mandate.Unheld(oldText), mandate.Unheld(newText)},
		"back.docx":    {mandate.Unheld(newText), mandate.Unheld(oldText)},
		"shorter.docx": {mandate.Unheld(newText), mandate.Unheld(newText[:len(newText)-500])},
		"arabic.docx":  {mandate.Unheld(arabicText), mandate.Unheld(newArabicText)},
	}
	if _, err := os.Stat(samples); err == nil {
		pairs["resolution30.docx"] = [2]*mandate.Reading{real(t, "wtdc21-res30-draft.before.txt"), real(t, "wtdc21-res30-draft.after.txt")}
		pairs["assembly.docx"] = [2]*mandate.Reading{real(t, "un/A_RES_76_189.txt"), real(t, "un/A_RES_77_150.txt")}
	}
	for name, pair := range pairs {
		store(t, filepath.Join(folder, name), tracked(t, pair[0], pair[1]))
	}
	settled(t, folder, slices.Sorted(maps.Keys(pairs)))
	for name := range pairs {
		ours := document(t, filepath.Join(folder, name))
		for side, want := range map[string]docx.Text{"accepted": ours.After, "rejected": ours.Before} {
			d := document(t, filepath.Join(folder, side, name))
			if d.Changed {
				t.Errorf("%s, %s: changes are left", name, side)
			}
			lines, notes := found(d.After)
			wantLines, wantNotes := found(want)
			if !slices.Equal(lines, wantLines) || !slices.Equal(notes, wantNotes) {
				t.Errorf("%s, %s:\nLibreOffice %q %q\nours        %q %q", name, side, lines, notes, wantLines, wantNotes)
			}
		}
	}
}

func document(t *testing.T, path string) *docx.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := docx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
