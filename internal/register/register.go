// Package register holds activities with their money, places, partners and documents, the tags
// that link them with concepts and the links to threads of a resolution; how they come in, how
// they are derived, and what people decided about them.
package register

import (
	"context"
	"time"

	"resolute/internal/db"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

// Register is the room's door. Both exported fields must be set.
type Register struct {
	DB  *db.DB
	Now func() time.Time

	trial *trial // of a preview, which stores nothing; nil otherwise
}

// rulebook compiles what activities are read with, as it stands now.
func (r *Register) rulebook(ctx context.Context) (*Rulebook, error) {
	c, err := (&framework.Framework{DB: r.DB, Now: r.Now}).Load(ctx)
	if err != nil {
		return nil, err
	}
	aliases := map[string]string{}
	for _, a := range mandate.Aliases() {
		aliases[a.Alias] = a.Thread
	}
	threads, err := mandate.Threads(ctx, r.DB)
	if err != nil {
		return nil, err
	}
	return NewRulebook(c, framework.TaggingRules(), aliases, threads...), nil
}
