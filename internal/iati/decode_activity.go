package iati

import (
	"fmt"
	"strconv"

	"resolute"
)

// attributes reads the start tag of the activity.
func (d *decoder) attributes(at spot) {
	a := &d.activity
	d.lang = d.ownLang()
	a.Lang = d.lang
	if own := d.attr("default-currency"); own != "" {
		a.DefaultCurrency = d.currencyCode(own, at)
	}
	a.LastUpdated = d.instant(d.attr("last-updated-datetime"), at)
	a.Humanitarian = d.boolean("humanitarian")
	a.BudgetNotProvided = d.attr("budget-not-provided")
	if printed := d.attr("hierarchy"); printed != "" {
		n, err := strconv.Atoi(printed)
		if err != nil || n < 1 || n > 1000 {
			d.warn("bad-value", at, printed, "a number from 1", "hierarchy %q is no level; 1 is taken", printed)
			n = 1
		}
		a.Hierarchy = n
	}
}

// child reads one child of the activity.
func (d *decoder) child(name []byte) {
	a, at := &d.activity, d.here()
	switch string(name) {
	case "iati-identifier":
		if a.Identifier == "" {
			a.IdentifierLine, a.IdentifierColumn = at.line, at.column
			d.identifier = at
			a.Identifier = d.text()
		}
	case "reporting-org":
		d.reporter(at)
	case "title":
		d.title()
	case "description":
		kind := d.check(&descriptionTypes, d.attr("type"), at)
		a.Descriptions = append(a.Descriptions, Description{Type: kind, Text: d.narratives()})
	case "participating-org":
		a.Participants = append(a.Participants, d.participant(at))
	case "other-identifier":
		a.OtherIdentifiers = append(a.OtherIdentifiers, d.otherIdentifier(at))
	case "activity-status":
		a.Status = d.check(&statuses, d.attr("code"), at)
	case "activity-date":
		date := Date{Type: d.need(&dateTypes, d.attr("type"), at), Day: d.day("iso-date", "activity-date", at), Line: at.line}
		date.Narrative = d.narratives()
		a.Dates = append(a.Dates, date)
	case "activity-scope":
		a.Scope = d.check(&scopes, d.attr("code"), at)
	case "recipient-country":
		a.Countries = append(a.Countries, d.country(&d.countries, at))
	case "recipient-region":
		a.Regions = append(a.Regions, d.region(&d.regions, at))
	case "location":
		a.Locations = append(a.Locations, d.location(at))
	case "sector":
		a.Sectors = append(a.Sectors, d.sector(&d.sectors, at))
	case "tag":
		a.Tags = append(a.Tags, d.tag(at))
	case "policy-marker":
		a.Markers = append(a.Markers, d.marker(at))
	default:
		d.financial(string(name), at)
	}
}

// financial reads the children of the activity that follow the classifications.
func (d *decoder) financial(name string, at spot) {
	a := &d.activity
	switch name {
	case "collaboration-type":
		a.CollaborationType = d.check(&collaborationTypes, d.attr("code"), at)
	case "default-flow-type":
		a.DefaultFlowType = d.check(&flowTypes, d.attr("code"), at)
	case "default-finance-type":
		a.DefaultFinanceType = d.attr("code")
	case "default-aid-type":
		a.DefaultAidTypes = append(a.DefaultAidTypes, d.aidType())
	case "default-tied-status":
		a.DefaultTiedStatus = d.check(&tiedStatuses, d.attr("code"), at)
	case "budget":
		a.Budgets = append(a.Budgets, d.budget(at))
	case "planned-disbursement":
		a.PlannedDisbursements = append(a.PlannedDisbursements, d.plannedDisbursement(at))
	case "transaction":
		a.Transactions = append(a.Transactions, d.transaction(at))
	case "document-link":
		a.Documents = append(a.Documents, d.document(at))
	case "related-activity":
		a.Related = append(a.Related, Related{Ref: d.attr("ref"), Type: d.check(&relations, d.attr("type"), at), Line: at.line})
	case "result":
		a.Results = append(a.Results, d.result(at))
	}
}

// reporter reads the reporting-org; of several the first counts.
func (d *decoder) reporter(at spot) {
	if d.activity.Reporter.Line > 0 {
		return
	}
	secondary := d.boolean("secondary-reporter")
	d.activity.Reporter = Reporter{Ref: d.attr("ref"), Type: d.check(&organisationTypes, d.attr("type"), at),
		Secondary: secondary != nil && *secondary, Line: at.line}
	d.activity.Reporter.Name = d.narratives()
}

// title reads the title; of several the first with words counts.
func (d *decoder) title() {
	if len(d.activity.Title) == 0 {
		d.activity.Title = d.narratives()
	}
}

func (d *decoder) participant(at spot) Participant {
	p := Participant{Ref: d.attr("ref"), Role: d.check(&roles, d.attr("role"), at),
		Type: d.check(&organisationTypes, d.attr("type"), at), ActivityRef: d.attr("activity-id"), Line: at.line}
	p.Name = d.narratives()
	return p
}

func (d *decoder) otherIdentifier(at spot) OtherIdentifier {
	o := OtherIdentifier{Ref: d.attr("ref"), Type: d.check(&otherIDTypes, d.attr("type"), at)}
	d.each(func(name []byte) {
		if string(name) == "owner-org" {
			o.OwnerRef = d.attr("ref")
			o.OwnerName = d.narratives()
		}
	})
	return o
}

func (d *decoder) document(at spot) Document {
	doc := Document{URL: d.attr("url"), Format: d.attr("format"), Line: at.line}
	d.each(func(name []byte) {
		switch string(name) {
		case "title":
			doc.Title = d.narratives()
		case "category":
			doc.Categories = append(doc.Categories, d.attr("code"))
		case "language":
			doc.Languages = append(doc.Languages, d.attr("code"))
		case "document-date":
			doc.Day = d.day("iso-date", "document-date", d.here())
		}
	})
	return doc
}

// judge gives the findings about the activity as a whole, which began at the given spot.
func (d *decoder) judge(at spot) {
	a := &d.activity
	if a.Identifier == "" {
		if d.identifier != (spot{}) {
			at = d.identifier
		}
		d.find("identifier-missing", resolute.SeverityError, at, "", "an iati-identifier",
			"activity without identifier: refused, its bytes are kept with the import")
		at = spot{a.Line, d.column}
	}
	dated := false
	for _, date := range a.Dates {
		dated = dated || date.Day != "" && len(date.Type) == 1 && date.Type >= "1" && date.Type <= "4"
	}
	if !dated {
		d.warn("activity-undated", at, "", "an activity-date of type 1 to 4", "no usable date")
	}
	d.judgeShares()
	d.tellMore(at)
}

// tellMore says how many findings are not listed.
func (d *decoder) tellMore(at spot) {
	if d.more > 0 {
		d.findings = append(d.findings, resolute.Finding{Rule: "more-findings", Severity: resolute.SeverityWarning,
			Line: at.line, Column: at.column, Message: fmt.Sprintf("%d more findings about this are not listed", d.more)})
	}
}
