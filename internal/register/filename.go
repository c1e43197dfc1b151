package register

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// Names that are safe on every system as they stand: of references, which are in capital letters as a
// rule, and of sources, in small ones. Of each only one case, since some systems take both for one.
var (
	safeReference = regexp.MustCompile(`^[A-Z0-9][A-Z0-9._-]{0,99}$`)
	safeSource    = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)
	unsafeSigns   = regexp.MustCompile(`[^A-Za-z0-9_]+`)
)

// device matches what Windows takes for a device, whatever follows the first point.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// fileMark stands in no name that is taken as it stands: what follows it was added here.
const fileMark = "--"

// ReporterFile names the file of a reporting organisation, without ending: by its reference where that
// is safe, else by what is safe of it, two hyphens and sixteen signs that tell it from all others.
// Different references have different names, without regard to case too, and whatever else is held.
func ReporterFile(reporter string) string { return fileName(reporter, reporter, safeReference) }

// SourceFile names the file of a source in the same way. A source that ends in .xml loses that; of those
// that do not, tables keep their ending, and any other gets the signs, since its name may be that of a
// file without .xml.
func SourceFile(source string) string {
	plain, isXML := strings.CutSuffix(source, ".xml")
	isTable := strings.HasSuffix(plain, ".csv") || strings.HasSuffix(plain, ".xlsx")
	if isXML == isTable {
		plain = ""
	}
	return fileName(source, plain, safeSource)
}

// fileName gives plain when it is safe, else what is safe of the whole and a mark of it.
func fileName(whole, plain string, safe *regexp.Regexp) string {
	if safe.MatchString(plain) && !device.MatchString(plain) && !strings.Contains(plain, fileMark) {
		return plain
	}
	sum := sha256.Sum256([]byte(whole))
	rest := strings.Trim(unsafeSigns.ReplaceAllString(whole, "-"), "-_")
	rest = strings.TrimRight(rest[:min(len(rest), 60)], "-")
	if rest == "" {
		rest = "file"
	}
	return rest + fileMark + hex.EncodeToString(sum[:8])
}

// FilePart names the n-th file of those that hold what one name stands for, from 1.
func FilePart(name string, n int) string {
	if n == 1 {
		return name
	}
	return name + fileMark + strconv.Itoa(n)
}
