package iati

import "resolute"

// DecodeOrganisation turns one element of a file of organisations into an Organisation, as Decode
// does with an activity: it never fails, and tells by findings what it could not understand.
func DecodeOrganisation(root Root, el *Element) (Organisation, []resolute.Finding) {
	el, kept := root.Upgrade(el)
	d := newDecoder(root, el)
	defer d.release()
	d.activity = Activity{DefaultCurrency: root.DefaultCurrency}
	o := Organisation{Line: el.Line, IdentifierLine: el.Line, IdentifierColumn: el.Column}
	at := spot{el.Line, el.Column}
	if d.next() == startTag {
		d.lang = d.ownLang()
		o.Lang = d.lang
		if own := d.attr("default-currency"); own != "" {
			d.activity.DefaultCurrency = d.currencyCode(own, at)
		}
		o.LastUpdated = d.instant(d.attr("last-updated-datetime"), at)
		d.each(func(name []byte) { d.organisationChild(&o, string(name)) })
	}
	o.DefaultCurrency, o.Reporter = d.activity.DefaultCurrency, d.activity.Reporter
	if o.Identifier == "" {
		d.find("identifier-missing", resolute.SeverityError, spot{o.IdentifierLine, o.IdentifierColumn}, "", "an organisation-identifier",
			"organisation without identifier: refused, its bytes are kept with the import")
	}
	d.tellMore(at)
	d.findings = append(d.findings, kept...)
	for i := range d.findings {
		d.findings[i].Record = o.Identifier
	}
	return o, d.findings
}

// organisationChild reads one child of the organisation.
func (d *decoder) organisationChild(o *Organisation, name string) {
	at := d.here()
	switch name {
	case "organisation-identifier":
		if o.Identifier == "" {
			o.IdentifierLine, o.IdentifierColumn = at.line, at.column
			o.Identifier = d.text()
		}
	case "name":
		if len(o.Name) == 0 {
			o.Name = d.narratives()
		}
	case "reporting-org":
		d.reporter(at)
	case TotalBudget, RecipientOrg, RecipientRegion, RecipientCountry, TotalExpenditure:
		o.Money = append(o.Money, d.organisationMoney(name, at))
	case "document-link":
		o.Documents = append(o.Documents, d.document(at))
	}
}

func (d *decoder) organisationMoney(kind string, at spot) OrganisationMoney {
	m := OrganisationMoney{Kind: kind, Line: at.line}
	if kind != TotalExpenditure {
		if m.Status = d.check(&budgetStatuses, d.attr("status"), at); m.Status == "" {
			m.Status = "1"
		}
	}
	valued := false
	d.each(func(name []byte) {
		switch string(name) {
		case "period-start":
			m.From = d.day("iso-date", "period-start", d.here())
		case "period-end":
			m.To = d.day("iso-date", "period-end", d.here())
		case "value":
			m.Value, valued = d.value(), true
		case "budget-line", "expense-line":
			m.Lines = append(m.Lines, d.moneyLine(string(name), d.here()))
		case "recipient-org":
			m.Recipient.Code = d.attr("ref")
			m.Recipient.Name = d.narratives()
		case "recipient-country":
			m.Recipient = recipientAt(d.country(nil, d.here()))
		case "recipient-region":
			m.Recipient = recipientAt(d.region(nil, d.here()))
		}
	})
	d.needValue(valued, kind, at)
	return m
}

func recipientAt(p Place) Recipient { return Recipient{p.Code, p.Vocabulary, p.Name} }

// moneyLine reads a part of a budget or expenditure, whose narratives stand beside its value.
func (d *decoder) moneyLine(element string, at spot) MoneyLine {
	l := MoneyLine{Ref: d.attr("ref"), Line: at.line}
	valued := false
	l.Name = d.narrativesAnd(func(name []byte) {
		if string(name) == "value" {
			l.Value, valued = d.value(), true
		}
	})
	d.needValue(valued, element, at)
	return l
}
