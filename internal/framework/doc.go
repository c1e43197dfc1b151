// Package framework holds the controlled lists that activities are described with: concept
// schemes (WSIS action lines, Sustainable Development Goals, plans and initiatives of ITU by
// cycle, our own short lists), the mappings between their concepts, and areas with dated
// membership in groups. The reference data is embedded; a further framework is data that is
// imported, never code. What the tagging rules need (sector codes, policy markers, words) are
// tables here as well; the register applies them.
package framework
