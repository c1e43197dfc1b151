package framework

// Catalogue is every scheme, concept, mapping and area as one immutable value, safe for
// concurrent readers. Slices and maps that it returns belong to it and must not be changed.
type Catalogue struct {
	version  string
	schemes  []Scheme
	bySchema map[string]*shelf
}

// shelf is one scheme with its concepts in order and by folded code.
type shelf struct {
	scheme   Scheme
	concepts []Concept
	byCode   map[string]int
}
