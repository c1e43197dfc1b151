// Package resolute holds the words that every room of the house shares: language and
// text, actor and right, error, finding, period and money. It does no input or output
// and imports nothing of ours.
package resolute
