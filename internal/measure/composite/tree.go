package composite

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// Node is a branch (with Parts) or a leaf, whose id is that of an indicator.
type Node struct {
	ID        string      `json:"id"`
	Weight    float64     `json:"weight"` // among the parts of its branch; they need not add up to 1
	Parts     []Node      `json:"parts,omitempty"`
	Goalposts *[2]float64 `json:"goalposts,omitempty"` // values of score 0 and of full score; swapped where less is better
	Log10     bool        `json:"log10,omitempty"`     // the value's logarithm is scored; goalposts are logarithms too
}

// Tree is an index as a method file describes it.
type Tree struct {
	ID       string  `json:"id"` // name@version
	Source   string  `json:"source"`
	Scale    float64 `json:"scale"`              // the full score
	Decimals *int    `json:"decimals,omitempty"` // to which the index is published; nil: not rounded
	Root     Node    `json:"root"`
}

//go:embed methods/*.json
var methodFiles embed.FS

// ErrTree says that a method file is no tree that can be reckoned.
var ErrTree = errors.New("not an index")

// Builtin gives the built-in trees by id without version: idi-2009 and idi-2023.
func Builtin(name string) (Tree, error) {
	f, err := methodFiles.Open("methods/" + name + ".json")
	if err != nil {
		return Tree{}, fmt.Errorf("%w: there is no built-in index %q", ErrTree, name)
	}
	defer func() { _ = f.Close() }()
	return Read(f)
}

// largestMethod bounds a method file in bytes.
const largestMethod = 1 << 20

// Read reads a method file. The error is ErrTree when it is to blame.
func Read(r io.Reader) (Tree, error) {
	var t Tree
	data, err := io.ReadAll(io.LimitReader(r, largestMethod+1))
	if err != nil {
		return Tree{}, err
	}
	if len(data) > largestMethod {
		return Tree{}, fmt.Errorf("%w: want a file of at most 1 MiB", ErrTree)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		return Tree{}, fmt.Errorf("%w: %w", ErrTree, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Tree{}, fmt.Errorf("%w: something stands behind the tree", ErrTree)
	}
	if t.ID == "" || !(t.Scale > 0 && t.Scale <= largest) {
		return Tree{}, fmt.Errorf("%w: want an id, and a scale above 0, at most a million", ErrTree)
	}
	if t.Decimals != nil && (*t.Decimals < 0 || *t.Decimals > mostDecimals) {
		return Tree{}, fmt.Errorf("%w: decimals: want 0 to %d", ErrTree, mostDecimals)
	}
	return t, t.Root.check(map[string]bool{}, 1)
}

// The bounds of a tree.
const (
	largest      = 1e6  // scale and weights
	farthest     = 1e15 // goalposts
	mostDecimals = 10
	deepest      = 20 // branches below each other
)

func (n Node) check(seen map[string]bool, depth int) error {
	if depth > deepest {
		return fmt.Errorf("%w: want at most %d branches below each other", ErrTree, deepest)
	}
	if n.ID == "" || seen[n.ID] {
		return fmt.Errorf("%w: id %q is empty or occurs twice", ErrTree, n.ID)
	}
	seen[n.ID] = true
	if n.Goalposts != nil && (len(n.Parts) > 0 || n.Goalposts[0] == n.Goalposts[1]) {
		return fmt.Errorf("%w: goalposts of %s: want two different ones, at a leaf", ErrTree, n.ID)
	}
	if p := n.Goalposts; p != nil && (math.Abs(p[0]) > farthest || math.Abs(p[1]) > farthest) {
		return fmt.Errorf("%w: goalposts of %s: want none beyond %g", ErrTree, n.ID, farthest)
	}
	for _, part := range n.Parts {
		if !(part.Weight > 0 && part.Weight <= largest) {
			return fmt.Errorf("%w: weight of %s: want one above 0, at most a million", ErrTree, part.ID)
		}
		if err := part.check(seen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// Missing names the leaves without goalposts; with any the index cannot be reckoned.
func (t Tree) Missing() []string {
	var missing []string
	t.Root.each(func(n Node) {
		if len(n.Parts) == 0 && n.Goalposts == nil {
			missing = append(missing, n.ID)
		}
	})
	return missing
}

// Branches names the nodes that have parts, in the order of the tree.
func (t Tree) Branches() []string {
	var list []string
	t.Root.each(func(n Node) {
		if len(n.Parts) > 0 {
			list = append(list, n.ID)
		}
	})
	return list
}

// Indicators names the leaves, in the order of the tree.
func (t Tree) Indicators() []string {
	var list []string
	t.Root.each(func(n Node) {
		if len(n.Parts) == 0 {
			list = append(list, n.ID)
		}
	})
	return list
}

func (n Node) each(do func(Node)) {
	do(n)
	for _, part := range n.Parts {
		part.each(do)
	}
}

// ErrGoalposts says that an index has leaves without goalposts.
var ErrGoalposts = errors.New("goalposts must be supplied")

// Score reckons the index of one area from the values of its indicators. Scores are by node, from 0
// to the scale; a node is left out where a value below it is missing. The error is ErrGoalposts.
func (t Tree) Score(values map[string]float64) (map[string]float64, error) {
	if missing := t.Missing(); len(missing) > 0 {
		return nil, fmt.Errorf("%w: %s has none for %v", ErrGoalposts, t.ID, missing)
	}
	scores := map[string]float64{}
	t.Root.score(values, t.Scale, scores)
	if whole, ok := scores[t.Root.ID]; ok && t.Decimals != nil {
		scores[t.Root.ID] = rounded(whole, *t.Decimals)
	}
	return scores, nil
}

func (n Node) score(values map[string]float64, scale float64, scores map[string]float64) (float64, bool) {
	if len(n.Parts) == 0 {
		return n.leaf(values, scale, scores)
	}
	sum, weight, whole := 0.0, 0.0, true
	for _, part := range n.Parts {
		s, ok := part.score(values, scale, scores)
		whole = whole && ok
		sum, weight = sum+part.Weight*s, weight+part.Weight
	}
	if !whole {
		return 0, false
	}
	scores[n.ID] = sum / weight
	return scores[n.ID], true
}

// leaf is scale x (x - min) / (max - min), held between 0 and the scale.
func (n Node) leaf(values map[string]float64, scale float64, scores map[string]float64) (float64, bool) {
	x, known := values[n.ID]
	if n.Log10 {
		x = math.Log10(x)
	}
	if !known || math.IsNaN(x) {
		return 0, false
	}
	s := scale * max(0, min(1, (x-n.Goalposts[0])/(n.Goalposts[1]-n.Goalposts[0])))
	scores[n.ID] = s
	return s, true
}

// GroupMean is the index of a group as ITU publishes it: the plain mean of the rounded scores of
// its members. It is NaN without members.
func (t Tree) GroupMean(members []float64) float64 {
	sum := 0.0
	for _, m := range members {
		if t.Decimals != nil {
			m = rounded(m, *t.Decimals)
		}
		sum += m
	}
	return sum / float64(len(members))
}

func rounded(v float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round(v*unit) / unit
}

// WithGoalposts gives the tree with goalposts by indicator put in; they replace those it has.
func (t Tree) WithGoalposts(posts map[string][2]float64) (Tree, error) {
	unused := map[string]bool{}
	for id := range posts {
		unused[id] = true
	}
	t.Root = t.Root.with(posts, unused)
	if len(unused) > 0 {
		names := make([]string, 0, len(unused))
		for id := range unused {
			names = append(names, id)
		}
		slices.Sort(names)
		return Tree{}, fmt.Errorf("%w: %s has no indicator %v", ErrTree, t.ID, names)
	}
	return t, t.Root.check(map[string]bool{}, 1)
}

func (n Node) with(posts map[string][2]float64, unused map[string]bool) Node {
	if p, ok := posts[n.ID]; ok && len(n.Parts) == 0 {
		n.Goalposts = &p
		delete(unused, n.ID)
	}
	n.Parts = slices.Clone(n.Parts)
	for i, part := range n.Parts {
		n.Parts[i] = part.with(posts, unused)
	}
	return n
}
