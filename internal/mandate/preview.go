package mandate

import (
	"context"

	"resolute"
	"resolute/internal/ledger"
)

// Preview is what the import of a text would do.
type Preview struct {
	Account    ledger.Import // as its account would be; refused whole when its State says so
	Findings   []resolute.Finding
	Instrument string    // its key; empty when refused
	Document   *Document // nil when the text cannot be read
	Mixed      bool
	Known      bool // the same text is held already
	TwoTexts   bool // the file bears tracked changes; a side chooses one
}

// Preview reads a file as Import does and stores nothing.
func (m *Mandate) Preview(ctx context.Context, file File) (Preview, error) {
	in := newIncoming(resolute.Actor{}, file, m.Now())
	in.read()
	return m.preview(ctx, in)
}

// preview holds a text that was read against what is stored.
func (m *Mandate) preview(ctx context.Context, in *incoming) (Preview, error) {
	if err := in.fitDecisions(ctx, m.DB); err != nil {
		return Preview{}, err
	}
	p := Preview{Findings: in.findings, Instrument: in.instrument, Document: in.doc, Mixed: in.mixed, TwoTexts: in.twoTexts}
	var err error
	if in.account.State != ledger.Refused {
		rows := wordings(in.doc, in.instrument, in.mixed)
		if err := in.settle(ctx, m.DB, rows); err != nil {
			return p, err
		}
		p.Findings = in.findings
		p.Known, err = in.compare(ctx, m.DB, rows)
	}
	p.Account = in.account
	return p, err
}
