package iati

import "cmp"

// Options are the limits a Reader holds an input to. A zero stands for the default.
type Options struct {
	MaxDepth      int   // nested elements, the root counts; 100
	MaxAttributes int   // attributes of one element; 64
	MaxText       int64 // bytes of one text, comment or tag; 16 MiB
	MaxActivity   int64 // bytes of one child of the root; 32 MiB
	MaxFile       int64 // bytes of the unpacked file; 4 GiB
}

// withDefaults gives the options with every zero replaced by its default.
func (o Options) withDefaults() Options {
	o.MaxDepth = cmp.Or(o.MaxDepth, 100)
	o.MaxAttributes = cmp.Or(o.MaxAttributes, 64)
	o.MaxText = cmp.Or(o.MaxText, 16<<20)
	o.MaxActivity = cmp.Or(o.MaxActivity, 32<<20)
	o.MaxFile = cmp.Or(o.MaxFile, 4<<30)
	return o
}
