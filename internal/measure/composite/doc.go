// Package composite makes one index of many indicators: a tree whose leaves are scored between
// goalposts and whose branches are means. Trees are method files. A leaf without goalposts and a
// branch without all of its parts have no score; nothing is filled in.
package composite
