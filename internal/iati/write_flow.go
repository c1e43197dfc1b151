package iati

// flows writes budgets, planned disbursements and transactions.
func (w *Writer) flows(a Activity) {
	for _, b := range a.Budgets {
		w.begin(2, "budget", pair{"type", b.Type}, pair{"status", b.Status})
		w.span(b.From, b.To)
		w.value(b.Value, a.DefaultCurrency)
		w.end(2, "budget")
	}
	for _, p := range a.PlannedDisbursements {
		w.begin(2, "planned-disbursement", pair{"type", p.Type})
		w.span(p.From, p.To)
		w.value(p.Value, a.DefaultCurrency)
		w.party("provider", p.Provider)
		w.party("receiver", p.Receiver)
		w.end(2, "planned-disbursement")
	}
	for _, t := range a.Transactions {
		w.transaction(t, a.DefaultCurrency)
	}
}

// span writes the first and last day of a period.
func (w *Writer) span(from, to string) {
	w.day(3, "period-start", from)
	w.day(3, "period-end", to)
}

// value writes an amount as printed, or from its hundredths when there is no such text.
func (w *Writer) value(v Value, inherited string) {
	w.tag(3, "value")
	if v.Currency != inherited {
		w.attr("currency", v.Currency)
	}
	w.attr("value-date", v.ValueDate)
	w.raw(">")
	if v.Text == "" && v.OK {
		v.Text = v.Cents.String()
	}
	w.escaped(v.Text, textEscapes)
	w.raw("</value>\n")
}

// party writes the side of a flow; none when nothing is known of it.
func (w *Writer) party(side string, p Party) {
	if p.Ref != "" || p.Type != "" || p.ActivityRef != "" || len(p.Name) > 0 {
		w.narrated(3, side+"-org", p.Name, pair{"ref", p.Ref}, pair{side + "-activity-id", p.ActivityRef}, pair{"type", p.Type})
	}
}

func (w *Writer) transaction(t Transaction, inherited string) {
	w.begin(2, "transaction", pair{"ref", t.Ref}, pair{"humanitarian", flag(t.Humanitarian)})
	w.code(3, "transaction-type", t.Type)
	w.day(3, "transaction-date", t.Date)
	w.value(t.Value, inherited)
	if len(t.Description) > 0 {
		w.narrated(3, "description", t.Description)
	}
	w.party("provider", t.Provider)
	w.party("receiver", t.Receiver)
	w.code(3, "disbursement-channel", t.DisbursementChannel)
	for _, c := range t.Sectors {
		w.coded(3, "sector", c)
	}
	w.places(3, t.Countries, t.Regions)
	w.code(3, "flow-type", t.FlowType)
	w.code(3, "finance-type", t.FinanceType)
	for _, a := range t.AidTypes {
		w.empty(3, "aid-type", pair{"vocabulary", a.Vocabulary}, pair{"code", a.Code})
	}
	w.code(3, "tied-status", t.TiedStatus)
	w.end(2, "transaction")
}

func (w *Writer) document(d Document) {
	w.begin(2, "document-link", pair{"format", d.Format}, pair{"url", d.URL})
	if len(d.Title) > 0 {
		w.narrated(3, "title", d.Title)
	}
	for _, c := range d.Categories {
		w.code(3, "category", c)
	}
	for _, l := range d.Languages {
		w.code(3, "language", l)
	}
	w.day(3, "document-date", d.Day)
	w.end(2, "document-link")
}
