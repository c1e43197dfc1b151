// Package demo makes fictional activities, clearly marked as such, so that every page has
// something to show and every figure can be measured at any size. The same options give the
// same bytes. No organisation, project or amount in it is real, and the text of the resolution is a
// wording of our own. What the activities are put together from stands in data.
package demo
