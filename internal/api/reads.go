package api

import (
	"context"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/ledger"
	"resolute/internal/measure"
)

// Filters are the parameters that narrow activities; a name repeated means "or", different
// names mean "and".
type Filters struct {
	Period   string   `query:"period" doc:"Inclusive days: 2022..2026 or 2022-03-01..2024-12-31"`
	Q        string   `query:"q" maxLength:"300" doc:"Words in titles, descriptions and names"`
	Region   []string `query:"region,explode" maxItems:"50" doc:"ITU region: AFR AMS ARB ASP CIS EUR"`
	Area     []string `query:"area,explode" maxItems:"50" doc:"Country, ISO code of two letters; region: for a region, whether it names a country beside it or not"`
	Group    []string `query:"group,explode" maxItems:"50" doc:"Group of countries: LDC LLDC SIDS"`
	Org      []string `query:"org,explode" maxItems:"50" doc:"Participating organisation, by id"`
	Role     []string `query:"role,explode" maxItems:"50" doc:"Role of an organisation: 1 funding, 2 accountable, 3 extending, 4 implementing"`
	Line     []string `query:"line,explode" maxItems:"50" doc:"WSIS action line: C2, C7.1"`
	Goal     []string `query:"goal,explode" maxItems:"50" doc:"SDG: 9"`
	Target   []string `query:"target,explode" maxItems:"50" doc:"SDG target: 9.c"`
	Thread   []string `query:"thread,explode" maxItems:"50" doc:"Paragraph of the resolution: R8"`
	State    []string `query:"state,explode" maxItems:"50" doc:"State of an activity as though it stood alone in a row: answered partly proposed nothing"`
	Status   []string `query:"status,explode" maxItems:"50" doc:"IATI activity status"`
	Kind     []string `query:"kind,explode" maxItems:"50" doc:"Kind of activity"`
	Sector   []string `query:"sector,explode" maxItems:"50" doc:"Sector of ITU: R T D GS"`
	Level    []string `query:"level,explode" maxItems:"50" doc:"national, regional, interregional, global"`
	Lacks    []string `query:"lacks,explode" maxItems:"50" doc:"What an activity does not state: place (no country and no region), date, money (no commitment and no spending in the period), location"`
	Reporter []string `query:"reporter,explode" maxItems:"50" doc:"Reference of the publisher"`
	Source   []string `query:"source,explode" maxItems:"50" doc:"Source of an import: the file's name, or what was given as such"`
	Rule     string   `query:"rule" enum:"once@2,as-reported@1" doc:"Rule by which figures are made (default: once@2)"`
	Money    string   `query:"currency" maxLength:"300" doc:"Convert figures to this currency by the exchange rates held: USD (default: as reported). A code that is no currency is a problem, one without rates leaves money as it was reported and says so in conversion"`
	Of       string   `query:"instrument" maxLength:"100" doc:"Key of an instrument whose operative paragraphs are the paragraphs: itu:pp/res/140 (default: the built-in mandate)"`
	At       int64    `query:"at" minimum:"1" doc:"Data version: the answer as it was then (default: the newest)"`
	Lang     string   `query:"lang" enum:"ar,en,es,fr,ru,zh" default:"en" doc:"Language of titles"`
	periods  resolute.Period
	query    url.Values // as it was asked
}

// Resolve reads the period; a wrong one is a problem that names it.
func (f *Filters) Resolve(ctx huma.Context) []error {
	asked := ctx.URL()
	f.query = asked.Query()
	p, err := resolute.ParsePeriod(f.Period)
	if err != nil {
		return []error{&huma.ErrorDetail{Message: err.Error(), Location: "query.period"}}
	}
	f.periods = p
	return nil
}

// stand is the instrument and the data version that are asked for; empty and 0: the built-in mandate
// and the newest.
func (f *Filters) stand() (instrument string, version int64) { return f.Of, f.At }

// filter reads the filters of a request. A value that names nothing is an Error with code Usage.
func (a *API) filter(ctx context.Context, in *Filters) (coverage.Filter, error) {
	f, unknown, err := a.Coverage.Understand(ctx, coverage.Filter{Rule: in.Rule, Currency: in.Money, Text: in.Q, Regions: in.Region, Areas: in.Area, Groups: in.Group, Organisations: in.Org,
		Roles: in.Role, Lines: in.Line, Goals: in.Goal, Targets: in.Target, Threads: in.Thread, Statuses: in.Status, Kinds: in.Kind, Sectors: in.Sector, Levels: in.Level, Lacks: in.Lacks,
		States: in.State, Reporters: in.Reporter, Sources: in.Source})
	if err == nil && len(unknown) > 0 {
		err = &resolute.Error{Code: resolute.Usage, Field: "query", Message: "unknown values: " + strings.Join(unknown, ", ")}
	}
	return f, err
}

// ofParagraphs leaves the cells of the matrix out where another instrument is asked for.
func (a *API) ofParagraphs(in *gapsIn, q coverage.GapQuery) coverage.GapQuery {
	if in.Of == "" {
		return q
	}
	return a.Coverage.OfParagraphs(q)
}

// register declares every operation: method and path first, then what answers.
func (a *API) register(to huma.API) {
	get(a, to, "/coverage", "coverage", "What answers each paragraph, line, goal, target, country, region or group", (*API).coverage)
	get(a, to, "/activities", "activities", "Activities, a page at a time", (*API).activities)
	get(a, to, "/activities/{key}", "activity", "All that is stored of one activity", (*API).activity)
	serve(a, to, readingFile("/activities/{key}/xml", "activity-xml", "The IATI element of one activity as it was received", "application/xml", "A file with this activity"), (*API).document)
	get(a, to, "/locations", "locations", "Locations that activities state, a page at a time; each is listed under all countries of its activity", (*API).locations)
	a.registerWholeLocations(to)
	get(a, to, "/iati", "iati", "Publishers with the IATI files of their activities", (*API).iati)
	get(a, to, "/matrix/targets", "matrix-targets", "Action lines against the targets of all goals", (*API).grid)
	get(a, to, "/matrix", "matrix", "Action lines against goals, or the targets of a goal", (*API).matrix)
	get(a, to, "/figures", "figures", "How figures are made: the rule, and what it leaves out and why", (*API).account)
	get(a, to, "/areas/{code}/figures", "area-figures", "An area in figures: newest values with change, rank, groups beside them and progress", (*API).areaFigures)
	get(a, to, "/gaps", "gaps", "What is missing, by ITU region and by year", (*API).gaps)
	get(a, to, "/gap", "gap", "One gap with what stands around it", (*API).gap)
	get(a, to, "/instruments", "instruments", "Known resolutions, decisions and outcome documents", (*API).instruments)
	get(a, to, "/citations", "citations", "Who cites whom in the texts in force", (*API).citations)
	get(a, to, "/texts", "texts", "Texts of resolutions that are held, the one in force first", (*API).texts)
	get(a, to, "/text", "text", "The provisions of a text, with citations and findings", (*API).text)
	get(a, to, "/provisions", "provisions", "Provisions of the texts in force that hold the words typed", (*API).provisions)
	get(a, to, "/roles", "roles", "Roles for action lines as provisions state them", (*API).roles)
	get(a, to, "/rules", "rules", "What is looked for in the text of a resolution, with examples", (*API).rules)
	get(a, to, "/imports", "imports", "Accounts of imports, newest first", (*API).imports)
	get(a, to, "/imports/{id}", "import", "One import with its findings", (*API).imported)
	get(a, to, "/status", "status", "What the figures stand on", (*API).status)
}

func (a *API) coverage(ctx context.Context, in *coverageIn) (*coverageOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	t, err := a.Coverage.Table(ctx, coverage.Query{By: in.By, Group: in.Groups, Period: in.periods, Filter: f})
	if err != nil {
		return nil, err
	}
	return &coverageOut{Body: t.JSON(resolute.Lang(in.Lang))}, nil
}

func (a *API) activities(ctx context.Context, in *activitiesIn) (*activitiesOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	list, err := a.Coverage.Activities(ctx, coverage.ListQuery{Filter: f, Period: in.periods, Lang: resolute.Lang(in.Lang), Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &activitiesOut{}
	out.Body.Total, out.Body.DataVersion, out.Body.Next = list.Total, list.Version, list.Next
	out.Body.Activities = make([]coverage.SummaryJSON, len(list.Items))
	for i, s := range list.Items {
		out.Body.Activities[i] = s.JSON(resolute.Lang(in.Lang))
	}
	if list.Next != "" {
		in.query.Set("cursor", list.Next)
		out.Link = "<?" + in.query.Encode() + `>; rel="next"` // relative, so that it holds behind any proxy
	}
	return out, nil
}

// some gives an empty list in place of none, so that clients never meet null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (a *API) activity(ctx context.Context, in *activityIn) (*activityOut, error) {
	p, err := a.Register.Activity(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	out := &activityOut{}
	out.Body.Activity, out.Body.Tags, out.Body.Links = p.Activity, some(p.Tags), some(p.Links)
	out.Body.Counts, out.Body.Absent, out.Body.Findings = p.Counts, p.Absent, some(p.Findings)
	return out, nil
}

func (a *API) document(ctx context.Context, in *activityIn) (*documentOut, error) {
	p, err := a.Register.Activity(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	body, err := p.XML()
	return &documentOut{Kind: "application/xml", Disposition: `attachment; filename="` + p.Key + `.xml"`, Body: body}, err
}

func (a *API) grid(ctx context.Context, in *gridIn) (*gridOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	g, err := a.Coverage.Grid(ctx, coverage.GridQuery{Period: in.periods, Filter: f})
	if err != nil {
		return nil, err
	}
	return &gridOut{Body: g.JSON()}, nil
}

func (a *API) matrix(ctx context.Context, in *matrixIn) (*matrixOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	m, err := a.Coverage.Matrix(ctx, coverage.MatrixQuery{Period: in.periods, Filter: f, Goal: in.Columns})
	if err != nil {
		return nil, err
	}
	return &matrixOut{Body: m.JSON()}, nil
}

// leftListed is how many records of each reason an account lists.
const leftListed = 1000

func (a *API) account(ctx context.Context, in *accountIn) (*accountOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	account, err := a.Coverage.Account(ctx, f, in.periods, leftListed)
	if err != nil {
		return nil, err
	}
	return &accountOut{Body: account.JSON(resolute.Lang(in.Lang))}, nil
}

func (a *API) areaFigures(ctx context.Context, in *profileIn) (*profileOut, error) {
	catalogue, err := a.Coverage.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	head, err := a.Coverage.Version(ctx)
	if err != nil {
		return nil, err
	}
	p, err := a.Measure.Profile(ctx, catalogue, measure.ProfileQuery{Area: in.Code, Beside: in.Beside, Since: in.Since, At: head.Seq})
	p.DataVersion = head.Seq
	return &profileOut{Body: p}, err
}

func (a *API) gaps(ctx context.Context, in *gapsIn) (*gapsOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	g, err := a.Coverage.Gaps(ctx, a.ofParagraphs(in, in.query(f)))
	if err != nil {
		return nil, err
	}
	return &gapsOut{Body: g.JSON(resolute.Lang(in.Lang))}, nil
}

func (a *API) gap(ctx context.Context, in *gapIn) (*gapOut, error) {
	f, err := a.filter(ctx, &in.Filters)
	if err != nil {
		return nil, err
	}
	d, err := a.Coverage.GapDetail(ctx, in.ID, coverage.GapQuery{Period: in.periods, Filter: f}, resolute.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	return &gapOut{Body: d.JSON(resolute.Lang(in.Lang))}, nil
}

func (a *API) imports(ctx context.Context, _ *struct{}) (*importsOut, error) {
	list, err := ledger.List(ctx, a.DB, 0, 1000)
	if err != nil {
		return nil, err
	}
	out := &importsOut{}
	out.Body.Imports = some(list)
	return out, nil
}

func (a *API) imported(ctx context.Context, in *importIn) (*importOut, error) {
	i, err := ledger.Get(ctx, a.DB, in.ID)
	if err != nil {
		return nil, err
	}
	out := &importOut{}
	out.Body.Import = i
	out.Body.Findings, err = ledger.Findings(ctx, a.DB, in.ID, 0, 10_000)
	return out, err
}

func (a *API) status(ctx context.Context, _ *struct{}) (*statusOut, error) {
	f, err := a.Coverage.Freshness(ctx)
	if err != nil {
		return nil, err
	}
	out := &statusOut{}
	out.Body.Freshness = f
	out.Body.Log, err = a.Coverage.Version(ctx)
	return out, err
}
