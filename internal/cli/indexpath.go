package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
)

// noIndex as the path of the index switches it off.
const noIndex = "none"

// indexPath is where the index file of the database stands: as set, beside a SQLite file, or in the
// cache folder of the user under a name that tells nothing of the address; empty for none.
func (a *app) indexPath() string {
	switch {
	case a.index == noIndex:
		return ""
	case a.index != "":
		return a.index
	case !strings.Contains(a.database, "://"):
		return a.database + ".index"
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return "" // a machine without such a folder does without
	}
	sum := sha256.Sum256([]byte(a.database))
	return filepath.Join(folder, "resolute", hex.EncodeToString(sum[:8])+".index")
}
