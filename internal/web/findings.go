package web

import (
	"context"

	"resolute"
)

// FindingLine is one thing wrong with a text, at its provision.
type FindingLine struct {
	resolute.Finding
	Href, Path string // of the provision; empty: none
}

// shownFaults is how many findings the page of a text lists.
const shownFaults = 60

// todayView is the view of a text whose findings are judged on the day of the data.
const todayView = "today"

// fillFindings lists what is wrong with the text shown, on its own day or on that of the data.
func (s *Site) fillFindings(ctx context.Context, r *request, p *textPage) error {
	if p.Reading == nil {
		return nil
	}
	found := p.Reading.Findings
	if p.Today = r.values.Get("view") == todayView; p.Today {
		var err error
		if found, err = s.Mandate.JudgedOn(ctx, p.Reading, r.day()); err != nil {
			return err
		}
	}
	p.Faults = len(found)
	for _, f := range found[:min(len(found), shownFaults)] {
		line := FindingLine{Finding: f}
		if w, ok := p.Reading.ProvisionAt(f.Line); ok {
			line.Href, line.Path = p.URL(threadPage(w.Thread)), w.Path
		}
		p.Findings = append(p.Findings, line)
	}
	return nil
}
