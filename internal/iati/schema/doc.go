// Package schema judges elements of IATI files by the XML Schemas of the standard, versions 1.01
// to 2.03, which it holds as tables. It tells all that is wrong and not only the first, and gives
// the verdict that a full XML Schema validator gives: the schemas of IATI use a small part of the
// language (no restrictions, patterns, keys, substitution or xsi:type), and that part is all it
// knows.
//
// The schemas are those of github.com/IATI/IATI-Schemas (licence CC BY 4.0); the tables state
// their facts, without their texts.
package schema
