package api

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"resolute/internal/sdmx"
)

// sdmxForm is a media type in which data are written.
type sdmxForm struct {
	format sdmx.Format
	media  string
}

const (
	mediaCSV  = "application/vnd.sdmx.data+csv"
	mediaJSON = "application/vnd.sdmx.data+json"
	mediaXML  = "application/vnd.sdmx.data+xml"
	mediaOld  = "application/vnd.sdmx.structurespecificdata+xml"
	mediaLong = "application/vnd.sdmx.genericdata+xml"
)

// sdmxForms are the written media types by name and version; no version: the newest that is written.
var sdmxForms = map[string]map[string]sdmx.Format{
	mediaCSV:  {"": sdmx.CSV21, "2.0.0": sdmx.CSV21, "2.1.0": sdmx.CSV21, "1.0.0": sdmx.CSV10},
	mediaJSON: {"": sdmx.JSON20, "2.0.0": sdmx.JSON20, "2.1.0": sdmx.JSON21, "1.0.0": sdmx.JSON10, "1.0.0-wd": sdmx.JSON10, "1.0": sdmx.JSON10},
	mediaXML:  {"": sdmx.ML30, "3.0.0": sdmx.ML30},
	mediaOld:  {"": sdmx.ML21, "2.1": sdmx.ML21, "2.1.0": sdmx.ML21},
	mediaLong: {"": sdmx.GenericML21, "2.1": sdmx.GenericML21, "2.1.0": sdmx.GenericML21},
}

// written names what is sent for a format.
var written = map[sdmx.Format]string{sdmx.CSV21: mediaCSV + ";version=2.1.0", sdmx.CSV10: mediaCSV + ";version=1.0.0", sdmx.JSON20: mediaJSON + ";version=2.0.0",
	sdmx.JSON21: mediaJSON + ";version=2.1.0", sdmx.JSON10: mediaJSON + ";version=1.0.0", sdmx.GenericML21: mediaLong + ";version=2.1", sdmx.ML30: mediaXML + ";version=3.0.0", sdmx.ML21: mediaOld + ";version=2.1"}

// plainMedia are media types of everyone and short names, as those of SDMX.
var plainMedia = map[string]string{"*/*": mediaJSON, "application/*": mediaJSON, "application/json": mediaJSON, "text/csv": mediaCSV, "text/*": mediaCSV, "application/xml": mediaXML, "text/xml": mediaXML,
	"jsondata": mediaJSON, "genericml2.1": mediaLong, "genericdata": mediaLong, "structurespecificdata": mediaOld, "csvdata": mediaCSV,
	"csv": mediaCSV, "csv2.0": mediaCSV, "csv2.1": mediaCSV, "json": mediaJSON, "json2.0": mediaJSON, "xml": mediaXML, "ml3.0": mediaXML, "ml2.1": mediaOld}

// shortNames are those of formats that are not the newest of their media type.
var shortNames = map[string]sdmx.Format{"json1.0": sdmx.JSON10, "json2.1": sdmx.JSON21, "csv1.0": sdmx.CSV10}

// negotiated chooses the format that a reader wants most: by the parameter format, else by Accept,
// else SDMX-JSON. False when none that is wanted is written.
func negotiated(r *http.Request) (sdmxForm, bool) {
	asked := r.URL.Query()
	if labels := asked.Get("labels"); labels != "" && labels != "id" || asked.Get("keys") != "" && asked.Get("keys") != "none" || asked.Get("timeFormat") != "" && asked.Get("timeFormat") != "original" {
		return sdmxForm{}, false
	}
	if name := asked.Get("format"); name != "" {
		return formOf(strings.ReplaceAll(name, "+ ", "+"))
	}
	best, found, weight := sdmxForm{}, false, 0.0
	accept := r.Header.Get("Accept")
	if accept == "" {
		accept = "*/*"
	}
	for one := range strings.SplitSeq(accept, ",") {
		form, ok := formOf(strings.TrimSpace(one))
		if q := weightOf(one); ok && q > weight {
			best, found, weight = form, true, q
		}
	}
	return best, found
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

// formOf reads a media type; of its parameters only those that are met by what is written are taken.
func formOf(media string) (sdmxForm, bool) {
	name, params, err := mime.ParseMediaType(media)
	if err != nil {
		return sdmxForm{}, false
	}
	if format, short := shortNames[name]; short {
		return sdmxForm{format, written[format]}, true
	}
	if sdmxName, plain := plainMedia[name]; plain {
		name = sdmxName
		delete(params, "version")
	}
	for key, plainly := range map[string]string{"labels": "id", "keys": "none", "timeformat": "original"} {
		if v := params[key]; v != "" && v != plainly {
			return sdmxForm{}, false
		}
	}
	format, ok := sdmxForms[name][params["version"]]
	return sdmxForm{format, written[format]}, ok
}
