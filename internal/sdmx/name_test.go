package sdmx

import "testing"

// A reader that takes the name of a structure in a message for its id must find it; where the id cannot be a
// name there, or is taken, another stands for it.
func TestStructuresAreCalledByTheirIDs(t *testing.T) {
	m := mlWriter{names: map[Ref]string{}}
	for _, c := range []struct{ agency, id, want string }{
		{"ITU", "DATAHUB", "DATAHUB"},
		{"UN", "DATAHUB", "ns1"},
		{"ITU", "ns2", "ns2"},
		{"ITU", "2G", "ns3"},
		{"ITU", "A@B", "ns4"},
		{"ITU", "ss", "ns5"},
		{"ITU", "Xmlns", "ns6"},
	} {
		ref := Ref{Class: Dataflow, Agency: c.agency, ID: c.id, Version: "1.0"}
		if m.names[ref] = m.nameOf(ref); m.names[ref] != c.want {
			t.Errorf("%s:%s is called %q, want %q", c.agency, c.id, m.names[ref], c.want)
		}
	}
}
