package cli

import (
	"context"
	"fmt"
	"time"

	"resolute/internal/mandate"
)

// lintHeld looks at the texts in force that the database holds.
func (a *app) lintHeld(ctx context.Context, q mandate.HeldQuery) error {
	var err error
	if q.Day, err = dayOr(q.Day, ""); err != nil {
		return err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	p, told := a.newProgress(), now()
	findings, err := h.mandate.LintHeld(ctx, q, func(done, total int) {
		if now().Sub(told) > 2*time.Second {
			told = now()
			p.note(fmt.Sprintf("%s of %s read.", grouped(done), counted(total, "text")))
		}
	})
	if err := closing(h, err); err != nil {
		return err
	}
	if err := a.printFindings(findings); err != nil {
		return err
	}
	return findingsExit(findings, nil)
}
