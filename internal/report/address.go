package report

import (
	"net/url"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
)

// parameters are the filters of the list of activities that rows stand for.
var parameters = map[string]string{coverage.ByProvision: "thread", coverage.ByLine: "line", coverage.ByGoal: "goal", coverage.ByITURegion: "region", coverage.ByGroup: "group"}

// pages are where the rows of a view live.
var pages = map[string]string{coverage.ByProvision: "/thread/", coverage.ByLine: "/line/", coverage.ByGoal: "/goal/", coverage.ByITURegion: "/area/", coverage.ByGroup: "/area/"}

// narrowed are the pages whose rows are the paragraphs of one instrument.
var narrowed = map[string]bool{"/coverage": true, "/gaps": true, "/activities": true}

// address is the page with the records behind a figure; pairs alternate parameter and value.
func (w *writer) address(path string, pairs ...string) string {
	q := url.Values{"lang": {string(w.Lang)}}
	if period := w.options.Period.String(); period != "" {
		q.Set("period", period)
	}
	if w.named() != "" {
		q.Set("rule", w.named())
	}
	if w.options.Currency != "" {
		q.Set("currency", w.options.Currency)
	}
	if at := w.options.At; at > 0 {
		q.Set("at", strconv.FormatInt(at, 10))
	}
	if narrowed[path] && w.options.Instrument != "" {
		q.Set("instrument", w.options.Instrument)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return strings.TrimSuffix(w.report.BaseURL, "/") + path + "?" + q.Encode()
}

// command is what gives figures again on the command line.
func (w *writer) command(words ...string) string { return w.commandIn(w.options.Period, words...) }

func (w *writer) commandIn(p resolute.Period, words ...string) string {
	line := append([]string{"resolute"}, words...)
	if p.From != "" {
		line = append(line, "--from", p.From)
	}
	if p.To != "" {
		line = append(line, "--to", p.To)
	}
	if w.options.Instrument != "" {
		line = append(line, "--instrument", w.options.Instrument)
	}
	if w.named() != "" {
		line = append(line, "--rule", w.named())
	}
	if w.options.Currency != "" {
		line = append(line, "--currency", w.options.Currency)
	}
	if w.options.At > 0 {
		line = append(line, "--at", strconv.FormatInt(w.options.At, 10))
	}
	return strings.Join(line, " ")
}

func (w *writer) coverageCommand(by string) string { return w.command("coverage", "--by", by) }
