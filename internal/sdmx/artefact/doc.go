// Package artefact writes structure messages of SDMX: what a publisher says of its dataflows, data
// structures, code lists, concepts and agencies, and for which codes there are data. Reading them is
// the part of package sdmx.
package artefact
