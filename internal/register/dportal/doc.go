// Package dportal answers the questions of d-portal's read addresses over the activities of the
// register: tables of activities, transactions, budgets, countries, sectors and locations, joined by the
// activity's identifier, filtered, grouped, ordered and cut. What differs from d-portal is told in
// docs/reference/d-portal.md.
package dportal
