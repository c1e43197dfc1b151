// Package account knows people: what they may do and how they come in. Until there are accounts
// for many it serves one person of an installation, the operator: a link that works once, a
// session in a cookie, one grant over the whole. Secrets are random, kept as hashes only, and
// appear in no log.
package account
