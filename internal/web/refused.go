package web

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"resolute/internal/register"
)

// RefusedLine is one refused record: the beginning of what came in, and the way to all of it.
type RefusedLine struct {
	Href, Rule, Text string
	Line             int
	Size             string
}

// shownRefused is how many refused records a ledger shows, shownBytes how much of each.
const shownRefused, shownBytes = 50, 1500

func (p *importPage) fillRefused(list []register.RefusedRecord) {
	for _, r := range list {
		raw := bytes.TrimSpace(r.Bytes)
		text := strings.ToValidUTF8(string(raw[:min(shownBytes, len(raw))]), "\uFFFD")
		if len(raw) > shownBytes {
			text += "…"
		}
		p.Refusals = append(p.Refusals, RefusedLine{Href: p.URL("/import/" + strconv.FormatInt(p.ID, 10) + "/refused/" + strconv.Itoa(r.N)), Rule: r.Rule,
			Text: text, Line: r.Line, Size: p.Count(len(r.Bytes))})
	}
}

// refused hands out the bytes of a refused record as they came in.
func (s *Site) refused(ctx context.Context, r *request) (answer, error) {
	id, err := strconv.ParseInt(r.http.PathValue("id"), 10, 64)
	n, errN := strconv.Atoi(r.http.PathValue("n"))
	if err != nil || errN != nil {
		return answer{}, s.missing(r.http)
	}
	one, err := s.Register.OneRefused(ctx, id, n)
	if err != nil {
		return answer{}, err
	}
	return answer{file: &file{name: fmt.Sprintf("import-%d-refused-%d", id, n), bytes: one.Bytes}}, nil
}
