package rules

import "time"

// day gives the day of a date or of a time; false when it is none, which the schema tells.
func day(text string) (time.Time, bool) {
	text = trimmed(text)
	if len(text) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	return t, err == nil
}

// instant gives a time; without a zone it is that of UTC.
func instant(text string) (time.Time, bool) {
	text = trimmed(text)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// dateOrder: no day of one kind lies after a day of another, or after today.
func dateOrder(j judge, r *Rule, s scope, _ selection) (all []Breach) {
	first, stated := j.first(r, s)
	for _, less := range s.selected(r.named["less"]) {
		earlier, ok := day(less.String())
		if ok && stated && earlier.After(first) {
			all = append(all, r.breach(less)...)
		}
	}
	return all
}

// first gives the first of the days that no other may lie after; false when there is none.
func (j judge) first(r *Rule, s scope) (first time.Time, stated bool) {
	if r.words["more"] == "NOW" {
		return j.now, true
	}
	for _, more := range s.selected(r.named["more"]) {
		if later, ok := day(more.String()); ok && (!stated || later.Before(first)) {
			first, stated = later, true
		}
	}
	return first, stated
}

func dateNow(j judge, r *Rule, s scope, _ selection) (all []Breach) {
	for _, it := range s.selected(r.named["date"]) {
		if at, ok := instant(it.String()); ok && at.After(j.now) {
			all = append(all, r.breach(it)...)
		}
	}
	return all
}

// span gives the first start and the first end; false when one is missing.
func (r *Rule) span(s scope) (start, end item, ok bool) {
	starts, ends := s.selected(r.named["start"]), s.selected(r.named["end"])
	if len(starts) == 0 || len(ends) == 0 {
		return item{}, item{}, false
	}
	return starts[0], ends[0], true
}

// timeLimit: a period has at most 365 days between its first and its last.
func timeLimit(_ judge, r *Rule, s scope, _ selection) []Breach {
	first, last, ok := r.span(s)
	if !ok {
		return nil
	}
	start, ok1 := day(first.String())
	end, ok2 := day(last.String())
	if !ok1 || !ok2 || end.Sub(start) <= 365*24*time.Hour {
		return nil
	}
	return r.breach(last)
}

func betweenDates(_ judge, r *Rule, s scope, _ selection) (all []Breach) {
	first, last, ok := r.span(s)
	if !ok {
		return nil
	}
	start, ok1 := day(first.String())
	end, ok2 := day(last.String())
	for _, it := range s.selected(r.named["date"]) {
		if at, ok := day(it.String()); ok && ok1 && ok2 && (at.Before(start) || at.After(end)) {
			all = append(all, r.breach(it)...)
		}
	}
	return all
}
