// Package register holds activities with their money, places, partners and documents, the tags
// that link them with concepts and the links to threads of a resolution; how they come in, how
// they are derived, and what people decided about them.
package register

import (
	"context"
	"time"

	"resolute/internal/db"
)

// Register is the room's door. All fields must be set.
type Register struct {
	DB       *db.DB
	Now      func() time.Time
	Rulebook func(context.Context) (*Rulebook, error) // what activities are read with, as it stands now
}

func (r *Register) rulebook(ctx context.Context) (*Rulebook, error) { return r.Rulebook(ctx) }

// resolve checks that what a decision names exists, and spells it as its table does.
func (b *Rulebook) resolve(d *Decision) error { return nil }
