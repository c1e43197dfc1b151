// Package wording holds every text of the product in six languages, and writes numbers, money
// and dates as each language does. Pages, reports and commands share it; it knows nothing of
// what the words are about.
package wording
