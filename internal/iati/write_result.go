package iati

func (w *Writer) result(r Result) {
	w.begin(2, "result", pair{"type", r.Type})
	w.narrated(3, "title", r.Title)
	if len(r.Description) > 0 {
		w.narrated(3, "description", r.Description)
	}
	w.references(3, "vocabulary-uri", r.References)
	for _, i := range r.Indicators {
		w.indicator(i)
	}
	w.end(2, "result")
}

// references writes references whose address is in the given attribute.
func (w *Writer) references(indent int, address string, references []Reference) {
	for _, r := range references {
		w.empty(indent, "reference", pair{"vocabulary", r.Vocabulary}, pair{"code", r.Code}, pair{address, r.URI})
	}
}

func (w *Writer) indicator(i Indicator) {
	ascending := ""
	if !i.Ascending {
		ascending = "0"
	}
	w.begin(3, "indicator", pair{"measure", i.Measure}, pair{"ascending", ascending})
	w.narrated(4, "title", i.Title)
	w.references(4, "indicator-uri", i.References)
	for _, b := range i.Baselines {
		w.commented(4, "baseline", Measurement{b.Value, b.Comment}, pair{"year", b.Year}, pair{"iso-date", b.Day})
	}
	for _, p := range i.Periods {
		w.begin(4, "period")
		w.day(5, "period-start", p.Start)
		w.day(5, "period-end", p.End)
		for _, m := range p.Targets {
			w.commented(5, "target", m)
		}
		for _, m := range p.Actuals {
			w.commented(5, "actual", m)
		}
		w.end(4, "period")
	}
	w.end(3, "indicator")
}

// commented writes a value with its comment.
func (w *Writer) commented(indent int, name string, m Measurement, attrs ...pair) {
	attrs = append(attrs, pair{"value", m.Value})
	if len(m.Comment) == 0 {
		w.empty(indent, name, attrs...)
		return
	}
	w.begin(indent, name, attrs...)
	w.narrated(indent+1, "comment", m.Comment)
	w.end(indent, name)
}
