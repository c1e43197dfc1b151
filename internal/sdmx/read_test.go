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

func TestAMessageThatSaysItIsCutIsTold(t *testing.T) {
	const footer = `<f:Footer xmlns:f="u"><f:Message code="413" severity="SEVERITY"><c:Text>too large</c:Text><c:Text>trop grand</c:Text></f:Message></f:Footer>`
	ml := func(severity string) string {
		return mlHead + `<m:DataSet s:structureRef="S"><Obs A="1" TIME_PERIOD="2020"/></m:DataSet>` + strings.Replace(footer, "SEVERITY", severity, 1) + mlTail
	}
	old := func(cut string) string {
		return `<m:CompactData xmlns:m="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"><m:Header><m:Truncated>` + cut + `</m:Truncated></m:Header><x:DataSet/></m:CompactData>`
	}
	js := func(errors string) string {
		return strings.Replace(jsonHead, `"meta":{}`, `"errors":`+errors, 1) + `{"observations":{"0":[5]}}]}}`
	}
	for _, c := range []struct{ name, message, want string }{
		{"a footer", ml("Error"), "413 too large"},
		{"a footer that informs", ml("Information"), ""},
		{"a header of 2.0", old("true"), "Truncated"},
		{"a header of 2.0 that denies it", old("false"), ""},
		{"errors of JSON", js(`[{"code":413,"title":"cut","detail":"too large"}]`), "413 cut too large"},
		{"an error of JSON in words", js(`["cut"]`), `"cut"`},
		{"no errors of JSON", js(`[]`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := ""
			_, err := Survey(strings.NewReader(c.message), Structures{}, func(f resolute.Finding) {
				if f.Rule == "sdmx-incomplete" {
					found += f.Found
				}
			})
			if err != nil || found != c.want {
				t.Errorf("told %q (%v), want %q", found, err, c.want)
			}
		})
	}
}

// SDMX-JSON 1.0: "If no value is provided in the data part of the message then this value applies."
func TestDefaultsOfAttributesHoldWhereNothingIsStated(t *testing.T) {
	message := func(set string) string {
		return `{"structure":{"dimensions":{"observation":[{"id":"F","values":[{"id":"A"},{"id":"M"}]}]},"attributes":{` +
			`"dataSet":[{"id":"UNIT","default":"USD"}],"observation":[{"id":"OBS_STATUS","default":"A","values":[{"id":"E"}]},{"id":"DECIMALS","default":2},{"id":"NOTE","default":null}]}},` +
			`"dataSets":[{` + set + `"observations":{"0":[1],"1":[1,0]}}]}`
	}
	for _, c := range []struct{ name, set, want string }{
		{"nothing is stated", "", "[DECIMALS=2 OBS_STATUS=A UNIT=USD] [DECIMALS=2 OBS_STATUS=E UNIT=USD]"},
		{"the data set states one", `"attributes":["EUR"],`, "[DECIMALS=2 OBS_STATUS=A UNIT=EUR] [DECIMALS=2 OBS_STATUS=E UNIT=EUR]"},
		{"what is to be deleted", `"action":"Delete",`, "[] [OBS_STATUS=E]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := surveyed(t, message(c.set), Structures{})
			var got []string
			_, err := Read(strings.NewReader(message(c.set)), Structures{}, Handler{Record: func(rec *Record) error {
				s.Sets[0].Attachments.Apply(rec)
				if !rec.Attached {
					got = append(got, strings.ReplaceAll("["+strings.Join(sorted(rec.Attributes), " ")+"]", " []", ""))
				}
				return nil
			}})
			if all := strings.Join(got, " "); err != nil || all != c.want {
				t.Errorf("got %s (%v), want %s", all, err, c.want)
			}
		})
	}
}
