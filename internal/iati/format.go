package iati

import (
	"net/url"
	"path"
	"strings"
)

// UnknownFormat is the code of the list FileFormat for a file of which nothing is known.
const UnknownFormat = "application/octet-stream"

const pageFormat = "text/html"

// formats are codes of the list FileFormat by the ending of a file's name.
var formats = map[string]string{
	".htm": pageFormat, ".html": pageFormat, ".xhtml": pageFormat, ".shtml": pageFormat, ".php": pageFormat, ".asp": pageFormat, ".aspx": pageFormat, ".jsp": pageFormat,
	".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown", ".rtf": "application/rtf", ".epub": "application/epub+zip",
	".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".ppt": "application/vnd.ms-powerpoint", ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".odp": "application/vnd.oasis.opendocument.presentation",
	".csv": "text/csv", ".tsv": "text/tab-separated-values", ".json": "application/json", ".xml": "application/xml", ".geojson": "application/geo+json",
	".kml": "application/vnd.google-earth.kml+xml", ".kmz": "application/vnd.google-earth.kmz", ".zip": "application/zip", ".gz": "application/gzip",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".svg": "image/svg+xml", ".tif": "image/tiff", ".tiff": "image/tiff",
	".mp4": "video/mp4", ".mov": "video/quicktime", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg",
}

// FormatOf gives the code of the list FileFormat that the address of a document suggests: that of the
// ending of its path, a web page without one, and UnknownFormat for others.
func FormatOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return UnknownFormat
	}
	ending := strings.ToLower(path.Ext(u.Path))
	if ending == "" {
		return pageFormat
	}
	if format := formats[ending]; format != "" {
		return format
	}
	return UnknownFormat
}
