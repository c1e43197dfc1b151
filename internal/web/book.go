package web

import (
	"context"
	"errors"
	"io"

	"resolute/internal/coverage"
	"resolute/internal/form"
	"resolute/internal/register"
)

// listBook gives a whole list as a workbook that can be taken in again; nothing of the past, whose rows
// are not held.
func (s *Site) listBook(ctx context.Context, r *request, q coverage.ListQuery) func(io.Writer) error {
	if r.pin.seq != 0 {
		return nil
	}
	return func(w io.Writer) error {
		c, err := s.Frameworks.Load(ctx)
		if err != nil {
			return err
		}
		book := form.NewWriter(w, r.lang, c)
		return errors.Join(s.Register.GiveRows(ctx, register.Giving{Listed: s.listed(ctx, q)}, book.Begin, book.Take), book.Close())
	}
}
