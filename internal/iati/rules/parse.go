package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

var nan = math.NaN()

// parser reads an expression from left to right. After the first fault nothing is left to read.
type parser struct {
	rest  string
	fault string
}

// parse compiles an expression.
func parse(text string) (expression, error) {
	p := parser{rest: text}
	e := p.or()
	if p.blank(); p.rest != "" {
		p.fail("%q is left over", p.rest)
	}
	if p.fault != "" {
		return nil, fmt.Errorf("expression %q: %s", text, p.fault)
	}
	return e, nil
}

// fail notes the first fault.
func (p *parser) fail(format string, args ...any) {
	if p.fault == "" {
		p.fault = fmt.Sprintf(format, args...)
	}
	p.rest = ""
}

func (p *parser) blank() { p.rest = strings.TrimLeft(p.rest, " ") }

// take takes a sign or word off, if it comes next.
func (p *parser) take(sign string) bool {
	p.blank()
	rest, found := strings.CutPrefix(p.rest, sign)
	if found {
		p.rest = rest
	}
	return found
}

func (p *parser) or() expression  { return p.chain("or", p.and) }
func (p *parser) and() expression { return p.chain("and", p.comparison) }
func (p *parser) sum() expression { return p.chain("+", p.primary) }

// chain reads expressions with one sign between them, which binds to the left.
func (p *parser) chain(sign string, next func() expression) expression {
	e := next()
	for p.take(sign + " ") {
		e = operation{sign, e, next()}
	}
	return e
}

func (p *parser) comparison() expression {
	e := p.sum()
	for _, sign := range []string{"!=", "<=", ">=", "=", "<", ">"} {
		if p.take(sign) {
			return operation{sign, e, p.sum()}
		}
	}
	return e
}

func (p *parser) primary() expression {
	p.blank()
	for _, name := range []string{"count", "not", "number"} {
		if p.take(name + "(") {
			c := call{name, p.or()}
			p.want(")")
			return c
		}
	}
	switch {
	case p.rest == "":
		p.fail("it ends too early")
		return nil
	case p.rest[0] == '\'':
		text, rest, closed := strings.Cut(p.rest[1:], "'")
		if !closed {
			p.fail("a quotation mark is missing")
		}
		p.rest = rest
		return literal(text)
	case p.rest[0] >= '0' && p.rest[0] <= '9':
		n := len(p.rest) - len(strings.TrimLeft(p.rest, "0123456789."))
		number, _ := strconv.ParseFloat(p.rest[:n], 64)
		p.rest = p.rest[n:]
		return numeral(number)
	}
	return p.paths()
}

func (p *parser) want(sign string) {
	if !p.take(sign) {
		p.fail("%q is missing before %q", sign, p.rest)
	}
}

func (p *parser) paths() expression {
	first := p.path()
	if !p.take("|") {
		return first
	}
	all := union{first, p.path()}
	for p.take("|") {
		all = append(all, p.path())
	}
	return all
}

func (p *parser) path() path {
	out := path{anywhere: p.take("//")}
	if !out.anywhere {
		out.absolute = p.take("/")
	}
	out.steps = append(out.steps, p.step())
	for p.take("/") {
		out.steps = append(out.steps, p.step())
	}
	return out
}

func (p *parser) step() step {
	var st step
	switch {
	case p.take(".."):
		return step{kind: parentStep}
	case p.take("text()"):
		return step{kind: textStep}
	case p.take("@"):
		st.kind = attrStep
	}
	p.blank()
	st.name = p.rest[:len(p.rest)-len(strings.TrimLeft(p.rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:"))]
	if st.name == "" {
		p.fail("a name is expected before %q", p.rest)
		return st
	}
	p.rest = p.rest[len(st.name):]
	for p.take("[") {
		st.predicates = append(st.predicates, p.or())
		p.want("]")
	}
	return st
}
