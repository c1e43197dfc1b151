// Package api is the REST edge under /api/v1: the same reads as the pages, described by
// OpenAPI 3.1. It decodes, calls one verb and encodes; JSON shapes are its own types, so that
// rooms may change without changing what clients see.
package api
