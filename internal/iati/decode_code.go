package iati

// country reads a recipient-country and adds its percentage to a tally; within a transaction,
// where the standard knows none, the tally is nil.
func (d *decoder) country(t *tally, at spot) Place {
	p := Place{Code: d.attr("code"), Share: NotStated, Line: at.line, Column: at.column}
	if t != nil {
		p.Share = d.shareOf(t, "recipient-country", at)
	}
	p.Name = d.narratives()
	return p
}

// region reads a recipient-region, as country does.
func (d *decoder) region(t *tally, at spot) Place {
	p := Place{Code: d.attr("code"), Vocabulary: d.vocabulary(&regionVocabularies, at), URI: d.attr("vocabulary-uri"),
		Share: NotStated, Line: at.line, Column: at.column}
	if t != nil {
		p.Share = d.shareOf(t, groupOf("recipient-region", p.Vocabulary, p.URI), at)
	}
	p.Name = d.narratives()
	return p
}

// sector reads a sector, as country does.
func (d *decoder) sector(t *tally, at spot) Code {
	c := Code{Vocabulary: d.vocabulary(&sectorVocabularies, at), URI: d.attr("vocabulary-uri"), Code: d.attr("code"),
		Share: NotStated, Line: at.line, Column: at.column}
	d.needAddress("sector", c, at)
	if t != nil {
		c.Share = d.shareOf(t, groupOf("sector", c.Vocabulary, c.URI), at)
	}
	c.Name = d.narratives()
	return c
}

// groupOf names the entries that together make a whole: those of a vocabulary, and of one's own (99, 98
// a second one) those of an address, since each address is a classification of its own.
func groupOf(element, vocabulary, uri string) string {
	group := element + " vocabulary " + vocabulary
	if uri != "" && (vocabulary == "99" || vocabulary == "98") {
		group += " " + uri
	}
	return group
}

func (d *decoder) tag(at spot) Code {
	c := Code{Vocabulary: d.need(&tagVocabularies, d.attr("vocabulary"), at), URI: d.attr("vocabulary-uri"),
		Code: d.attr("code"), Share: NotStated, Line: at.line, Column: at.column}
	d.needAddress("tag", c, at)
	c.Name = d.narratives()
	return c
}

func (d *decoder) marker(at spot) Marker {
	m := Marker{Vocabulary: d.vocabulary(&markerVocabularies, at), URI: d.attr("vocabulary-uri"), Code: d.attr("code"),
		Significance: d.check(&significances, d.attr("significance"), at), Line: at.line}
	m.Name = d.narratives()
	return m
}

func (d *decoder) aidType() AidType {
	t := AidType{Vocabulary: d.attr("vocabulary"), Code: d.attr("code")}
	if t.Vocabulary == "" {
		t.Vocabulary = "1"
	}
	return t
}

// vocabulary gives the vocabulary of the start tag at hand; not printed, it is 1.
func (d *decoder) vocabulary(list *codeList, at spot) string {
	printed := d.attr("vocabulary")
	if printed == "" {
		return "1"
	}
	return d.check(list, printed, at)
}

// needAddress warns of a code of the publisher's own vocabulary (99, 98 a second one) whose
// vocabulary has no address: nobody can tell what the code means. One warning for each vocabulary
// is enough, the repair is the same for all its codes.
func (d *decoder) needAddress(element string, c Code, at spot) {
	if c.URI == "" && (c.Vocabulary == "99" || c.Vocabulary == "98") && d.first(element+c.Vocabulary) {
		d.warn("vocabulary-uri-missing", at, "", "a vocabulary-uri",
			"%s vocabulary %s without vocabulary-uri: meaning unknown, not counted", element, c.Vocabulary)
	}
}
