// Package measure is the room of statistics: figures about the world that activities are meant to
// change, how unequally they are spread, and whether they move fast enough. The formulas stand in
// the packages below it, each with its source.
package measure
