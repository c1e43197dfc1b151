package web

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/mandate/compare"
)

// threadsView is the view of an instrument that shows what waits for a decision about its thread.
const threadsView = "threads"

// threadsPage shows what waits for a decision about threads, and what was decided.
type threadsPage struct {
	textPage
	Waits     []WaitLine
	Decisions []DecisionLine
}

// WaitLine is a provision that waits for a decision, with the wording that it may continue.
type WaitLine struct {
	mandate.Waiting
	Href, Question, Percent string
	Stretches               []compare.Stretch // from the wording before
	Form                    *ThreadForm
}

// DecisionLine is one decision about a thread in words.
type DecisionLine struct {
	mandate.ThreadDecision
	Href, What, Who, When string
	Undone                string // who took it back, when and why; empty: it stands
	Undo                  string // address that takes it back; empty for who may not
}

// ThreadForm lets the operator decide about one provision.
type ThreadForm struct {
	Action   string
	Revision int64
	Path     string
	Verbs    []ThreadChoice
	Target   string // offered for joining
}

// ThreadChoice is one decision that is offered.
type ThreadChoice struct {
	Verb, Text string
	Chosen     bool
}

// isolated keeps words of another direction together inside a sentence, as bdi does.
func isolated(words string) string { return "\u2068" + words + "\u2069" }

// mayDecide tells whether the person of a request may decide about threads.
func (s *Site) mayDecide(r *request) bool {
	return s.Accounts != nil && r.who.Actor.Can(resolute.Decide, resolute.Object{Kind: "thread"}, s.Accounts.Now().Format(time.DateOnly)) == nil
}

// threadForm offers what can be decided about a provision; nil for who may not.
func (s *Site) threadForm(p *shell, w mandate.Wording) *ThreadForm {
	if !s.mayDecide(p.request) || w.Mixed {
		return nil
	}
	f := &ThreadForm{Action: p.base() + "/thread/decide", Revision: w.ID, Path: w.Path, Target: pathOfThread(w.Perhaps)}
	for _, verb := range mandate.ThreadVerbs {
		f.Verbs = append(f.Verbs, ThreadChoice{verb, p.T("threads.do."+verb, "thread", isolated(pathOfThread(w.Thread))), verb == mandate.ConfirmThread && w.Perhaps == "" || verb == mandate.JoinThread && w.Perhaps != ""})
	}
	return f
}

// threads answers the view of an instrument.
func (s *Site) threads(ctx context.Context, text textPage) (answer, error) {
	p := threadsPage{textPage: text}
	waits, err := s.Mandate.Waits(ctx, text.Key)
	if err != nil {
		return answer{}, err
	}
	for _, w := range waits {
		line := WaitLine{Waiting: w, Href: p.URL(threadPage(w.Thread)), Percent: p.Count(w.Likeness / 10), Form: s.threadForm(p.shell, w.Wording)}
		line.Question = p.T("threads.weak", "thread", isolated(pathOfThread(w.Thread)))
		if w.Other != "" {
			line.Question = p.T("threads.perhaps", "thread", isolated(pathOfThread(w.Other)))
		}
		before := w.Text
		if w.Before != nil {
			before = w.Before.Text
		}
		line.Stretches = compare.Words(before, w.Text)
		p.Waits = append(p.Waits, line)
	}
	decisions, err := s.Mandate.ThreadDecisions(ctx, text.Key)
	if err != nil {
		return answer{}, err
	}
	if p.Decisions, err = s.decisions(ctx, p.shell, decisions); err != nil {
		return answer{}, err
	}
	p.Heading = p.T("threads.title", "name", p.Heading)
	return answer{template: "threads", page: p, data: map[string]any{"waiting": waitingJSON(waits), "decisions": decisionsJSON(decisions)}, csv: waitsCSV(waits)}, nil
}

// decisionsJSON leaves out nothing: a list of none is empty.
func decisionsJSON(list []mandate.ThreadDecision) []mandate.ThreadDecision {
	return append([]mandate.ThreadDecision{}, list...)
}

// waitJSON is a provision that waits, as others read it.
type waitJSON struct {
	mandate.Wording
	Edition string `json:"edition"`
	Day     string `json:"day"`
	Before  string `json:"before"`
}

func waitingJSON(waits []mandate.Waiting) []waitJSON {
	list := make([]waitJSON, len(waits))
	for i, w := range waits {
		list[i] = waitJSON{Wording: w.Wording, Edition: w.Label, Day: w.Day}
		if w.Before != nil {
			list[i].Before = w.Before.Text
		}
	}
	return list
}

func waitsCSV(waits []mandate.Waiting) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"edition", "day", "path", "thread", "perhaps", "likeness", "text", "before"}}
		for _, x := range waitingJSON(waits) {
			rows = append(rows, []string{guarded(x.Edition), x.Day, x.Path, x.Thread, x.Perhaps, strconv.Itoa(x.Likeness), guarded(x.Text), guarded(x.Before)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

// decisions puts decisions into words, the newest first.
func (s *Site) decisions(ctx context.Context, p *shell, list []mandate.ThreadDecision) ([]DecisionLine, error) {
	named, err := s.people(ctx)
	if err != nil {
		return nil, err
	}
	var lines []DecisionLine
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		l := DecisionLine{ThreadDecision: d, Href: p.URL(threadPage(d.Target)), What: p.T("threads.was."+d.Verb, "path", isolated(d.Path), "edition", isolated(p.EditionName(d.Label).Text), "thread", isolated(pathOfThread(d.Target))),
			Who: named(d.Actor), When: p.Date(d.At)}
		if !d.Stands() {
			l.Undone = p.T("threads.undone", "who", isolated(named(d.UndoActor)), "day", p.Date(d.UndoAt), "reason", isolated(d.UndoReason))
		} else if s.mayDecide(p.request) {
			l.Undo = p.base() + "/thread/undo"
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// fillDecisions adds to the page of a thread what was decided about it, and for the operator what can be.
func (s *Site) fillDecisions(ctx context.Context, p *provisionPage) error {
	instrument, _, _ := strings.Cut(p.Thread, "#")
	all, err := s.Mandate.ThreadDecisions(ctx, instrument)
	if err != nil {
		return err
	}
	var own []mandate.ThreadDecision
	for _, d := range all {
		if d.Thread == p.Thread || d.Target == p.Thread {
			own = append(own, d)
		}
	}
	if p.Decisions, err = s.decisions(ctx, p.shell, own); err != nil {
		return err
	}
	p.AllThreads = p.URL("/mandate/"+instrument, "view", threadsView)
	return nil
}

// decideThread records what the operator decided about a provision, and leads to its thread.
func (s *Site) decideThread(ctx context.Context, d *deed) (string, error) {
	form := d.http.PostForm
	revision, err := strconv.ParseInt(form.Get("revision"), 10, 64)
	if err != nil {
		return "", noText()
	}
	asked := mandate.ThreadRuling{Revision: revision, Path: form.Get("path"), Verb: form.Get("verb"), Reason: form.Get("reason")}
	if asked.Verb == mandate.JoinThread {
		asked.Target = strings.TrimSpace(form.Get("target"))
	}
	done, err := s.Mandate.DecideThread(ctx, d.request.who.Actor, asked)
	return threadPage(done.Target), err
}

// undoThread takes a decision back, and leads to the thread that it was about.
func (s *Site) undoThread(ctx context.Context, d *deed) (string, error) {
	id, err := strconv.ParseInt(d.http.PostForm.Get("decision"), 10, 64)
	if err != nil {
		return "", noDecision()
	}
	done, err := s.Mandate.UndoThreadDecision(ctx, d.request.who.Actor, id, d.http.PostForm.Get("reason"))
	return threadPage(done.Thread), err
}
