// Package iati reads and writes IATI activity files, version 1.01 to 2.03 (International Aid
// Transparency Initiative): bytes to values and findings, values to bytes. It knows the standard
// and nothing of Resolute; it touches neither database nor network.
//
// Reading has two layers. A Reader splits a file of any size into its activities and is strict:
// what is not well-formed XML is refused with its place. An activity of version 1.0x is brought to 2.03
// by Upgrade, after a table of rules. Decode turns one activity into values
// and is lenient: it never fails, and tells by findings what it could not understand.
package iati
