package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

var nan = math.NaN()

// parser reads an expression from left to right.
type parser struct {
	rest string
}

// parse compiles an expression.
func parse(text string) (e expression, err error) {
	p := parser{rest: text}
	defer func() {
		if fault, ours := recover().(syntaxError); ours {
			err = fmt.Errorf("expression %q: %s", text, string(fault))
		}
	}()
	e = p.or()
	if p.blank(); p.rest != "" {
		return nil, fmt.Errorf("expression %q: %q is left over", text, p.rest)
	}
	return e, nil
}

// syntaxError is thrown where an expression cannot be read; parse catches it.
type syntaxError string

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

func (p *parser) or() expression {
	e := p.and()
	for p.take("or ") {
		e = operation{"or", e, p.and()}
	}
	return e
}

func (p *parser) and() expression {
	e := p.comparison()
	for p.take("and ") {
		e = operation{"and", e, p.comparison()}
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

func (p *parser) sum() expression {
	e := p.primary()
	for p.take("+") {
		e = operation{"+", e, p.primary()}
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
		panic(syntaxError("it ends too early"))
	case p.rest[0] == '\'':
		text, rest, closed := strings.Cut(p.rest[1:], "'")
		if !closed {
			panic(syntaxError("a quotation mark is missing"))
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
		panic(syntaxError(fmt.Sprintf("%q is missing before %q", sign, p.rest)))
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
		panic(syntaxError(fmt.Sprintf("a name is expected before %q", p.rest)))
	}
	p.rest = p.rest[len(st.name):]
	for p.take("[") {
		st.predicates = append(st.predicates, p.or())
		p.want("]")
	}
	return st
}
