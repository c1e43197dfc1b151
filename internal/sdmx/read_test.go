package sdmx

import (
	"strings"
	"testing"

	"resolute"
)

// surveyed reads a message that is sound as a whole and gives the rules of its findings.
func surveyed(t *testing.T, message string, known Structures) (Summary, []string) {
	t.Helper()
	var rules []string
	s, err := Survey(strings.NewReader(message), known, func(f resolute.Finding) { rules = append(rules, f.Rule) })
	if err != nil {
		t.Fatal(err)
	}
	return s, rules
}

func TestLabelsAreTakenOffCodesAndOffNothingElse(t *testing.T) {
	const head = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA: Area,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_STATUS: Status,COMMENT_OBS: Note,REMARK: Remark\n"
	codes := Ref{Agency: "A", ID: "CL", Version: "1.0"}
	known := Structures{Defined: []*Structure{{
		Ref: Ref{Class: DataStructure, Agency: "A", ID: "B", Version: "1.0"}, Time: timePeriod, Dimensions: []Component{{ID: "REF_AREA"}, {ID: timePeriod}},
		Measures: []Component{{ID: obsValue}}, Attributes: []Component{{ID: "OBS_STATUS", Codelist: codes}, {ID: "COMMENT_OBS", Codelist: codes}, {ID: "REMARK", Type: "String"}},
	}}}
	for _, c := range []struct {
		name, row string
		known     Structures
		want      string
	}{
		{"codes", "CI: Côte,2020: Year,5,A: Normal,,", Structures{}, "OBS_STATUS=A | OBS_VALUE=5 | REF_AREA=CI | TIME_PERIOD=2020"},
		{"free text with a colon", "CI,2020,5,,Source: estimate,", Structures{}, "COMMENT_OBS=Source: estimate | OBS_VALUE=5 | REF_AREA=CI | TIME_PERIOD=2020"},
		{"a dimension whose code has blanks", "Rural (all): Label,2020,5,,,", Structures{}, "OBS_VALUE=5 | REF_AREA=Rural (all) | TIME_PERIOD=2020"},
		{"what the structure says is coded", "CI,2020,5,,X: Label,Source: estimate", known, "COMMENT_OBS=X | OBS_VALUE=5 | REF_AREA=CI | REMARK=Source: estimate | TIME_PERIOD=2020"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(head+"dataflow,A:B(1.0),M,"+c.row+"\n"), c.known, Handler{Record: func(rec *Record) error {
				var all []Value
				all = append(append(append(all, rec.Key...), rec.Measures...), rec.Attributes...)
				if got := strings.ReplaceAll(strings.Join(sorted(all), " | "), " []", ""); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
				return nil
			}})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheTimeOfSDMXJSONIsToldByItsRole(t *testing.T) {
	for name, role := range map[string]string{"of 2.0": `"roles":["TIME_PERIOD"]`, "of 2.0, in words": `"roles":["FREQ","Time"]`, "of 1.0": `"role":"time"`} {
		t.Run(name, func(t *testing.T) {
			message := strings.NewReplacer(`[{"id":"FREQ"`, `[{"id":"YEAR",`+role+`,"values":[{"id":"2020"}]},{"id":"FREQ"`).Replace(jsonHead) + `{"observations":{"0:0":[5]}}]}}`
			if s, _ := surveyed(t, message, Structures{}); s.Sets[0].Time != "YEAR" {
				t.Errorf("the time is %q, want YEAR", s.Sets[0].Time)
			}
		})
	}
}

func TestAKeyThatStandsAgainAfterAnotherActionIsNoDuplicate(t *testing.T) {
	for _, c := range []struct {
		name, actions string
		want          bool
	}{
		{"under one action", "MM", true},
		{"under another action", "MR", false},
		{"under the same action after another", "MRM", false},
		{"twice under the later one", "MRR", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			message := csvHead
			for _, action := range strings.Split(c.actions, "") {
				message += "dataflow,A:B(1.0)," + action + ",A,2020,1\n"
			}
			_, rules := surveyed(t, message, Structures{})
			if got := strings.Contains(strings.Join(rules, " "), "sdmx-duplicate-key"); got != c.want {
				t.Errorf("a duplicate: %t (%v), want %t", got, rules, c.want)
			}
		})
	}
	other := csvHead + "dataflow,A:B(1.0),M,A,2020,1\ndataflow,A:C(1.0),R,A,2020,1\ndataflow,A:B(1.0),M,A,2020,1\n"
	if _, rules := surveyed(t, other, Structures{}); !strings.Contains(strings.Join(rules, " "), "sdmx-duplicate-key") {
		t.Error("an action on other data makes the same key no other one")
	}
}

func TestAnAttributeThatStandsTwiceIsGivenOnce(t *testing.T) {
	message := "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS\ndataflow,A:B(1.0),M,A,,,A\ndataflow,A:B(1.0),M,A,,,E\ndataflow,A:B(1.0),M,A,,,A\ndataflow,A:B(1.0),M,A,2020,1,\n"
	s, rules := surveyed(t, message, Structures{})
	if got := strings.Join(rules, " "); got != "sdmx-structure-missing sdmx-attribute-twice" {
		t.Errorf("found %s", got)
	}
	_, err := Read(strings.NewReader(message), Structures{}, Handler{Record: func(rec *Record) error {
		s.Sets[0].Attachments.Apply(rec)
		if !rec.Attached && (len(rec.Attributes) != 1 || rec.Attributes[0].Text != "A") {
			t.Errorf("got %v, want OBS_STATUS=A once", rec.Attributes)
		}
		return nil
	}})
	if err != nil {
		t.Error(err)
	}
}
