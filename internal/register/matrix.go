package register

import (
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

// Derive gives the tags that the rule proposes for an activity beside its other tags, as they are
// stored: Rulebook.Derive puts the same behind them, in the same order. Reviews play no part.
func (m Matrix) Derive(others []Tag) []Tag {
	d := derivation{book: &Rulebook{matrix: m}, have: map[tagKey]bool{}}
	var levels []int
	for _, t := range others {
		d.have[tagKey{t.Txn, t.Scheme, t.Code}] = true
		switch {
		case t.Basis == Stated:
			d.view.Stated = append(d.view.Stated, t)
		case strings.HasPrefix(t.Rule, sectorRules):
			d.tags = append(d.tags, t)
		}
		if !slices.Contains(levels, t.Txn) {
			levels = append(levels, t.Txn)
		}
	}
	d.sure = len(d.tags)
	slices.Sort(levels)
	for _, txn := range levels {
		d.matrix(txn)
	}
	return d.tags[d.sure:]
}
