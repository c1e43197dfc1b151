package cli

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute/internal/coverage"
)

// locationExport is which locations are wanted, and how.
type locationExport struct{ filter, to, out string }

// locationFormats are the forms in which locations are written.
var locationFormats = slices.Sorted(maps.Keys(coverage.LocationFormats))

func (a *app) exportLocationsCommand() *cobra.Command {
	var e locationExport
	c := &cobra.Command{
		Use:   "locations",
		Short: "Locations that activities state, as CSV, JSON or GeoJSON",
		Long: `The list of the page of locations, whole: each location with its activity and the countries of that, since IATI gives a location
no country of its own. GeoJSON is that of RFC 7946; what has no point that can be used has the geometry null. Names and titles
are in the language of --lang, or in that they fall back to.`,
		Example: "  resolute export locations --filter 'area=KE' --out kenya.geojson --to geojson\n  resolute export locations > locations.csv",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return a.exportLocations(c.Context(), e) },
	}
	c.Flags().StringVar(&e.filter, "filter", "", "query of the page of activities, such as 'area=KE&goal=9'")
	c.Flags().StringVar(&e.to, "to", "csv", strings.Join(locationFormats, ", "))
	c.Flags().StringVar(&e.out, "out", "-", "file to write; - is standard output")
	complete(c, "to", locationFormats)
	return c
}

func (a *app) exportLocations(ctx context.Context, e locationExport) error {
	if !slices.Contains(locationFormats, e.to) {
		return usage("--to %q: want %s", e.to, strings.Join(locationFormats, ", "))
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	figures, q, err := h.filtered(ctx, e.filter)
	if err == nil {
		q.Lang = a.language()
		err = a.writeTo(e.out, func(w io.Writer) error { return figures.WriteLocations(ctx, w, q, e.to) })
	}
	return closing(h, err)
}
