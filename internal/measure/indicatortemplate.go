package measure

import (
	"fmt"
	"io"

	"resolute/internal/sheet"
)

// exampleIndicator is the row of the template that is not taken in.
var exampleIndicator = map[string]string{"code": exampleCode + "public_wifi", "name_en": "Public Wi-Fi hotspots", "name_fr": "Points d’accès Wi-Fi publics", "name_es": "Puntos públicos de acceso wifi",
	"name_ru": "Общественные точки доступа Wi-Fi", "name_ar": "نقاط واي فاي العامة", "name_zh": "公共Wi-Fi热点", "unit": "per 100,000", "denominator": "population", "direction": "up", "floor": "0",
	"rule": "weighted-mean", "weights": "population", "over_time": OverTimeLast, "codes": "RW:NISR wifi_hotspots", "confidence": "A", "source": "National statistical office", "threads": "R9|M1"}

// IndicatorTemplate writes the columns of a file of indicators with an example, which is not taken in.
func IndicatorTemplate(w io.Writer) error { return writeIndicators(w, exampleIndicator) }

// WriteIndicators writes concepts as a file of indicators.
func WriteIndicators(w io.Writer, list []Concept) error {
	rows := make([]map[string]string, len(list))
	for i, c := range list {
		rows[i] = c.cells
	}
	return writeIndicators(w, rows...)
}

func writeIndicators(w io.Writer, rows ...map[string]string) error {
	var columns []sheet.Column
	for _, name := range IndicatorColumns {
		columns = append(columns, sheet.Column{Name: name})
	}
	out, err := sheet.NewWriter(w, columns...)
	if err != nil {
		return fmt.Errorf("write indicators: %w", err)
	}
	for _, cells := range rows {
		row := make([]string, len(IndicatorColumns))
		for i, column := range IndicatorColumns {
			row[i] = cells[column]
		}
		if err := out.Write(row...); err != nil {
			return fmt.Errorf("write indicators: %w", err)
		}
	}
	return out.Flush()
}
