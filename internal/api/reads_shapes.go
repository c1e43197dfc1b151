package api

import (
	"resolute"
	"resolute/internal/audit"
	"resolute/internal/coverage"
	"resolute/internal/ledger"
	"resolute/internal/measure"
	"resolute/internal/register"
)

type coverageIn struct {
	Filters
	By     string `query:"by" enum:"provision,action-line,goal,target,country,itu-region,group" default:"provision" doc:"What the rows are"`
	Groups string `query:"of" doc:"With by=group: one group instead of LDC, LLDC and SIDS"`
}

type coverageOut struct {
	Body coverage.TableJSON
}

type activitiesIn struct {
	Filters
	Sort   string `query:"sort" enum:"evidence,start,title,updated" default:"evidence"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"Next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type activitiesOut struct {
	Link string `header:"Link"`
	Body struct {
		Total       int                    `json:"total"`
		DataVersion int64                  `json:"data_version"`
		Next        string                 `json:"next" doc:"Cursor of the next page, empty at the end"`
		Activities  []coverage.SummaryJSON `json:"activities"`
	}
}

type activityIn struct {
	Key string `path:"key" maxLength:"40"`
}

type activityOut struct {
	Body struct {
		Activity register.Activity       `json:"activity"`
		Tags     []register.ReviewedTag  `json:"tags"`
		Links    []register.ReviewedLink `json:"mandate_links"`
		Counts   bool                    `json:"counts"`
		Absent   int64                   `json:"absent_since_import"`
		Findings []resolute.Finding      `json:"findings"`
	}
}

type documentOut struct {
	Kind        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

type accountIn struct{ Filters }

type accountOut struct{ Body coverage.AccountJSON }

// profileIn asks for an area in figures.
type profileIn struct {
	Code   string `path:"code" maxLength:"20" doc:"Country, ITU region or group: KE, AFR, LDC, WB:LIC, WORLD"`
	Beside string `query:"beside" maxLength:"20" doc:"Country, ITU region or group to compare with (default: of a country its ITU region and the world, else the world)"`
	Since  int    `query:"since" minimum:"1900" maximum:"2200" default:"2015" doc:"Year from which change is told"`
	At     int64  `query:"at" minimum:"1" doc:"Data version: the answer as it was then (default: the newest)"`
}

func (in *profileIn) stand() (instrument string, version int64) { return "", in.At }

// profileOut is a profile. What is insufficient or not known is null among its numbers.
type profileOut struct{ Body measure.Profile }

type matrixIn struct {
	Filters
	Columns string `query:"targets_of" doc:"A goal: the columns are its targets"`
}

type matrixOut struct{ Body coverage.MatrixJSON }

type gridIn struct{ Filters }

type gridOut struct{ Body coverage.GridJSON }

// gapsIn narrows what is looked at by addressee, thread, line and goal; all else narrows the
// activities that can answer.
type gapsIn struct {
	Filters
	Gap       []string `query:"gap,explode" maxItems:"8" doc:"Kind of gap: no-report nothing proposed no-evidence no-result no-money one-organisation stale"`
	Addressee []string `query:"addressee,explode" maxItems:"8" doc:"Who the paragraph speaks to"`
	Targets   string   `query:"targets_of" doc:"A goal: cells are with its targets, and there are no paragraphs"`
}

func (in *gapsIn) query(f coverage.Filter) coverage.GapQuery {
	q := coverage.GapQuery{Period: in.periods, Kinds: in.Gap, Addressees: in.Addressee, Targets: in.Targets, Threads: f.Threads, Lines: f.Lines, Goals: f.Goals}
	f.Threads, f.Lines, f.Goals = nil, nil, nil
	q.Filter = f
	return q
}

type gapsOut struct{ Body coverage.GapsJSON }

type gapIn struct {
	Filters
	ID string `query:"id" required:"true" maxLength:"300" doc:"As the list names it: thread/R8/no-result, matrix/C2/9/nothing"`
}

type gapOut struct{ Body coverage.GapDetailJSON }

type importsOut struct {
	Body struct {
		Imports []ledger.Import `json:"imports"`
	}
}

type importIn struct {
	ID int64 `path:"id" minimum:"1"`
}

type importOut struct {
	Body struct {
		Import   ledger.Import      `json:"import"`
		Findings []resolute.Finding `json:"findings"`
	}
}

type statusOut struct {
	Body struct {
		coverage.Freshness
		Log audit.Head `json:"log"`
	}
}
