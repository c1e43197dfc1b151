package dataquery

import (
	"net/url"
	"slices"
	"strings"
)

// Structures is a question for structural metadata.
type Structures struct {
	Class                   string   // of artefacts, in the words of version 2; AnyClass: all
	Agencies, IDs, Versions []string // nil: any
	Latest                  bool     // only the latest version of each
	Items                   []string // of schemes; nil: all
	Detail                  Detail
	References              []string // none: empty
}

// AnyClass stands for all classes of artefacts.
const AnyClass = "*"

// Detail is how much of the artefacts is told.
type Detail struct {
	Stubs          bool // only the names of all
	ReferenceStubs bool // only the names of those that are referred to
	Partial        bool // of lists that are referred to only the items in use
}

// The words of version 2 for classes of artefacts and for what is to be told with them; an old word
// stands for a new one.
var (
	classes = strings.Fields(`datastructure metadatastructure categoryscheme conceptscheme codelist hierarchy hierarchyassociation valuelist agencyscheme dataproviderscheme
		metadataproviderscheme dataconsumerscheme organisationunitscheme dataflow metadataflow reportingtaxonomy provisionagreement metadataprovisionagreement structuremap representationmap
		conceptschememap categoryschememap organisationschememap reportingtaxonomymap process categorisation dataconstraint metadataconstraint transformationscheme rulesetscheme
		userdefinedoperatorscheme customtypescheme namepersonalisationscheme vtlmappingscheme geographiccodelist geogridcodelist`)
	oldClasses = map[string]string{"contentconstraint": "dataconstraint", "attachmentconstraint": "dataconstraint", "allowedconstraint": "dataconstraint", "actualconstraint": "dataconstraint", "structureset": "structuremap",
		"hierarchicalcodelist": "hierarchy", "organisationscheme": "agencyscheme", "structure": AnyClass}
	relations = strings.Fields("none parents parentsandsiblings ancestors children descendants all")
	details   = map[string]Detail{"full": {}, "raw": {}, "allstubs": {Stubs: true}, "allcompletestubs": {Stubs: true}, "referencestubs": {ReferenceStubs: true}, "referencecompletestubs": {ReferenceStubs: true},
		"referencepartial": {Partial: true}}
)

// ParseStructures reads a question for structures of version 2: what stands behind /structure/ in
// the path, still escaped, as CLASS/AGENCY/ID/VERSION/ITEM of which the end may be left out, and the
// raw query. Parameters named in known belong to another. The error is an Error.
func ParseStructures(path, raw string, known ...string) (Structures, error) {
	if path == "" {
		path = AnyClass
	}
	parts, err := split(path)
	if err != nil {
		return Structures{}, err
	}
	return structures(parts, ",", raw, known)
}

// ParseOldStructures reads a question for structures of version 1, whose path begins with the class
// and joins alternatives with +. It is false for a path that begins with no class.
func ParseOldStructures(path, raw string, known ...string) (s Structures, ours bool, err error) {
	parts, err := split(path)
	if err != nil {
		return s, false, err
	}
	if _, ok := classOf(parts[0]); !ok || parts[0] == AnyClass {
		return s, false, nil
	}
	s, err = structures(parts, "+", raw, known)
	return s, true, err
}

func structures(parts []string, or, raw string, known []string) (s Structures, err error) {
	if len(parts) > 5 {
		return s, refuse(malformed, "the path has more than class, agency, id, version and item")
	}
	for len(parts) < 5 {
		parts = append(parts, "")
	}
	var ok bool
	if s.Class, ok = classOf(parts[0]); !ok {
		return s, refuse(malformed, "%q is no class of artefacts; there are %s", parts[0], strings.Join(classes, ", "))
	}
	if parts[4] != "" && !strings.HasSuffix(s.Class, "scheme") && s.Class != "codelist" && s.Class != "valuelist" {
		return s, refuse(malformed, "a %s has no items", s.Class)
	}
	some := func(text string) []string {
		if text == "" || text == "*" || text == "all" {
			return nil
		}
		return strings.Split(text, or)
	}
	s.Agencies, s.IDs, s.Items = some(parts[1]), some(parts[2]), some(parts[4])
	if s.Latest = slices.Contains([]string{"", "~", "+", "latest"}, parts[3]); !s.Latest {
		s.Versions = some(parts[3])
	}
	return s, s.parameters(raw, known)
}

// classOf reads the name of a class, old or new.
func classOf(name string) (string, bool) {
	if name == AnyClass || name == "all" {
		return AnyClass, true
	}
	if now, old := oldClasses[name]; old {
		return now, true
	}
	return name, slices.Contains(classes, name)
}

func (s *Structures) parameters(raw string, known []string) error {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return refuse(malformed, "the query cannot be read: %v", err)
	}
	for name, all := range values {
		value := all[len(all)-1]
		switch {
		case slices.Contains(known, name):
		case name == "detail":
			detail, ok := details[value]
			if !ok {
				return refuse(malformed, "detail: %q is not full, allstubs, referencestubs, allcompletestubs, referencecompletestubs, referencepartial or raw", value)
			}
			s.Detail = detail
		case name == "references":
			if s.References, err = references(strings.Join(all, ","), relations); err != nil {
				return err
			}
		default:
			return refuse(malformed, "the parameter %q is not known", name)
		}
	}
	return nil
}

// references reads which artefacts are to be told too: words of a list, or classes.
func references(text string, words []string) (list []string, err error) {
	for one := range strings.SplitSeq(text, ",") {
		class, ok := classOf(one)
		switch {
		case slices.Contains(words, one):
			class = one
		case !ok:
			return nil, refuse(malformed, "references: %q is not %s or a class of artefacts", one, strings.Join(words, ", "))
		}
		if class != "none" {
			list = append(list, class)
		}
	}
	return list, nil
}
