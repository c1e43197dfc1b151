package api

import (
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/sdmx"
	"resolute/internal/sdmx/artefact"
)

// forms are the media types in which something is written.
type forms[F comparable] struct {
	versions map[string]map[string]F // by media type and its version; no version: the newest that is written
	plain    map[string]string       // media types of everyone and short names, as those of SDMX
	short    map[string]F            // short names of formats that are not the newest of their media type
	written  map[F]string            // what is sent
	labels   map[F][]string          // ways to show names, beside that without
}

// form is a format with its media type.
type form[F comparable] struct {
	format F
	media  string
	labels string // empty: none
}

const (
	mediaCSV  = "application/vnd.sdmx.data+csv"
	mediaJSON = "application/vnd.sdmx.data+json"
	mediaXML  = "application/vnd.sdmx.data+xml"
	mediaOld  = "application/vnd.sdmx.structurespecificdata+xml"
	mediaLong = "application/vnd.sdmx.genericdata+xml"

	mediaStructureJSON = "application/vnd.sdmx.structure+json"
	mediaStructureXML  = "application/vnd.sdmx.structure+xml"
)

// anyXML and anyJSON are what a reader may call a format of one of these languages.
var (
	anyXML  = []string{"application/xml", "text/xml"}
	anyJSON = []string{"application/json"}
	anyForm = []string{"*/*", "application/*"}
)

var writtenData = forms[sdmx.Format]{
	versions: map[string]map[string]sdmx.Format{
		mediaCSV:  {"": sdmx.CSV21, "2.0.0": sdmx.CSV21, "2.1.0": sdmx.CSV21, "1.0.0": sdmx.CSV10},
		mediaJSON: {"": sdmx.JSON20, "2.0.0": sdmx.JSON20, "2.1.0": sdmx.JSON21, "1.0.0": sdmx.JSON10, "1.0.0-wd": sdmx.JSON10, "1.0": sdmx.JSON10},
		mediaXML:  {"": sdmx.ML30, "3.0.0": sdmx.ML30},
		mediaOld:  {"": sdmx.ML21, "2.1": sdmx.ML21, "2.1.0": sdmx.ML21},
		mediaLong: {"": sdmx.GenericML21, "2.1": sdmx.GenericML21, "2.1.0": sdmx.GenericML21},
	},
	plain: map[string]string{"text/csv": mediaCSV, "text/*": mediaCSV, "jsondata": mediaJSON, "genericml2.1": mediaLong, "genericdata": mediaLong, "structurespecificdata": mediaOld, "csvdata": mediaCSV,
		"csv": mediaCSV, "csv2.0": mediaCSV, "csv2.1": mediaCSV, "json": mediaJSON, "json2.0": mediaJSON, "xml": mediaXML, "ml3.0": mediaXML, "ml2.1": mediaOld},
	short: map[string]sdmx.Format{"json1.0": sdmx.JSON10, "json2.1": sdmx.JSON21, "csv1.0": sdmx.CSV10},
	written: map[sdmx.Format]string{sdmx.CSV21: mediaCSV + ";version=2.1.0", sdmx.CSV10: mediaCSV + ";version=1.0.0", sdmx.JSON20: mediaJSON + ";version=2.0.0", sdmx.JSON21: mediaJSON + ";version=2.1.0",
		sdmx.JSON10: mediaJSON + ";version=1.0.0", sdmx.GenericML21: mediaLong + ";version=2.1", sdmx.ML30: mediaXML + ";version=3.0.0", sdmx.ML21: mediaOld + ";version=2.1"},
	labels: map[sdmx.Format][]string{sdmx.CSV21: {string(sdmx.BothLabels), string(sdmx.NameLabels)}, sdmx.CSV10: {string(sdmx.BothLabels)}},
}

var writtenStructures = forms[artefact.Format]{
	versions: map[string]map[string]artefact.Format{
		mediaStructureJSON: {"": artefact.JSON20, "2.0.0": artefact.JSON20, "2.1.0": artefact.JSON21, "1.0.0": artefact.JSON10, "1.0": artefact.JSON10},
		mediaStructureXML:  {"": artefact.ML30, "3.0.0": artefact.ML30, "2.1": artefact.ML21, "2.1.0": artefact.ML21},
	},
	plain: map[string]string{"json": mediaStructureJSON, "json2.0": mediaStructureJSON, "xml": mediaStructureXML, "ml3.0": mediaStructureXML},
	short: map[string]artefact.Format{"json1.0": artefact.JSON10, "json2.1": artefact.JSON21, "ml2.1": artefact.ML21},
	written: map[artefact.Format]string{artefact.JSON10: mediaStructureJSON + ";version=1.0.0", artefact.JSON20: mediaStructureJSON + ";version=2.0.0", artefact.JSON21: mediaStructureJSON + ";version=2.1.0",
		artefact.ML21: mediaStructureXML + ";version=2.1", artefact.ML30: mediaStructureXML + ";version=3.0.0"},
}

// preferring gives the forms with what is sent to who says only XML, only JSON, or nothing.
func (f forms[F]) preferring(xml, json, nothing F) forms[F] {
	f.short = maps.Clone(f.short)
	for format, names := range map[F][]string{xml: anyXML, json: anyJSON} {
		for _, name := range names {
			f.short[name] = format
		}
	}
	for _, name := range anyForm {
		f.short[name] = nothing
	}
	return f
}

// Programs of version 1 expect SDMX-ML 2.1, those of version 2 SDMX-JSON.
var (
	newData       = writtenData.preferring(sdmx.ML30, sdmx.JSON20, sdmx.JSON20)
	oldData       = writtenData.preferring(sdmx.GenericML21, sdmx.JSON10, sdmx.GenericML21)
	newStructures = writtenStructures.preferring(artefact.ML30, artefact.JSON20, artefact.JSON20)
	oldStructures = writtenStructures.preferring(artefact.ML21, artefact.JSON10, artefact.ML21)
)

func dataForms(old bool) forms[sdmx.Format] {
	if old {
		return oldData
	}
	return newData
}

func structureForms(old bool) forms[artefact.Format] {
	if old {
		return oldStructures
	}
	return newStructures
}

// pluses puts back the plus of a media type that came as it is, which a query takes for a blank.
var pluses = strings.NewReplacer(" json", "+json", " xml", "+xml", " csv", "+csv")

// negotiated chooses the format that a reader wants most: by the parameter format, else by Accept,
// else what goes without saying. False when none that is wanted is written.
func negotiated[F comparable](r *http.Request, among forms[F]) (form[F], bool) {
	asked := r.URL.Query()
	if asked.Get("keys") != "" && asked.Get("keys") != "none" || asked.Get("timeFormat") != "" && asked.Get("timeFormat") != "original" {
		return form[F]{}, false
	}
	if name := asked.Get("format"); name != "" {
		form, ok := among.of(pluses.Replace(name))
		if !ok {
			return form, false
		}
		return among.labelled(form, asked.Get("labels"))
	}
	best, found, weight := form[F]{}, false, 0.0
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if accept == "" {
		accept = "*/*"
	}
	for one := range strings.SplitSeq(accept, ",") {
		form, ok := among.of(strings.TrimSpace(one))
		if q := weightOf(one); ok && q > weight {
			best, found, weight = form, true, q
		}
	}
	if !found {
		return best, false
	}
	return among.labelled(best, asked.Get("labels"))
}

// labelled is a form with names shown as labels says, where it can show them so.
func (f forms[F]) labelled(form form[F], labels string) (form[F], bool) {
	switch {
	case labels == "" || labels == "id" || labels == form.labels:
		return form, true
	case form.labels != "" || !slices.Contains(f.labels[form.format], labels):
		return form, false
	}
	form.labels, form.media = labels, form.media+";labels="+labels
	return form, true
}

func weightOf(media string) float64 {
	_, params, err := mime.ParseMediaType(media)
	if err != nil || params["q"] == "" {
		return 1
	}
	q, err := strconv.ParseFloat(params["q"], 64)
	if err != nil {
		return 0
	}
	return q
}

// of reads a media type; of its parameters only those that are met by what is written are taken.
func (f forms[F]) of(media string) (form[F], bool) {
	name, params, err := mime.ParseMediaType(media)
	if err != nil {
		return form[F]{}, false
	}
	if format, short := f.short[name]; short {
		return form[F]{format: format, media: f.written[format]}, true
	}
	if sdmxName, plain := f.plain[name]; plain {
		name = sdmxName
		delete(params, "version")
	}
	for key, plainly := range map[string]string{"keys": "none", "timeformat": "original"} {
		if v := params[key]; v != "" && v != plainly {
			return form[F]{}, false
		}
	}
	format, ok := f.versions[name][params["version"]]
	if !ok {
		return form[F]{}, false
	}
	return f.labelled(form[F]{format: format, media: f.written[format]}, params["labels"])
}
