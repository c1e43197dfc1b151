package iati

import (
	"slices"
	"strings"

	"resolute"
)

// renamed gives the name that an element has in 2.03.
func renamed(path, name string) string {
	for _, rule := range upgrades[path] {
		if rule.deed == "element" {
			return rule.what
		}
	}
	return name
}

// apply does what a row of the table says. It reports whether the rows of the element that follow hold.
func (e *sprout) apply(rule upgradeRule) bool {
	name := strings.TrimPrefix(rule.what, "@")
	switch rule.deed {
	case "attribute":
		for i := range e.attrs {
			if e.attrs[i].Name == name {
				e.attrs[i].Name = rule.becomes
			}
		}
	case "code":
		if code, stated := e.attr(name); stated {
			if today, ok := olderCode(rule.becomes, code); ok {
				e.set(name, today)
			}
		}
	case "day":
		e.takeDay(name)
	case "child":
		if value := e.take(rule.what); value != "" {
			e.put(rule.becomes, value)
		}
	case "state":
		e.state(rule.what, rule.becomes)
	case "derive":
		e.derive(rule.what, rule.becomes)
	case "where":
		_, stated := e.attr(name)
		return stated == (rule.becomes == "stated")
	}
	return true
}

// takeDay moves a day from the text to an attribute; a text that repeats the day goes as well.
func (e *sprout) takeDay(name string) {
	words := strings.TrimSpace(e.text)
	day, stated := e.attr(name)
	if strings.TrimSpace(day) == "" && resolute.ValidDay(words) {
		e.set(name, words)
		day, stated = words, true
	}
	if stated && words == day {
		e.text = ""
	}
}

// take removes the text or an attribute and gives it.
func (e *sprout) take(what string) string {
	if what == "#text" {
		words := strings.TrimSpace(e.text)
		e.text = ""
		return words
	}
	name := strings.TrimPrefix(what, "@")
	value, _ := e.attr(name)
	e.drop(name)
	return value
}

// put sets an attribute or the text of a child, given by its path, unless it is stated already.
func (e *sprout) put(path, value string) {
	for {
		head, rest, deeper := strings.Cut(path, "/")
		if name, attribute := strings.CutPrefix(head, "@"); attribute {
			if _, stated := e.attr(name); !stated {
				e.set(name, value)
			}
			return
		}
		e = e.child(head)
		if !deeper {
			if e.text == "" {
				e.text = value
			}
			return
		}
		path = rest
	}
}

// state puts a value, in which #text and @name stand for the text and the attributes.
func (e *sprout) state(path, value string) {
	parts := strings.Fields(value)
	for i, part := range parts {
		name, attribute := strings.CutPrefix(part, "@")
		switch {
		case attribute:
			parts[i] = e.take(part)
			if parts[i] == "" {
				e.set(name, "")
				return
			}
		case part == "#text":
			parts[i] = strings.TrimSpace(e.text)
		}
		if parts[i] == "" {
			return
		}
	}
	e.put(path, strings.Join(parts, " "))
}

// derive puts what the list of its name makes of an attribute of the first child that states it.
func (e *sprout) derive(what, becomes string) {
	child, name, _ := strings.Cut(what, "/@")
	for _, c := range e.children {
		if value, stated := c.attr(name); stated && c.name == child {
			if today, ok := olderCode(name, value); ok {
				e.put(becomes, today)
			}
			return
		}
	}
}

// keep puts an element and all that stands in it under names of our own.
func (e *sprout) keep() {
	if e.foreign != nil || strings.HasPrefix(e.name, keptPrefix) {
		return
	}
	e.name = keptPrefix + e.name
	for _, c := range e.children {
		c.keep()
	}
}

// empty reports whether an element says nothing.
func (e *sprout) empty() bool {
	for _, a := range e.attrs {
		if a.Name != "xml:lang" && strings.TrimSpace(a.Value) != "" {
			return false
		}
	}
	return len(e.children) == 0 && strings.TrimSpace(e.text) == ""
}

// takeComments takes the comments of a child that goes, and of all that stands in it.
func (e *sprout) takeComments(c *sprout) {
	e.within = append(e.within, c.before...)
	for _, inner := range c.children {
		e.takeComments(inner)
	}
	e.within = append(e.within, c.within...)
}

// takesWords reports whether the words of another element of the same name can stand in this one:
// both hold narratives and nothing else. What this one has taken so far is not looked at again.
func (e *sprout) takesWords(other *sprout) bool { return e.narrates() && other.narrates() }

func (e *sprout) narrates() bool {
	if e == nil || len(e.attrs) > 0 {
		return false
	}
	e.narrated = e.narrated || !slices.ContainsFunc(e.children, func(c *sprout) bool { return c.name != "narrative" })
	return e.narrated
}
