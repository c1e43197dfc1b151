package sdmx

import (
	"slices"
	"strings"

	"resolute"
)

// attributeNames are components that are attributes in the cross-domain guidelines and in common
// structures. They are asked only where no structure is given.
var attributeNames = map[string]bool{
	"OBS_STATUS": true, "OBS_CONF": true, "CONF_STATUS": true, "CONF_STATUS_OBS": true, "OBS_PRE_BREAK": true, "OBS_COM": true,
	"UNIT_MULT": true, "UNIT_MULTIPLIER": true, "UNIT_MEASURE": true, "UNIT": true, "UNITS": true, "DECIMALS": true, "TITLE": true, "TITLE_COMPL": true, "COLL_METHOD": true,
	"COLLECTION": true, "AVAILABILITY": true, "TIME_FORMAT": true, "COMMENT_OBS": true, "COMMENT_TS": true, "COMMENT_DSET": true,
	"NATURE": true, "SOURCE_DETAIL": true, "TIME_DETAIL": true, "TIME_COVERAGE": true, "UPPER_BOUND": true, "LOWER_BOUND": true,
	"BASE_PER": true, "GEO_INFO_URL": true, "GEO_INFO_TYPE": true, "DATA_LAST_UPDATE": true, "CUST_BREAKDOWN_LB": true, "UPDATED": true,
	"OBS_FLAG": true, "REFERENCEPERIOD": true, "EMBARGO_TIME": true,
}

// guessed says in a finding that components were told apart without a structure.
func guessed(d DataSet, at place) resolute.Finding {
	return finding("sdmx-structure-missing", resolute.SeverityNote, at, d.Ref.String(), "its structure",
		"the structure of %s is not at hand: dimensions and attributes are told apart by their places and names; give it with --structure to be sure", nameOf(d.Ref))
}

// incomplete says in a finding that the sender says of a message that it may lack something.
func incomplete(at place, said string) resolute.Finding {
	return finding("sdmx-incomplete", resolute.SeverityWarning, at, said, "a message without errors of its sender", "the message says of itself that it is cut off or that an error was met: %s", short(said))
}

func nameOf(r Ref) string {
	if r.ID == "" {
		return "the data"
	}
	return r.String()
}

// bind finds the structure of a data set and tells what could not be found.
func bind(ref Ref, action Action, known Structures, at place, h Handler) DataSet {
	d := DataSet{Ref: ref, Action: action, Line: at.line}
	if len(known.Defined) == 0 {
		return d
	}
	found, exact := known.Find(ref)
	d.Structure = found
	if found != nil && !exact {
		h.finding(finding("sdmx-structure-other", resolute.SeverityWarning, at, nameOf(ref), found.Ref.String(),
			"the structures at hand do not hold %s: %s was taken in its place", nameOf(ref), found.Ref))
	}
	return d
}

// isCoded says whether an attribute or measure holds codes, which may bear labels. Free text is not
// labelled, and it may well hold a colon. Without its representation names tell.
func (s *Structure) isCoded(id string) bool {
	if s != nil {
		for _, c := range slices.Concat(s.Measures, s.Attributes) {
			if c.ID == id && (c.Codelist.ID != "" || c.Type != "") {
				return c.Codelist.ID != ""
			}
		}
	}
	return !slices.ContainsFunc(freeTexts, func(part string) bool { return strings.Contains(id, part) })
}

// freeTexts are what the names of attributes with free text have in common.
var freeTexts = []string{"COMMENT", "OBS_COM", "TITLE", "SOURCE", "DETAIL", "NOTE", "COLL_METHOD", "URL"}

// wellKnown says whether a component is an attribute by its name: one of the guidelines, or ATTR
// with a number, as the standard's own examples have it.
func wellKnown(id string) bool {
	return attributeNames[id] || strings.HasPrefix(id, "ATTR_") || strings.HasPrefix(id, "ATT") && digits(id[3:])
}
