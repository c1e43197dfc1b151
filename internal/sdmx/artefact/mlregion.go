package artefact

import "strconv"

// regions writes for which codes there are data: as actual constraints of content (2.1) or data (3.0).
func (w *mlWriter) regions(list []Region) {
	if len(list) == 0 {
		return
	}
	container, element, says := "str:DataConstraints", "str:DataConstraint", "role"
	if w.old {
		container, element, says = "str:Constraints", "str:ContentConstraint", "type"
	}
	w.begin(container)
	for _, r := range list {
		w.begin(element, "id", r.constraint(), "agencyID", r.Flow.Agency, "version", r.Flow.Version, says, "Actual")
		w.metrics(r)
		w.named(r.Text)
		w.begin("str:ConstraintAttachment")
		w.refers("str:Dataflow", r.Flow)
		w.end()
		w.region(r)
		w.end()
	}
	w.end()
}

// metrics counts series and observations, in the annotations in which these versions have them.
func (w *mlWriter) metrics(r Region) {
	w.begin("com:Annotations")
	for _, m := range r.metrics() {
		w.begin("com:Annotation", "id", m.id)
		w.leaf("com:AnnotationTitle", strconv.Itoa(m.count))
		w.leaf("com:AnnotationType", metric)
		w.end()
	}
	w.end()
}

// metric is the type of annotations that count.
const metric = "sdmx_metrics"

type counted struct {
	id    string
	count int
}

func (r Region) metrics() []counted {
	return []counted{{"series_count", r.Series}, {"obs_count", r.Observations}}
}

func (w *mlWriter) region(r Region) {
	prefix := "str:"
	if w.old {
		prefix = "com:"
	}
	w.begin("str:CubeRegion", "include", "true")
	for _, k := range r.Keys {
		w.begin(prefix+"KeyValue", "id", k.Component)
		for _, code := range k.Codes {
			w.leaf(prefix+"Value", code)
		}
		if k.First != "" {
			w.begin(prefix + "TimeRange")
			w.leaf(prefix+"StartPeriod", k.First, "isInclusive", "true")
			w.leaf(prefix+"EndPeriod", k.Last, "isInclusive", "true")
			w.end()
		}
		w.end()
	}
	w.end()
}
