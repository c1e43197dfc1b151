package framework

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
)

// edition is one version of a scheme with all that comes with it. Mappings stand in the
// edition that brought them.
type edition struct {
	Scheme   Scheme    `json:"scheme"`
	Concepts []Concept `json:"concepts"`
	Mappings []Mapping `json:"mappings"`
}

// The embedded data is read once, at first use.
var (
	builtinAreas    = sync.OnceValue(readAreas)
	builtinEditions = sync.OnceValue(readEditions)
	builtinHash     = sync.OnceValue(dataHash)
	builtinRules    = sync.OnceValue(readRules)
)

var builtin = sync.OnceValue(func() *Catalogue {
	c, lost := assemble(builtinAreas(), builtinEditions(), builtinHash())
	if len(lost) > 0 {
		panic("embedded mapping ends in nothing: " + lost[0].From + " to " + lost[0].To)
	}
	return c
})

// Builtin gives the embedded reference data, read once (about 10 ms).
func Builtin() *Catalogue { return builtin() }

// dataHash is the version of the embedded data: a hash of every table.
func dataHash() string {
	h := sha256.New()
	for _, name := range append(tablesIn("data"), tablesIn("data/names")...) {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(text)
		h.Write([]byte(name))
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// readEditions reads every embedded scheme, in the order of schemes.csv.
func readEditions() []edition {
	called := readNames()
	concepts := map[string][]Concept{}
	for _, read := range []func(names) []Concept{readActionLines, readGoals, readTargets, readIndicators, readFrameworks, readLists} {
		for _, c := range read(called) {
			c.Order = len(concepts[c.Scheme]) + 1
			concepts[c.Scheme] = append(concepts[c.Scheme], c)
		}
	}
	var editions []edition
	readTable("schemes").each(func(_ int, r record) {
		s := Scheme{
			Key: r.get("key"), Title: called[nameKey{"scheme", r.get("key"), "title"}].text,
			Version: r.get("version"), Source: r.get("source"), Addresses: r.list("addresses"),
			Cycle: r.get("cycle"), Note: r.get("note"), Builtin: true,
			ValidFrom: r.get("valid_from"), ValidTo: r.get("valid_to"),
		}
		e := edition{Scheme: s, Concepts: dated(concepts[s.Key], s)}
		if s.Key == ActionLine {
			e.Mappings = readMatrix()
		}
		editions = append(editions, e)
	})
	return editions
}

// dated gives concepts without days of their own those of their scheme, and its cycle.
func dated(concepts []Concept, s Scheme) []Concept {
	for i := range concepts {
		c := &concepts[i]
		c.Cycle = s.Cycle
		if c.ValidFrom == "" && c.ValidTo == "" {
			c.ValidFrom, c.ValidTo = s.ValidFrom, s.ValidTo
		}
	}
	return concepts
}

func readLists(called names) []Concept {
	var list []Concept
	readTable("lists").each(func(_ int, r record) {
		c := Concept{
			Scheme: r.get("scheme"), Code: r.get("code"), Parent: r.get("parent"), Level: r.get("level"),
			Confidence: r.get("confidence"), Source: r.get("source"), Note: r.get("note"), Attributes: map[string]string{},
		}
		for _, pair := range r.list("attributes") {
			key, value, _ := strings.Cut(pair, "=")
			c.Attributes[key] = value
		}
		called.put(&c, c.Code)
		list = append(list, c)
	})
	return list
}
