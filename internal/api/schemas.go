package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"resolute/internal/coverage"
	"resolute/internal/measure"
	"resolute/internal/register"
)

// describe tells the description of the API how the types are written that have a form of their own in
// JSON: what Go holds them in is something else.
func describe(schemas huma.Registry) {
	schemas.RegisterTypeAlias(reflect.TypeFor[measure.Number](), reflect.TypeFor[figure]())
	schemas.RegisterTypeAlias(reflect.TypeFor[register.Share](), reflect.TypeFor[percentage]())
	schemas.RegisterTypeAlias(reflect.TypeFor[coverage.Money](), reflect.TypeFor[amounts]())
}

type figure struct{}

// Schema describes a measure.Number.
func (figure) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: "null: not known, not defined, or resting on too little"}
}

type percentage struct{}

// Schema describes a register.Share.
func (percentage) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: "A percentage; null: none is stated"}
}

type amounts struct{}

// Schema describes a coverage.Money.
func (amounts) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Description: "Decimal text with two places by currency; currencies are never added together",
		AdditionalProperties: &huma.Schema{Type: huma.TypeString, Pattern: `^-?\d+\.\d\d$`}}
}
