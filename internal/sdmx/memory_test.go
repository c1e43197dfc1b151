package sdmx

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// Of a message no more is held than its parts that are being read, however long it is.
func TestReadingHoldsNothingOfAMessage(t *testing.T) {
	const observations = 200_000
	jsonShape := strings.Replace(jsonHead, `"values":[`, `"values":[{"id":"X"},`, 1)
	for name, c := range map[string]struct {
		head, tail string
		each       func(i int) string
	}{
		"csv": {"STRUCTURE,STRUCTURE_ID,ACTION,A,TIME_PERIOD,OBS_VALUE,N\n", "", func(i int) string {
			return "dataflow,A:B(1.0),M,C" + strconv.Itoa(i) + ",2020,1.5," + strings.Repeat("n", 60) + "\n"
		}},
		"json": {jsonShape + `{"observations":{`, `}}]}}`, func(i int) string {
			return strings.Repeat(",", min(i, 1)) + `"0":[` + strconv.Itoa(i) + `.5,null,"` + strings.Repeat("n", 60) + `"]` + "\n"
		}},
		"flat ml": {mlHead + `<m:DataSet s:structureRef="S">`, "</m:DataSet>" + mlTail, func(i int) string {
			return `<Obs A="C` + strconv.Itoa(i) + `" TIME_PERIOD="2020" OBS_VALUE="1.5" N="` + strings.Repeat("n", 60) + "\"/>\n"
		}},
		"ml with parts": {mlHead + `<m:DataSet s:structureRef="S">`, "</m:DataSet>" + mlTail, func(i int) string {
			return `<Obs A="C` + strconv.Itoa(i) + `" TIME_PERIOD="2020" OBS_VALUE="1.5"><Comp id="N"><Value>` + strings.Repeat("n", 60) + "</Value></Comp></Obs>\n"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "message")
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = file.Close() })
			out := bufio.NewWriter(file)
			_, _ = out.WriteString(c.head)
			for i := range observations {
				_, _ = out.WriteString(c.each(i))
			}
			_, _ = out.WriteString(c.tail)
			if err := out.Flush(); err != nil {
				t.Fatal(err)
			}
			before, most, n := live(), uint64(0), 0
			_, err = Read(file, Structures{}, Handler{Record: func(*Record) error {
				if n++; n%(observations/8) == 0 {
					most = max(most, live())
				}
				return nil
			}})
			if err != nil || n != observations {
				t.Fatal(n, err)
			}
			if most > before+4<<20 {
				t.Errorf("%d MiB are held at most, %d before", most>>20, before>>20)
			}
		})
	}
}

// live is what is held after what is not needed was thrown away.
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
