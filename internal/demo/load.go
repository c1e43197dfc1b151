package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// The files of the demonstration, as accounts of imports name them.
const (
	wordingFile  = "demonstration-wording.txt"
	earlierFile  = "demonstration-wording-earlier.txt"
	secondFile   = "demonstration-second-resolution.txt"
	mainFile     = "demonstration.xml"
	partnersFile = "demonstration-partners.xml"
	archiveFile  = "demonstration-archive.xml"
	brokenFile   = "demonstration-broken.xml"
	ownWorkFile  = "demonstration-own-work.csv"
)

// history is a store in which things happen on days of the demonstration.
type history struct {
	register *register.Register
	options  Options
}

// Load tells the fictional history of a register as the operator of the installation: texts of the
// mandate and of a second resolution in our own words, files of publishers (one of them in two editions, one broken),
// own work from a table, and what a person decided. Everything happens on days of the
// demonstration, not of the clock.
func Load(ctx context.Context, r *register.Register, o Options) error {
	h := history{r, o}
	for _, step := range []struct {
		name, day string
		deed      func(context.Context, *register.Register) error
	}{
		{"the wording", "2025-12-01", h.text(wordingFile, "wording.txt")},
		{"the second resolution", "2025-12-01", h.text(secondFile, "second.txt")},
		{"the first file of the partners", "2026-04-07", h.partners(first)},
		{"the broken file", "2026-07-02", h.broken},
		{"the archive", "2026-09-16", h.file(archiveFile, "old-archive.xml")},
		{"the activities", "2026-09-30", h.activities},
		{"own work", "2026-09-30", h.ownWork},
		{"the second file of the partners", "2026-09-30", h.partners(second)},
		{"the decisions", "2026-10-01", h.decide},
		{"the earlier wording", "2026-10-01", h.text(earlierFile, "wording-earlier.txt")}, // so that paragraphs have a past
	} {
		on := *r
		on.Now = onDay(step.day)
		if err := step.deed(ctx, &on); err != nil {
			return fmt.Errorf("load %s of the demonstration: %w", step.name, err)
		}
	}
	return nil
}

// onDay is a clock that stands at nine in the morning of a day.
func onDay(day string) func() time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err) // the days are written above
	}
	return func() time.Time { return at.Add(9 * time.Hour) }
}

func (h history) text(name, embedded string) func(context.Context, *register.Register) error {
	return func(ctx context.Context, r *register.Register) error {
		_, err := (&mandate.Mandate{DB: r.DB, Now: r.Now}).Import(ctx, resolute.Operator(), mandate.File{Name: name, Data: bytesOf(embedded)})
		return err
	}
}

func (h history) activities(ctx context.Context, r *register.Register) error {
	return streamed(ctx, r, mainFile, func(w io.Writer) error { return Write(w, h.options) })
}

func (h history) partners(e edition) func(context.Context, *register.Register) error {
	return func(ctx context.Context, r *register.Register) error {
		return streamed(ctx, r, partnersFile, func(w io.Writer) error { return writePartners(w, h.options.Seed, e) })
	}
}

func (h history) file(name, embedded string) func(context.Context, *register.Register) error {
	return func(ctx context.Context, r *register.Register) error {
		_, err := r.ImportIATI(ctx, resolute.Operator(), register.Source{File: name}, bytes.NewReader(bytesOf(embedded)), register.ImportOptions{})
		return err
	}
}

// broken brings in a file that is refused whole.
func (h history) broken(ctx context.Context, r *register.Register) error {
	account, err := r.ImportIATI(ctx, resolute.Operator(), register.Source{File: brokenFile}, bytes.NewReader(bytesOf("cut-off.xml")), register.ImportOptions{})
	if resolute.CodeOf(err) == resolute.Invalid && account.State == ledger.Refused {
		return nil
	}
	return fmt.Errorf("the broken file was not refused: %v", err)
}

func (h history) ownWork(ctx context.Context, r *register.Register) error {
	_, err := r.ImportTable(ctx, resolute.Operator(), register.Source{File: ownWorkFile}, bytes.NewReader(bytesOf("own-work.csv")), register.ImportOptions{})
	return err
}

// streamed imports what write writes while it is written, so that memory does not grow with it.
func streamed(ctx context.Context, r *register.Register, name string, write func(io.Writer) error) error {
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(write(writer)) }() // ends when the import has read all or closes the pipe
	_, err := r.ImportIATI(ctx, resolute.Operator(), register.Source{File: name}, reader, register.ImportOptions{})
	if err != nil {
		reader.CloseWithError(err)
	}
	return err
}
