package sdmx

import (
	"bufio"
	"slices"
	"strings"
)

// csvColumn is one column of SDMX-CSV.
type csvColumn struct {
	id       string
	skip     bool     // keys and names, which repeat what other columns say
	labelled bool     // cells are CODE: Label
	several  bool     // several values, cut at the sub-separator
	langs    []string // languages of the values
	role     role     // as far as known
}

// csvHeader is the first row, understood.
type csvHeader struct {
	version           Format
	class, id, action int // columns; -1: none
	columns           []csvColumn
	subSeparator      string

	named     bool // the name of each component has a column of its own
	separator byte
	cells     []string
}

// readCSVHeader reads the first row; the sign behind its first cell is the separator.
func readCSVHeader(in *bufio.Reader) (*csvHeader, *rowScanner, error) {
	s := &rowScanner{in: in, separator: separatorOf(in)}
	cells, err := s.row()
	if err != nil {
		return nil, nil, err
	}
	h := &csvHeader{class: -1, id: -1, action: -1, separator: s.separator, subSeparator: ";", cells: slices.Clone(cells)}
	if err := h.understand(s.line); err != nil {
		return nil, nil, err
	}
	return h, s, nil
}

func separatorOf(in *bufio.Reader) byte {
	head, _ := in.Peek(256) // a shorter file shows less
	inside := false
	for _, c := range head {
		switch {
		case c == '[':
			inside = true
		case c == ']':
			inside = false
		case !inside && (c == ',' || c == ';' || c == '\t' || c == '|'):
			return c
		case c == '\n':
			return ','
		}
	}
	return ','
}

// understand tells what each column is.
func (h *csvHeader) understand(line int) error {
	first, sub, _ := strings.Cut(h.cells[0], "[")
	switch first {
	case "DATAFLOW":
		h.version, h.id = CSV10, 0
	case "STRUCTURE":
		h.version, h.class = CSV21, 0
		if sub = strings.TrimSuffix(sub, "]"); sub != "" {
			h.subSeparator = sub
		}
	default:
		return refuse("sdmx-header", place{line, 1}, h.cells[0], "STRUCTURE or DATAFLOW",
			"the first column of SDMX-CSV is STRUCTURE (2.x) or DATAFLOW (1.0): this is neither SDMX-CSV nor another format of SDMX")
	}
	if len(h.cells) > maxComponents {
		return refuse("sdmx-limit", place{line, 1}, "", "at most 2,000 columns", "the header has %d columns", len(h.cells))
	}
	h.columns = make([]csvColumn, len(h.cells))
	seen := map[string]bool{}
	for i, cell := range h.cells {
		c := &h.columns[i]
		if h.special(i, cell, c) {
			continue
		}
		c.understand(cell)
	}
	if h.named {
		h.skipNames()
	}
	for i, c := range h.columns {
		switch {
		case c.skip:
		case c.id == "" || seen[c.id]:
			return refuse("sdmx-header", place{line, 1}, h.cells[i], "a name for each column, once", "column %d has no name, or one that stands there already", i+1)
		default:
			seen[c.id] = true
		}
	}
	if h.version == CSV21 && h.id < 0 {
		return refuse("sdmx-header", place{line, 1}, strings.Join(h.cells, ","), "STRUCTURE_ID", "the column STRUCTURE_ID is missing: nothing says what the data are about")
	}
	h.guess()
	return nil
}

// special recognizes the columns that are no components.
func (h *csvHeader) special(i int, cell string, c *csvColumn) bool {
	c.skip = true
	switch {
	case i == 0:
	case h.version == CSV21 && cell == "STRUCTURE_ID":
		h.id = i
	case h.version == CSV21 && cell == "STRUCTURE_NAME":
		h.named = true
	case h.version == CSV21 && cell == "ACTION":
		h.action = i
	case cell == "SERIES_KEY" || cell == "OBS_KEY":
	default:
		c.skip = false
		return false
	}
	return true
}

// understand reads ID, ID: Label, ID[] and ID[en;fr].
func (c *csvColumn) understand(cell string) {
	id, _, labelled := strings.Cut(cell, ": ")
	c.labelled = labelled
	if name, inside, ok := strings.Cut(id, "["); ok && strings.HasSuffix(inside, "]") && !strings.ContainsAny(inside, "[.") {
		c.several = true
		if inside = strings.TrimSuffix(inside, "]"); inside != "" {
			c.langs = strings.FieldsFunc(inside, func(r rune) bool { return r == ';' || r == ',' || r == '|' })
		}
		id = name
	}
	c.id = strings.TrimSpace(id)
}

// skipNames drops each second component column: it holds the name of the one before.
func (h *csvHeader) skipNames() {
	odd := false
	for i := range h.columns {
		if h.columns[i].skip {
			continue
		}
		h.columns[i].skip = odd
		odd = !odd
	}
}

// guess tells dimensions from measures and attributes by their order, as the standard recommends
// it: dimensions come first, and the time or the value ends them. Where the value stands before
// the time, well-known names tell attributes too.
func (h *csvHeader) guess() {
	named := func(name string) int {
		return slices.IndexFunc(h.columns, func(c csvColumn) bool { return !c.skip && strings.HasPrefix(c.id, name) })
	}
	time, measure := named(timePeriod), named(obsValue)
	ordered := time >= 0 && (measure < 0 || time < measure)
	ended, any := false, false
	for i := range h.columns {
		c := &h.columns[i]
		if c.skip {
			continue
		}
		switch {
		case c.id == timePeriod:
			c.role, ended = dimensionRole, true
		case strings.HasPrefix(c.id, obsValue):
			c.role, ended = measureRole, true
		case c.several || strings.ContainsAny(c.id, ".[") || wellKnown(c.id) && (!ordered || i > time):
			c.role, ended = attributeRole, ended || !ordered
		case ended:
			c.role = attributeRole
		default:
			c.role, any = dimensionRole, true
		}
	}
	if any {
		return
	}
	for i := range h.columns { // the value stands first: all that is not known is a dimension
		if c := &h.columns[i]; c.role == attributeRole && !wellKnown(c.id) && !c.several {
			c.role = dimensionRole
		}
	}
}
