package iati

func (d *decoder) result(at spot) Result {
	r := Result{Type: d.check(&resultTypes, d.attr("type"), at), Line: at.line}
	d.each(func(name []byte) {
		switch string(name) {
		case "title":
			r.Title = d.narratives()
		case "description":
			r.Description = d.narratives()
		case "reference":
			r.References = append(r.References, d.reference("vocabulary-uri"))
		case "indicator":
			r.Indicators = append(r.Indicators, d.indicator(d.here()))
		}
	})
	return r
}

func (d *decoder) indicator(at spot) Indicator {
	ascending := d.boolean("ascending")
	i := Indicator{Measure: d.check(&measures, d.attr("measure"), at), Ascending: ascending == nil || *ascending, Line: at.line}
	d.each(func(name []byte) {
		switch string(name) {
		case "title":
			i.Title = d.narratives()
		case "reference":
			i.References = append(i.References, d.reference("indicator-uri"))
		case "baseline":
			i.Baselines = append(i.Baselines, d.baseline())
		case "period":
			i.Periods = append(i.Periods, d.resultPeriod(d.here()))
		}
	})
	return i
}

// reference reads a reference, whose address is in the given attribute.
func (d *decoder) reference(address string) Reference {
	return Reference{Vocabulary: d.attr("vocabulary"), Code: d.attr("code"), URI: d.attr(address)}
}

func (d *decoder) baseline() Baseline {
	b := Baseline{Year: d.attr("year"), Value: d.attr("value")}
	if d.attr("iso-date") != "" {
		b.Day = d.day("iso-date", "baseline", d.here())
	}
	d.each(func(name []byte) {
		if string(name) == "comment" {
			b.Comment = d.narratives()
		}
	})
	return b
}

func (d *decoder) resultPeriod(at spot) ResultPeriod {
	p := ResultPeriod{Line: at.line}
	d.each(func(name []byte) {
		switch string(name) {
		case "period-start":
			p.Start = d.day("iso-date", "period-start", d.here())
		case "period-end":
			p.End = d.day("iso-date", "period-end", d.here())
		case "target":
			p.Targets = append(p.Targets, d.measurement())
		case "actual":
			p.Actuals = append(p.Actuals, d.measurement())
		}
	})
	return p
}

func (d *decoder) measurement() Measurement {
	m := Measurement{Value: d.attr("value")}
	d.each(func(name []byte) {
		if string(name) == "comment" {
			m.Comment = d.narratives()
		}
	})
	return m
}
