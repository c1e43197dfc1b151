package sdmx

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// jsonKeys are the lists of components that the numbers of a data set stand for.
type jsonKeys struct {
	all, flat []jsonComponent // dimensions: of the data set, of series and observations
	measures  []jsonComponent
	fixed     []Value // of the dimensions that have one value in the whole data set
}

func (s *jsonStructure) keys() jsonKeys {
	return jsonKeys{all: s.dimensions(), flat: slices.Concat(s.Dimensions.Series, s.Dimensions.Observation), measures: s.measures()}
}

func (r *jsonReader) content(name string) error {
	switch name {
	case "attributes":
		rec := Record{}
		rec.reset(r.at())
		rec.Attached = true
		if err := r.attributes(&rec, r.shape.Attributes.DataSet); err != nil {
			return err
		}
		rec.inherit(r.defaults)
		r.defaults = nil
		if len(rec.Attributes) == 0 {
			return nil
		}
		return r.handler.record(&rec)
	case "dimensionGroupAttributes":
		return r.members(func(key []byte) error { return r.attached(key, r.keys.all, r.shape.Attributes.Group) })
	case "series":
		return r.members(r.oneSeries)
	}
	return r.members(r.flat)
}

// flat reads an observation whose key is over the dimensions of observations, or over those of
// series too, or over all.
func (r *jsonReader) flat(key []byte) error {
	d := &r.shape.Dimensions
	numbers := bytes.Count(key, []byte{':'}) + 1
	r.series.reset(r.at())
	over := r.keys.all
	switch numbers {
	case len(d.Observation):
		over = d.Observation
	case len(r.keys.flat):
		over = r.keys.flat
	default:
		return r.observation(key, over)
	}
	if err := r.fixed(&r.series); err != nil {
		return err
	}
	return r.observation(key, over)
}

// fixed adds the dimensions that have one value in the whole data set.
func (r *jsonReader) fixed(rec *Record) error {
	list := r.shape.Dimensions.DataSet
	for i := len(r.keys.fixed); i < len(list); i++ {
		v, err := r.numbered(0, &list[i])
		if err != nil {
			return err
		}
		r.keys.fixed = append(r.keys.fixed, Value{ID: v.ID, Text: v.Text})
	}
	rec.Key = append(rec.Key, r.keys.fixed...)
	return nil
}

// key reads numbers of values, one for each dimension; an empty one leaves its dimension out.
func (r *jsonReader) key(rec *Record, key []byte, dimensions []jsonComponent) error {
	if len(dimensions) == 0 && len(key) == 0 {
		return nil
	}
	rest, more := key, true
	for n := 0; more; n++ {
		var number []byte
		number, rest, more = bytes.Cut(rest, []byte{':'})
		if n >= len(dimensions) || !more && n+1 != len(dimensions) {
			return r.unfit(key, dimensions)
		}
		if len(number) == 0 || string(number) == "~" {
			continue
		}
		v, err := r.numbered(wholeNumber(number), &dimensions[n])
		if err != nil {
			return err
		}
		rec.Key = append(rec.Key, Value{ID: v.ID, Text: v.Text}) // a dimension has one value
	}
	return nil
}

// unfit refuses a key that has not a number for each dimension, and says what the message describes:
// makers of messages leave dimensions out of their structure, and then no key can be understood.
func (r *jsonReader) unfit(key []byte, dimensions []jsonComponent) error {
	names := make([]string, len(dimensions))
	for i, d := range dimensions {
		names[i] = d.ID
	}
	return refuse("sdmx-content", r.at(), string(key), "a number for each dimension", "the key %q has %d numbers, and the structure in the message describes %d dimensions for it: %s",
		short(string(key)), bytes.Count(key, []byte{':'})+1, len(dimensions), cmp.Or(short(strings.Join(names, ", ")), "none"))
}

// wholeNumber reads digits; -1 when others stand there or too many.
func wholeNumber[T []byte | string](text T) int {
	n := 0
	if len(text) == 0 || len(text) > 9 {
		return -1
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return -1
		}
		n = 10*n + int(text[i]-'0')
	}
	return n
}

// numbered gives the value of a component by its number.
func (r *jsonReader) numbered(n int, c *jsonComponent) (Value, error) {
	if n < 0 || n >= len(c.texts) {
		return Value{}, refuse("sdmx-content", r.at(), strconv.Itoa(n), "a number of a value", "%s has %d values, none with the number that stands here", c.ID, len(c.texts))
	}
	v := c.texts[n]
	if v.Text == "" {
		return Value{}, refuse("sdmx-content", r.at(), strconv.Itoa(n), "a value", "value %d of %s is empty", n, c.ID)
	}
	return v, nil
}

func (r *jsonReader) attached(key []byte, dimensions, attributes []jsonComponent) error {
	var rec Record
	rec.reset(r.at())
	rec.Attached = true
	if err := r.key(&rec, key, dimensions); err != nil {
		return err
	}
	if err := r.attributes(&rec, attributes); err != nil {
		return err
	}
	return r.handler.record(&rec)
}

func (r *jsonReader) attributes(rec *Record, list []jsonComponent) error {
	cells, err := r.list()
	if err != nil {
		return err
	}
	return r.addAttributes(rec, cells, list)
}

func (r *jsonReader) addAttributes(rec *Record, cells []string, list []jsonComponent) error {
	for i, cell := range cells {
		if i >= len(list) {
			if cell != "null" {
				r.notKept()
			}
			continue
		}
		v, ok, err := r.component(cell, &list[i])
		if err != nil {
			return err
		}
		if ok {
			rec.Attributes = append(rec.Attributes, v)
		}
	}
	return nil
}

// component reads what stands for a component: the number of one of its values, or the value.
func (r *jsonReader) component(cell string, c *jsonComponent) (Value, bool, error) {
	if cell[0] >= '0' && cell[0] <= '9' && len(c.texts) > 0 {
		n := wholeNumber(cell)
		if n >= 0 && n < len(c.texts) && c.texts[n].Text == "" { // an empty value is one that is not given
			return Value{}, false, nil
		}
		v, err := r.numbered(n, c)
		return v, err == nil, err
	}
	v, ok := literal(cell)
	v.ID = c.ID
	return v, ok, nil
}

func (r *jsonReader) oneSeries(key []byte) error {
	r.series.reset(r.at())
	r.series.Attached = true
	if err := r.fixed(&r.series); err != nil {
		return err
	}
	if err := r.key(&r.series, key, r.shape.Dimensions.Series); err != nil {
		return err
	}
	observed := false
	err := r.object(func(name string) error {
		switch name {
		case "attributes":
			if observed {
				return refuse("sdmx-content", r.at(), name, "attributes before observations", "the series says its attributes behind its observations: put them before")
			}
			return r.attributes(&r.series, r.shape.Attributes.Series)
		case "observations":
			return r.members(func(key []byte) error {
				observed = true
				return r.observation(key, r.shape.Dimensions.Observation)
			})
		case "annotations":
			r.notKept()
		}
		return r.skip()
	})
	if err != nil || observed {
		return err
	}
	return r.handler.record(&r.series)
}

func (r *jsonReader) observation(key []byte, dimensions []jsonComponent) error {
	rec := &r.record
	rec.reset(r.at())
	rec.Key = append(rec.Key, r.series.Key...)
	if err := r.key(rec, key, dimensions); err != nil {
		return err
	}
	cells, err := r.list()
	if err != nil {
		return err
	}
	for i := range r.keys.measures {
		if i >= len(cells) {
			break
		}
		v, ok, err := r.component(cells[i], &r.keys.measures[i])
		if err != nil {
			return err
		}
		if ok {
			rec.Measures = append(rec.Measures, v)
		}
	}
	if n := len(r.keys.measures); len(cells) > n {
		if err := r.addAttributes(rec, cells[n:], r.shape.Attributes.Observation); err != nil {
			return err
		}
	}
	rec.inherit(r.series.Attributes)
	return r.handler.record(rec)
}
