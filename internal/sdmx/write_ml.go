package sdmx

import (
	"bufio"
	"encoding/xml"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// mlWriter writes structure-specific SDMX-ML, flat: every observation bears its whole key and all
// its attributes, so that the message can be read without knowing what attributes hang on.
type mlWriter struct {
	out     *bufio.Writer
	version Format
	root    string
	names   map[Ref]string // of structures in the message
	prefix  string         // of the data set
	time    string         // its time dimension
	several map[string][]string
	open    bool
	err     error
}

func newMLWriter(w io.Writer, version Format, s Summary, o Options) (*mlWriter, error) {
	if err := attributesAreFree(version, s); err != nil {
		return nil, err
	}
	m := &mlWriter{out: bufio.NewWriterSize(w, bufferSize), version: version, names: map[Ref]string{}}
	number := map[Format]string{ML21: "v2_1", GenericML21: "v2_1", ML30: "v3_0"}[version]
	base := "http://www.sdmx.org/resources/sdmxml/schemas/" + number
	m.root = "mes:StructureSpecificData"
	if version == GenericML21 {
		m.root = "mes:GenericData"
	}
	m.put(xml.Header + `<` + m.root + ` xmlns:mes="` + base + `/message" xmlns:com="` + base + `/common"`)
	if version == GenericML21 {
		m.put(` xmlns:gen="` + base + `/data/generic"`)
	} else {
		m.put(` xmlns:ss="` + base + `/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`)
	}
	var refs []Ref
	for _, set := range s.Sets {
		if _, known := m.names[set.Ref]; !known {
			refs = append(refs, set.Ref)
			m.names[set.Ref] = m.nameOf(set.Ref)
			if version != GenericML21 {
				m.put(` xmlns:` + m.names[set.Ref] + `="` + Namespace(set.Ref) + `"`)
			}
		}
	}
	m.put(">\n<mes:Header>\n<mes:ID>")
	m.text(o.ID)
	m.put("</mes:ID>\n<mes:Test>false</mes:Test>\n<mes:Prepared>" + o.Prepared.UTC().Format(time.RFC3339) + "</mes:Prepared>\n<mes:Sender id=\"")
	m.text(o.Sender)
	m.put("\"/>\n")
	for _, ref := range refs {
		m.header(ref)
	}
	m.put("</mes:Header>\n")
	return m, m.err
}

// nameOf is how a structure is called in the message: by its own id where that can be a prefix, since some
// readers (rsdmx) take the name for the id and ask for the structure by it.
func (m *mlWriter) nameOf(ref Ref) string {
	used := slices.Concat([]string{"mes", "com", "gen", "ss", "xsi"}, slices.Collect(maps.Values(m.names)))
	if prefixName.MatchString(ref.ID) && !strings.HasPrefix(strings.ToLower(ref.ID), "xml") && !slices.Contains(used, ref.ID) {
		return ref.ID
	}
	for n := 1; ; n++ {
		if name := "ns" + strconv.Itoa(n); !slices.Contains(used, name) {
			return name
		}
	}
}

// prefixName is an id of SDMX that XML takes for a prefix.
var prefixName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// attributesAreFree refuses components of structure-specific data that are called like an attribute
// that elements have for another purpose.
func attributesAreFree(version Format, s Summary) error {
	if version == GenericML21 {
		return nil
	}
	for _, set := range s.Sets {
		for _, id := range slices.Concat(set.Dimensions, set.Measures, set.Layout.Attributes) {
			if notData(xml.Attr{Name: xml.Name{Local: id}}) {
				return cannot("structure-specific SDMX-ML has no place for a component that is called %s", id)
			}
		}
	}
	return nil
}

// Namespace is the name of the schema that follows from a structure for flat data.
func Namespace(ref Ref) string { return ref.urn() + ":ObsLevelDim:" + allDimensions }

func (m *mlWriter) header(ref Ref) {
	element := map[Class]string{Dataflow: "StructureUsage", DataStructure: "Structure", Provision: "ProvisionAgreement"}[ref.Class]
	spelt := element
	if m.version != ML30 && ref.Class == Provision {
		spelt = "ProvisionAgrement" // the schema of 2.1 spells it so
	}
	m.put(`<mes:Structure structureID="` + m.names[ref] + `"`)
	if m.version != GenericML21 {
		m.put(` namespace="` + Namespace(ref) + `"`)
	}
	m.put(` dimensionAtObservation="` + allDimensions + `"><com:` + spelt + ">")
	if m.version == ML30 {
		m.put(ref.urn())
	} else {
		class := map[Class]string{Dataflow: "Dataflow", DataStructure: "DataStructure", Provision: "ProvisionAgreement"}[ref.Class]
		m.put(`<Ref agencyID="` + ref.Agency + `" id="` + ref.ID + `" version="` + ref.Version + `" class="` + class + `"/>`)
	}
	m.put("</com:" + spelt + "></mes:Structure>\n")
}

func (m *mlWriter) put(s string) {
	if _, err := m.out.WriteString(s); m.err == nil {
		m.err = err
	}
}

// text writes a text where it may stand, between elements or within an attribute.
func (m *mlWriter) text(s string) {
	begin := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		escaped := ""
		switch {
		case c == '&':
			escaped = "&amp;"
		case c == '<':
			escaped = "&lt;"
		case c == '>':
			escaped = "&gt;"
		case c == '"':
			escaped = "&quot;"
		case c == '\t' || c == '\n' || c == '\r':
			escaped = "&#" + strconv.Itoa(int(c)) + ";"
		case c < ' ':
			m.fail("XML has no place for the control sign %d", int(c))
			return
		default:
			continue
		}
		m.put(s[begin:i])
		m.put(escaped)
		begin = i + 1
	}
	if rest := s[begin:]; !utf8.ValidString(s) || strings.ContainsAny(s, "\ufffe\uffff") {
		m.fail("XML has no place for the text %q", short(s))
	} else {
		m.put(rest)
	}
}

func (m *mlWriter) fail(message string, args ...any) {
	if m.err == nil {
		m.err = cannot(message, args...)
	}
}

func (m *mlWriter) Begin(set *SetSummary) error {
	m.end()
	m.open = true
	m.prefix, m.time, m.several = m.names[set.Ref], set.Time, set.Several
	m.put(`<mes:DataSet ss:structureRef="` + m.prefix + `" xsi:type="` + m.prefix + `:DataSetType"`)
	if m.version == ML21 {
		m.put(` ss:dataScope="DataStructure"`)
	}
	m.put(` ss:action="` + set.Action.old().word() + `"`)
	m.valid(set, "ss:")
	whole := -1
	if m.version == ML21 {
		whole = wholeSet(set)
	}
	if whole >= 0 {
		for _, v := range set.Attached[whole].Attributes {
			if v.Parts != nil {
				m.parts(&v)
			}
		}
		m.attributes(set.Attached[whole].Attributes)
	}
	m.put(">\n")
	for i := range set.Attached {
		if i != whole {
			m.attached(set, &set.Attached[i])
		}
	}
	return m.err
}

// valid writes for which time the data held.
func (m *mlWriter) valid(set *SetSummary, prefix string) {
	for _, v := range []Value{{ID: "validFromDate", Text: set.ValidFrom}, {ID: "validToDate", Text: set.ValidTo}} {
		if v.Text != "" {
			m.put(" " + prefix + v.ID + `="`)
			m.text(v.Text)
			m.put(`"`)
		}
	}
}

// wholeSet finds what holds for the whole data set among what is attached; -1: nothing.
func wholeSet(set *SetSummary) int {
	return slices.IndexFunc(set.Attached, func(rec Record) bool { return len(rec.Key) == 0 && len(rec.Attributes) > 0 })
}

// attached writes the attributes of a partial key: Atts in 3.0, a group in 2.1.
func (m *mlWriter) attached(set *SetSummary, rec *Record) {
	if m.version == ML30 {
		m.put("<Atts")
		m.record(rec, "Atts")
		return
	}
	m.put(`<Group xsi:type="` + m.prefix + ":" + groupOf(set, rec) + `"`)
	m.record(rec, "Group")
}

// groupOf names the group of the structure that has the dimensions of a key.
func groupOf(set *SetSummary, rec *Record) string {
	if set.Structure == nil {
		return "Group"
	}
	for _, id := range slices.Sorted(maps.Keys(set.Structure.Groups)) {
		dimensions := set.Structure.Groups[id]
		same := len(dimensions) == len(rec.Key) && IsID(id)
		for _, v := range rec.Key {
			same = same && slices.Contains(dimensions, v.ID)
		}
		if same {
			return id
		}
	}
	return "Group"
}

func (m *mlWriter) Observation(rec *Record) error {
	m.put("<Obs")
	m.record(rec, "Obs")
	return m.err
}

// record writes the components of a record as attributes; what has several values or languages
// follows as elements.
func (m *mlWriter) record(rec *Record, element string) {
	m.key(rec.Key)
	m.attributes(rec.Measures)
	m.attributes(rec.Attributes)
	parts := false
	for _, list := range [][]Value{rec.Measures, rec.Attributes} {
		for i := range list {
			if !m.inParts(&list[i]) {
				continue
			}
			if !parts {
				parts = true
				m.put(">")
			}
			m.parts(&list[i])
		}
	}
	if parts {
		m.put("</" + element + ">\n")
		return
	}
	m.put("/>\n")
}

// key writes the dimensions, the time last: readers without structure look for it there.
func (m *mlWriter) key(key []Value) {
	before, after, last := m.timeLast(key)
	m.attributes(before)
	m.attributes(after)
	m.attributes(last)
}

// timeLast cuts a key at its time: what stands before and behind it, and the time.
func (m *mlWriter) timeLast(key []Value) (before, after, last []Value) {
	at := slices.IndexFunc(key, func(v Value) bool { return v.ID == m.time })
	if at < 0 {
		return key, nil, nil
	}
	return key[:at], key[at+1:], key[at : at+1]
}

func (m *mlWriter) attributes(list []Value) {
	for i := range list {
		v := &list[i]
		if m.inParts(v) {
			continue
		}
		m.put(" ")
		m.put(v.ID)
		m.put(`="`)
		m.text(v.Text)
		m.put(`"`)
	}
}

// inParts says whether a value is written as an element: a component that holds several values or
// languages anywhere in the data set is one everywhere, as its schema has it.
func (m *mlWriter) inParts(v *Value) bool {
	_, several := m.several[v.ID]
	return v.Parts != nil || several
}

func (m *mlWriter) parts(v *Value) {
	if m.version == ML21 {
		m.fail("SDMX-ML 2.1 has no place for several values or languages, as %s has them: write 3.0", v.ID)
		return
	}
	m.put(`<Comp id="` + v.ID + `" xsi:type="` + m.prefix + ":" + v.ID + `">`)
	for _, p := range v.parts() {
		if p.Lang == "" {
			m.put(`<Value xsi:type="com:StringValueType">`)
			m.text(p.Text)
			m.put("</Value>")
			continue
		}
		m.put(`<Value xsi:type="com:TextValueType"><com:Text xml:lang="`)
		m.text(p.Lang)
		m.put(`">`)
		m.text(p.Text)
		m.put("</com:Text></Value>")
	}
	m.put("</Comp>")
}

func (m *mlWriter) end() {
	if m.open {
		m.open = false
		m.put("</mes:DataSet>\n")
	}
}

func (m *mlWriter) Close() error {
	m.end()
	m.put("</" + m.root + ">\n")
	if m.err != nil {
		return m.err
	}
	return m.out.Flush()
}
