// Package rules judges activities and organisations of IATI files by the rules of the standard that
// its schema cannot say, and by its code lists. Rules, lists and the places where lists hold are data;
// identifiers and severities of the rules are the official ones.
//
// The rules are those of github.com/IATI/IATI-Rulesets (standard.json, version 2.03, MIT licence),
// the lists those of github.com/IATI/IATI-Codelists and IATI-Codelists-NonEmbedded (CC BY 4.0, "IATI
// Standard"), stated without their texts.
package rules
