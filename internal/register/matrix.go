package register

import (
	"context"
	"slices"
	"strings"

	"resolute/internal/framework"
)

// MatrixRule names the rule that proposes goals and targets for action lines by the WSIS-SDG matrix.
const MatrixRule = "matrix"

// sectorRules begins the names of the rules that give action lines for DAC codes.
const sectorRules = "dac:"

// Matrix is what the WSIS-SDG matrix joins each action line with, goals before targets. It is
// immutable and safe for several goroutines.
type Matrix map[string][]cell

// cell is what the matrix joins a line with.
type cell struct{ scheme, code string }

// NewMatrix takes the matrix of a catalogue.
func NewMatrix(c *framework.Catalogue) Matrix {
	m := Matrix{}
	for _, line := range c.Concepts(framework.ActionLine) {
		for _, goal := range c.MatrixGoals(line.Code) {
			m[line.Code] = append(m[line.Code], cell{framework.Goal, goal})
		}
		for _, target := range c.MatrixTargets(line.Code) {
			m[line.Code] = append(m[line.Code], cell{framework.Target, target})
		}
	}
	return m
}

// matrix is that of the frameworks as they stand.
func (r *Register) matrix(ctx context.Context) (Matrix, error) {
	c, err := (&framework.Framework{DB: r.DB, Now: r.Now}).Load(ctx)
	if err != nil {
		return nil, err
	}
	return NewMatrix(c), nil
}

// Derive gives the tags that the rule proposes for an activity beside its other tags, as these are
// stored, level by level (oracle rule 17). They are not stored: they follow from the others, of which
// there would be four times as many. A concept that its level has gets no proposal. The reason names
// the lines; a share is not given, since it depends on what else counts. Reviews play no part.
func (m Matrix) Derive(others []Tag) []Tag {
	d := derivation{have: map[tagKey]bool{}}
	lines := map[int]*linesOf{}
	var levels []int
	for _, t := range others {
		d.have[t.key()] = true
		if t.Scheme != framework.ActionLine {
			continue
		}
		l := lines[t.Txn]
		if l == nil {
			l = &linesOf{}
			lines[t.Txn] = l
			levels = append(levels, t.Txn)
		}
		l.take(t)
	}
	slices.Sort(levels)
	for _, txn := range levels {
		m.derive(&d, txn, lines[txn].sure())
	}
	return d.tags
}

// derive adds what lines of a level are joined with.
func (m Matrix) derive(d *derivation, txn int, lines []string) {
	reasons := map[cell][]string{}
	var order []cell
	for _, line := range lines {
		for _, c := range m[line] {
			if reasons[c] == nil {
				order = append(order, c)
			}
			reasons[c] = append(reasons[c], line)
		}
	}
	for _, c := range order {
		d.add(Tag{Txn: txn, Scheme: c.scheme, Code: c.code, Share: NoShare, Rule: MatrixRule, Reason: strings.Join(reasons[c], ", ")})
	}
}

// linesOf are the action lines of a level.
type linesOf struct{ stated, sectors []string }

func (l *linesOf) take(t Tag) {
	switch {
	case t.Basis == Stated:
		l.stated = append(l.stated, t.Code)
	case strings.HasPrefix(t.Rule, sectorRules):
		l.sectors = append(l.sectors, t.Code)
	}
}

// sure are the lines that are worth a further step: the stated ones, else those that sectors gave.
// Lines that only words suggest propose nothing more.
func (l *linesOf) sure() []string {
	if len(l.stated) > 0 {
		return l.stated
	}
	return l.sectors
}

// complete puts behind the tags of activities what the matrix proposes for them.
func (m Matrix) complete(tags map[int64][]Tag) {
	for version, others := range tags {
		tags[version] = append(others, m.Derive(others)...)
	}
}
