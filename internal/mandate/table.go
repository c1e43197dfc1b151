package mandate

import (
	"encoding/csv"
	"fmt"
)

// readTable reads an embedded table and gives each row by the names of its columns. The tables
// are ours, so a broken one is a programmer's fault.
func readTable(name string) []map[string]string {
	file, err := data.Open("data/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("data/%s: %v", name, err))
	}
	list := make([]map[string]string, 0, len(rows)-1)
	for _, row := range rows[1:] {
		cells := make(map[string]string, len(row))
		for i, column := range rows[0] {
			cells[column] = row[i]
		}
		list = append(list, cells)
	}
	return list
}
