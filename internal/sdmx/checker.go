package sdmx

import (
	"strconv"
	"strings"

	"resolute"
)

// checker holds records against the structure of their data set.
type checker struct {
	set      DataSet
	codes    map[string]*Codelist // by component
	numbers  map[string]bool      // measures that hold numbers
	required []string             // attributes of each observation
	told     map[string]bool
	report   func(resolute.Finding)
}

func newChecker(d DataSet, known Structures, told map[string]bool, report func(resolute.Finding)) checker {
	c := checker{set: d, codes: map[string]*Codelist{}, numbers: map[string]bool{}, told: told, report: report}
	if d.Structure == nil {
		return c
	}
	for _, list := range [][]Component{d.Structure.Dimensions, d.Structure.Measures, d.Structure.Attributes} {
		for _, part := range list {
			if codes := known.Codelists[part.Codelist]; codes != nil && !codes.Open && len(codes.Codes) > 0 {
				c.codes[part.ID] = codes
			}
		}
	}
	for _, m := range d.Structure.Measures {
		c.numbers[m.ID] = numeric(m.Type)
	}
	for _, a := range d.Structure.Attributes {
		if a.Required && a.Measured {
			c.required = append(c.required, a.ID)
		}
	}
	return c
}

func numeric(kind string) bool {
	switch strings.ToLower(kind) {
	case "double", "float", "decimal", "integer", "biginteger", "long", "short", "count", "incremental":
		return true
	}
	return false
}

func (c *checker) check(rec *Record) {
	at := place{rec.Line, rec.Column}
	if time := value(rec.Key, c.set.timeDimension()); time != "" && !IsPeriod(time) {
		c.once("sdmx-period", resolute.SeverityWarning, at, timePeriod, time, "a period such as 2024, 2024-Q1 or 2024-06-30", "%q is no period of time", short(time))
	}
	if c.set.Structure == nil {
		return
	}
	if !rec.Attached && c.set.Action != Delete {
		c.complete(rec, at)
	}
	for i := range rec.Key {
		c.code(&rec.Key[i], at)
	}
	for _, list := range [][]Value{rec.Measures, rec.Attributes} {
		for i := range list {
			if !statedMissing(list[i].Text) {
				c.code(&list[i], at)
			}
		}
	}
}

// complete asks for every dimension and every attribute that an observation must have.
func (c *checker) complete(rec *Record, at place) {
	if len(rec.Key) < len(c.set.Structure.Dimensions) {
		for _, d := range c.set.Structure.Dimensions {
			if value(rec.Key, d.ID) == "" {
				c.report(finding("sdmx-dimension-missing", resolute.SeverityError, at, printedKey(rec.Key), d.ID, "the observation has no %s: it cannot be placed", d.ID))
			}
		}
	}
	for _, id := range c.required {
		if value(rec.Attributes, id) == "" {
			c.once("sdmx-attribute-missing", resolute.SeverityWarning, at, id, "", id, "%s requires the attribute %s of each observation", c.set.Structure.Ref, id)
		}
	}
	for _, m := range rec.Measures {
		if c.numbers[m.ID] && !isNumber(m.Text) && !statedMissing(m.Text) {
			c.once("sdmx-number", resolute.SeverityWarning, at, m.ID+m.Text, m.Text, "a number", "%s holds %q, which is no number: kept as text", m.ID, short(m.Text))
		}
	}
}

// statedMissing tells whether a measure or attribute is stated to be missing, in the words of the standard.
func statedMissing(text string) bool { return text == "NaN" || text == "#N/A" }

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && !strings.ContainsAny(s, "xXpP_")
}

func (c *checker) code(v *Value, at place) {
	list := c.codes[v.ID]
	if list == nil {
		return
	}
	if v.Parts == nil {
		c.oneCode(v.ID, v.Text, list, at)
		return
	}
	for _, p := range v.Parts {
		c.oneCode(v.ID, p.Text, list, at)
	}
}

func (c *checker) oneCode(id, code string, list *Codelist, at place) {
	if list.Codes[code] || code == "" || c.set.Action == Delete && code == "-" {
		return
	}
	c.once("sdmx-code-unknown", resolute.SeverityError, at, id+"="+code, code, "a code of "+list.Ref.String(), "%s has no code %q for %s", list.Ref, short(code), id)
}

// once reports the same thing the first time only.
func (c *checker) once(rule string, severity resolute.Severity, at place, what, found, expected, message string, args ...any) {
	key := rule + "\x00" + what
	if c.told[key] {
		return
	}
	c.told[key] = true
	f := finding(rule, severity, at, found, expected, message, args...)
	f.Path = strings.SplitN(what, "=", 2)[0]
	c.report(f)
}
