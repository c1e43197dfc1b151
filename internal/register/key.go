package register

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"

	"resolute/internal/directory"
)

// keyBytes is how much of the hash a key keeps: 80 bits are 16 signs of base32, and a million
// keys meet by chance once in two billion installations.
const keyBytes = 10

var keyText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Key is the lasting name of an activity: reporting organisation, identifier, source and
// occurrence (1, 2 ... among equal identifiers of one file), hashed, so that it is the same in
// every installation. Reporter is the form that ReporterOf gives.
func Key(reporter, identifier, source string, occurrence int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{reporter, identifier, source, strconv.Itoa(occurrence)}, "\x00")))
	return keyText.EncodeToString(sum[:keyBytes])
}

// ReporterOf is the form in which a reporting organisation enters keys and comparisons: its
// reference in upper case, else its folded name.
func ReporterOf(ref, name string) string {
	key := directory.Party{Ref: ref, Name: name}.Key()
	_, reporter, _ := strings.Cut(key, ":")
	return reporter
}

// FoldIdentifier is the form in which identifiers of activities are compared: without outer blanks,
// in upper case.
func FoldIdentifier(identifier string) string { return strings.ToUpper(strings.TrimSpace(identifier)) }

// identity tells which activity of a source a record is, whatever its occurrence. An import
// holds one for each record, so it is short: 128 bits of the hash.
type identity [16]byte

func identityOf(reporter, identifier string) identity {
	sum := sha256.Sum256([]byte(reporter + "\x00" + identifier))
	return identity(sum[:16])
}
