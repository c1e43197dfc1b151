package statfile

// Observation is one value of a file, as printed. Strings are valid until the next one is given.
type Observation struct {
	Dataflow    string // ITU:DATAHUB, WB:WDI, UNSD:SDG, OPENSDG, OWID, or what a plain file says
	Indicator   string // the code of the source
	Name        string // of the indicator; empty: not stated
	Unit        string
	Parent      string // indicator of which this one is a breakdown
	Description string
	Area        string // the code of the source: ISO 3166 alpha-3 or alpha-2, or M49; else its name
	AreaName    string
	Dims        []Dim  // further dimensions, in the order of the columns, without those left empty
	Period      string // 2015, 2015-16, 2015-Q1
	Value       string // decimal text; or words, where Words; empty: stated to be missing
	Words       bool
	Status      string // OBS_STATUS of SDMX: E estimated, M missing ...; empty: not stated
	Multiplier  string // UNIT_MULT: the power of ten that the value is in; empty: not stated
	Nature      string // NATURE of the SDG data structure: C, CA, E, G, M, N, NA; empty: not stated
	Source      string
	Note        string
	Line        int // of the file
	Address     string
}

// Dim is the value of one further dimension.
type Dim struct{ Name, Value string }
