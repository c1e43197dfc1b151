package iati

import (
	"strings"

	"golang.org/x/text/currency"

	"resolute"
)

// value reads the value element at hand.
func (d *decoder) value() Value {
	at := d.here()
	v := Value{Currency: d.activity.DefaultCurrency}
	if own := d.attr("currency"); own != "" {
		v.Currency = d.currencyCode(own, at)
	}
	if d.attr("value-date") != "" {
		v.ValueDate = d.day("value-date", "value-date", at)
	}
	v.Text = d.text()
	v.Cents, v.Exact, v.OK = resolute.ParseCents(v.Text)
	if !v.OK {
		d.warn("value-invalid", at, v.Text, "a decimal number below 90 million million", "%q is no decimal number, or beyond what is counted; not counted", v.Text)
		return v
	}
	if strings.IndexByte(v.Text, 'e') >= 0 || strings.IndexByte(v.Text, 'E') >= 0 {
		d.noteOnce("value-notation", at, v.Text, "a value is printed with an exponent; it is read so")
	}
	if !v.Exact {
		d.find("value-rounded", resolute.SeverityNote, at, v.Text, v.Cents.String(), "%s becomes %s", v.Text, v.Cents)
	}
	if v.Currency == "" {
		d.warn("currency-missing", at, "", "a currency, or the activity's default-currency", "the value %s has no currency; not counted", v.Text)
	}
	return v
}

// currencyCode checks a currency code of ISO 4217 and gives it in upper case.
func (d *decoder) currencyCode(printed string, at spot) string {
	code := strings.ToUpper(printed)
	if code == d.currency {
		return code
	}
	if _, err := currency.ParseISO(code); err != nil {
		d.warn("unknown-code", at, printed, "a code of ISO 4217", "currency %q: no such currency", printed)
		return code
	}
	d.currency = code
	return code
}

func (d *decoder) budget(at spot) Budget {
	b := Budget{Type: d.check(&budgetTypes, d.attr("type"), at), Status: d.check(&budgetStatuses, d.attr("status"), at), Line: at.line}
	if b.Type == "" {
		b.Type = "1"
	}
	if b.Status == "" {
		b.Status = "1"
	}
	valued := false
	d.each(func(name []byte) {
		switch string(name) {
		case "period-start":
			b.From = d.day("iso-date", "period-start", d.here())
		case "period-end":
			b.To = d.day("iso-date", "period-end", d.here())
		case "value":
			b.Value, valued = d.value(), true
		}
	})
	d.needValue(valued, "budget", at)
	return b
}

func (d *decoder) plannedDisbursement(at spot) PlannedDisbursement {
	p := PlannedDisbursement{Type: d.check(&budgetTypes, d.attr("type"), at), Line: at.line}
	valued := false
	d.each(func(name []byte) {
		switch string(name) {
		case "period-start":
			p.From = d.day("iso-date", "period-start", d.here())
		case "period-end":
			p.To = d.day("iso-date", "period-end", d.here())
		case "value":
			p.Value, valued = d.value(), true
		case "provider-org":
			p.Provider = d.party("provider-activity-id")
		case "receiver-org":
			p.Receiver = d.party("receiver-activity-id")
		}
	})
	d.needValue(valued, "planned-disbursement", at)
	return p
}

// party reads a provider-org or receiver-org.
func (d *decoder) party(activityID string) Party {
	p := Party{Ref: d.attr("ref"), Type: d.check(&organisationTypes, d.attr("type"), d.here()), ActivityRef: d.attr(activityID)}
	p.Name = d.narratives()
	return p
}

// needValue warns of an element about money that holds no value.
func (d *decoder) needValue(valued bool, element string, at spot) {
	if !valued {
		d.warn("value-invalid", at, "", "a value", "%s without value; not counted", element)
	}
}

func (d *decoder) transaction(at spot) Transaction {
	t := Transaction{Ref: d.attr("ref"), Humanitarian: d.boolean("humanitarian"), Line: at.line}
	var typed, dated, valued bool
	d.each(func(name []byte) {
		switch string(name) {
		case "transaction-type":
			t.Type, typed = d.need(&transactionTypes, d.attr("code"), d.here()), true
		case "transaction-date":
			t.Date, dated = d.day("iso-date", "transaction-date", d.here()), true
		case "value":
			t.Value, valued = d.value(), true
		default:
			d.transactionDetail(&t, string(name))
		}
	})
	if !typed {
		d.warn("transaction-type-missing", at, "", "a transaction-type", "transaction without type; not counted")
	}
	if !dated {
		d.warn("transaction-date-missing", at, "", "a transaction-date", "transaction without date; in no period")
	}
	d.needValue(valued, "transaction", at)
	return t
}

// transactionDetail reads the children of a transaction that may be missing.
func (d *decoder) transactionDetail(t *Transaction, name string) {
	at := d.here()
	switch name {
	case "description":
		t.Description = d.narratives()
	case "provider-org":
		t.Provider = d.party("provider-activity-id")
	case "receiver-org":
		t.Receiver = d.party("receiver-activity-id")
	case "disbursement-channel":
		t.DisbursementChannel = d.check(&channels, d.attr("code"), at)
	case "sector":
		t.Sectors = append(t.Sectors, d.sector(nil, at))
	case "recipient-country":
		t.Countries = append(t.Countries, d.country(nil, at))
	case "recipient-region":
		t.Regions = append(t.Regions, d.region(nil, at))
	case "flow-type":
		t.FlowType = d.check(&flowTypes, d.attr("code"), at)
	case "finance-type":
		t.FinanceType = d.attr("code")
	case "aid-type":
		t.AidTypes = append(t.AidTypes, d.aidType())
	case "tied-status":
		t.TiedStatus = d.check(&tiedStatuses, d.attr("code"), at)
	}
}
