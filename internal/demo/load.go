package demo

import (
	"context"
	"io"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// decisions are what the fictional operator decided: one rule confirmed for one publisher, one
// refused everywhere, so that pages show every review.
var decisions = []register.Decision{
	{Verdict: register.Confirm, Reach: register.Reach{Rule: "dac:22020", Scheme: framework.ActionLine, Code: "C2", Reporter: "ZZ-DEMO-001"},
		Share: register.NoShare, Reason: "Fictional decision: checked with the publisher."},
	{Verdict: register.Refuse, Reach: register.Reach{Rule: "dac:16061", Scheme: framework.ActionLine, Code: "C9"},
		Share: register.NoShare, Reason: "Fictional decision: these projects are about culture, not media."},
}

// Load imports the fictional activities into a register and takes the fictional decisions, as
// the operator of the installation.
func Load(ctx context.Context, r *register.Register, o Options) error {
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(Write(writer, o)) }() // ends when the import has read all or closes the pipe
	_, err := r.ImportIATI(ctx, resolute.Operator(), register.Source{File: "demonstration.xml"}, reader, register.ImportOptions{})
	if err != nil {
		reader.CloseWithError(err)
		return err
	}
	for _, d := range decisions {
		if _, err := r.Decide(ctx, resolute.Operator(), d); err != nil {
			return err
		}
	}
	return nil
}
