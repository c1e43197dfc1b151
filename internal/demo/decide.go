package demo

import (
	"context"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// decisions are what the fictional operator decided, in this order: about what a rule gave,
// within a filter, and about single activities of the own work; each with its reason.
func decisions() []register.Decision {
	rule := func(verdict register.Verdict, name, scheme, code, reporter, reason string) register.Decision {
		return register.Decision{Verdict: verdict, Reach: register.Reach{Rule: name, Scheme: scheme, Code: code, Reporter: reporter}, Share: register.NoShare, Reason: reason}
	}
	one := func(verdict register.Verdict, identifier, scheme, code, reason string) register.Decision {
		return register.Decision{Verdict: verdict, Reach: register.Reach{Key: ownKey(identifier), Scheme: scheme, Code: code}, Share: register.NoShare, Reason: reason}
	}
	return []register.Decision{
		rule(register.Confirm, "dac:22020", framework.ActionLine, "C2", "", "Fictional decision: the code means networks and nothing else, checked with the focal points."),
		rule(register.Refuse, "r30:partners", register.ThreadScheme, "R1", "ZZ-DEMO-001", "Fictional decision: the partners of this publisher were contractors, there was no common plan."),
		rule(register.Refuse, "dac:22040", framework.ActionLine, "C6", "", "Fictional decision: half of this code says nothing of the enabling environment."),
		one(register.Confirm, "OWN-07", register.ThreadScheme, "F1.ii", "Fictional decision: a course is a training seminar."),
		one(register.SetTag, "OWN-07", framework.ActionLine, "C4", "Fictional decision: the course builds skills, the table named no line."),
		one(register.SetTag, "OWN-18", register.ThreadScheme, "R1", "Fictional decision: three bodies work under one plan."),
		one(register.Refuse, "OWN-02", register.ThreadScheme, "R7", "Fictional decision: the text names a regulator, the seminar changed no law."),
		one(register.Refuse, "OWN-01", framework.ActionLine, "C2", "Fictional decision: a seminar about networks builds none."),
		one(register.SetTag, "OWN-11", framework.Target, "9.1", "Fictional decision: set by mistake, withdrawn below."),
		one(register.Withdraw, "OWN-11", framework.Target, "9.1", "Fictional decision: the standard says nothing of infrastructure."),
	}
}

// ownKey is the lasting key of an activity of the own work.
func ownKey(identifier string) string {
	return register.Key(register.ReporterOf("ZZ-DEMO-100", ""), identifier, ownWorkFile, 1)
}

func (h history) decide(ctx context.Context, r *register.Register) error {
	for _, d := range decisions() {
		if _, err := r.Decide(ctx, resolute.Operator(), d); err != nil {
			return err
		}
	}
	return nil
}
