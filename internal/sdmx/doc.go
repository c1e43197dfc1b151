// Package sdmx turns messages of the statistical data exchange standard (SDMX, ISO 17369) into
// values and back. It is pure: bytes in, values and findings out.
//
// Read detects by content SDMX-CSV 1.0, 2.0 and 2.1, SDMX-JSON data 1.0 and 2.0 and SDMX-ML 2.0,
// 2.1 and 3.0, packed with gzip or not, and hands on one record after another, so that memory does
// not grow with the message. Survey reads a message once to say what is in it and what is wrong
// with it. NewWriter writes SDMX-CSV 2.1, SDMX-JSON 2.0 and structure-specific SDMX-ML 2.1 and 3.0.
package sdmx
