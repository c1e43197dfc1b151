package api

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

type instrumentsOut struct{ Body mandate.ShelfListJSON }

type instrumentsIn struct {
	Q         string `query:"q" maxLength:"300" doc:"Words of title, number and text in force; each must occur"`
	Organ     string `query:"body" maxLength:"100" doc:"Body that adopted it: itu:pp, un:a"`
	Kind      string `query:"kind" maxLength:"100" doc:"resolution, decision, ..."`
	Year      string `query:"year" maxLength:"4" doc:"Year of the text held, else of the newest known revision"`
	Addressee string `query:"addressee" maxLength:"300" doc:"Whom the text in force speaks to: a code (sg, director-bdt), or words as printed"`
	Cites     string `query:"cites" maxLength:"100" doc:"Key of an instrument that the text in force cites"`
	CitedBy   string `query:"cited_by" maxLength:"100" doc:"Key of an instrument whose text in force cites it"`
	Held      bool   `query:"held" doc:"Only those whose text is held"`
	Sort      string `query:"sort" enum:"key,newest,cited" default:"key"`
	Cursor    string `query:"cursor" maxLength:"2000" doc:"Next of the page before"`
	Limit     int    `query:"limit" minimum:"1" maximum:"1000" default:"1000"`
	Lang      string `query:"lang" enum:"ar,en,es,fr,ru,zh" default:"en" doc:"Language of titles"`
}

func (a *API) instruments(ctx context.Context, in *instrumentsIn) (*instrumentsOut, error) {
	head, err := a.Coverage.Version(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.Mandate.Shelf(ctx, mandate.ShelfQuery{Text: in.Q, Body: in.Organ, Kind: in.Kind, Year: in.Year, Addressee: in.Addressee, Cites: in.Cites, CitedBy: in.CitedBy,
		Held: in.Held, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit, Day: time.UnixMilli(head.At).UTC().Format(time.DateOnly)})
	if err != nil {
		return nil, err
	}
	return &instrumentsOut{list.JSON(resolute.Lang(in.Lang))}, nil
}

type textsIn struct {
	Instrument string `query:"instrument" maxLength:"100" doc:"Key of an instrument: itu:wtdc/res/30; all when left out"`
}

type textsOut struct {
	Body struct {
		Texts []mandate.Revision `json:"texts"`
	}
}

func (a *API) texts(ctx context.Context, in *textsIn) (*textsOut, error) {
	list, err := a.Mandate.Revisions(ctx, in.Instrument)
	if err != nil {
		return nil, err
	}
	if _, known := mandate.InstrumentOf(in.Instrument); in.Instrument != "" && len(list) == 0 && !known {
		return nil, &resolute.Error{Code: resolute.Usage, Field: "instrument", Message: fmt.Sprintf("unknown instrument %q: want a key such as itu:pp/res/140, as /api/v1/instruments lists them", in.Instrument)}
	}
	out := &textsOut{}
	out.Body.Texts = some(list)
	return out, nil
}

type textIn struct {
	Instrument string `query:"instrument" maxLength:"100" doc:"Key of an instrument; the built-in mandate when left out"`
	Revision   int64  `query:"revision" minimum:"0" doc:"Number of a text; the one in force when left out"`
}

// provisionJSON is a provision with what it cites.
type provisionJSON struct {
	mandate.Wording
	Cites []mandate.CitationJSON `json:"cites"`
}

type textOut struct {
	Body struct {
		Text       mandate.Revision   `json:"text"`
		Provisions []provisionJSON    `json:"provisions"`
		Findings   []resolute.Finding `json:"findings"`
	}
}

func (a *API) text(ctx context.Context, in *textIn) (*textOut, error) {
	instrument := cmp.Or(in.Instrument, mandate.BuiltIn())
	r, err := a.Mandate.Read(ctx, instrument, in.Revision)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, a.noText(ctx, instrument, in.Revision)
	}
	out := &textOut{}
	out.Body.Text, out.Body.Findings = r.Revision, some(r.Findings)
	for _, w := range r.Provisions {
		out.Body.Provisions = append(out.Body.Provisions, provisionJSON{w, mandate.CitationsJSON(r.CitationsOf(w.Thread))})
	}
	return out, nil
}

// noText tells what of an instrument is not held: any text, or only the revision that was asked for.
func (a *API) noText(ctx context.Context, instrument string, revision int64) error {
	held, err := a.Mandate.Revisions(ctx, instrument)
	if err != nil {
		return err
	}
	if len(held) > 0 {
		return &resolute.Error{Code: resolute.NotFound, Field: "revision", Message: fmt.Sprintf("no text of %s has the number %d: /api/v1/texts?instrument=%[1]s lists those that are held", instrument, revision)}
	}
	return &resolute.Error{Code: resolute.NotFound, Field: "instrument", Message: "no text of " + instrument + " is held: resolute import resolution FILE.txt brings one in"}
}

type provisionsIn struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"300" doc:"Words; each must occur"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

// foundJSON is a provision that was found.
type foundJSON struct {
	Instrument string `json:"instrument"`
	Label      string `json:"label"`
	Alias      string `json:"alias"` // short name of the thread; empty: none
	mandate.Wording
}

type provisionsOut struct {
	Body struct {
		Total      int         `json:"total"`
		Provisions []foundJSON `json:"provisions"`
	}
}

func (a *API) provisions(ctx context.Context, in *provisionsIn) (*provisionsOut, error) {
	found, total, err := a.Mandate.Find(ctx, in.Q, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &provisionsOut{}
	out.Body.Total, out.Body.Provisions = total, []foundJSON{}
	for _, f := range found {
		out.Body.Provisions = append(out.Body.Provisions, foundJSON{f.Instrument, f.Label, f.Alias, f.Wording})
	}
	return out, nil
}

type rolesIn struct {
	Line string `query:"line" maxLength:"10" doc:"Action line: C6, C7.1; all when left out"`
}

type rolesOut struct {
	Body struct {
		Claims []mandate.RoleClaimJSON `json:"claims"`
	}
}

func (a *API) roles(ctx context.Context, in *rolesIn) (*rolesOut, error) {
	claims := mandate.RoleClaims()
	if in.Line != "" {
		catalogue, err := a.Coverage.Catalogue(ctx)
		if err != nil {
			return nil, err
		}
		if _, known := catalogue.Concept(framework.ActionLine, in.Line); !known {
			return nil, &resolute.Error{Code: resolute.Usage, Field: "line", Message: fmt.Sprintf("unknown action line %q: want C1 to C11, or a part such as C7.1", in.Line)}
		}
		claims = mandate.RolesOf(in.Line)
	}
	out := &rolesOut{}
	out.Body.Claims = mandate.RolesJSON(claims)
	return out, nil
}

type citationsIn struct {
	Instrument string `query:"instrument" maxLength:"100" doc:"Key of an instrument that cites or is cited"`
	CitedBy    string `query:"cited_by" maxLength:"100" doc:"Key of the instrument that cites"`
	Cites      string `query:"cites" maxLength:"100" doc:"Key of the instrument that is cited"`
	Organ      string `query:"body" maxLength:"100" doc:"Body of what cites: itu:pp, un:a"`
	Cited      string `query:"cited_body" maxLength:"100" doc:"Body of what is cited"`
	Standing   string `query:"standing" enum:"in-force,older,followed,unnamed,unknown" doc:"How the cited edition stands on the day of the data"`
	By         string `query:"by" enum:"instrument,provision" default:"instrument" doc:"What the rows are: who cites whom, or each citation"`
	Cursor     string `query:"cursor" maxLength:"2000" doc:"Next of the page before"`
	Limit      int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

type citationsOut struct{ Body mandate.Graph }

func (a *API) citations(ctx context.Context, in *citationsIn) (*citationsOut, error) {
	head, err := a.Coverage.Version(ctx)
	if err != nil {
		return nil, err
	}
	g, err := a.Mandate.Graph(ctx, mandate.GraphQuery{Instrument: in.Instrument, From: in.CitedBy, To: in.Cites, Body: in.Organ, CitedBody: in.Cited, Standing: in.Standing, By: in.By,
		Cursor: in.Cursor, Limit: in.Limit, Day: time.UnixMilli(head.At).UTC().Format(time.DateOnly)})
	if err != nil {
		return nil, err
	}
	return &citationsOut{g}, nil
}

type rulesIn struct {
	Lang string `query:"lang" enum:"ar,en,es,fr,ru,zh" default:"en" doc:"Language of the explanations"`
}

type rulesOut struct {
	Body struct {
		Rules []mandate.RuleJSON `json:"rules"`
	}
}

func (a *API) rules(_ context.Context, in *rulesIn) (*rulesOut, error) {
	out := &rulesOut{}
	for _, r := range mandate.Rules() {
		out.Body.Rules = append(out.Body.Rules, r.JSON(resolute.Lang(in.Lang)))
	}
	return out, nil
}
