package sdmx

import (
	"bytes"
	"io"
	"strconv"
	"testing"

	"resolute"
)

// many makes a message of SDMX-CSV with n observations.
func many(n int) []byte {
	var b bytes.Buffer
	b.WriteString("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n")
	for i := range n {
		b.WriteString("dataflow,ITU:WTI(1.0),M,A,S" + strconv.Itoa(i/5000) + ",A" + strconv.Itoa(i/25%200) + ",_T," + strconv.Itoa(2000+i%25) + "," + strconv.Itoa(i%97) + ".25,A,0\n")
	}
	return b.Bytes()
}

func BenchmarkReading(b *testing.B) {
	const rows = 100_000
	table := many(rows)
	for _, format := range []Format{CSV21, JSON20, ML21, ML30} {
		message, err := converted(b, table, format, Structures{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(message)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				_, err := Read(bytes.NewReader(message), Structures{}, Handler{Record: func(*Record) error { n++; return nil }})
				if err != nil || n != rows {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkWriting(b *testing.B) {
	const rows = 100_000
	table := many(rows)
	s, err := Survey(bytes.NewReader(table), Structures{}, func(resolute.Finding) {})
	if err != nil {
		b.Fatal(err)
	}
	for _, format := range Formats() {
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Convert(bytes.NewReader(table), io.Discard, format, s, Structures{}, options); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkSurvey(b *testing.B) {
	const rows = 100_000
	table := many(rows)
	for b.Loop() {
		if _, err := Survey(bytes.NewReader(table), Structures{}, func(resolute.Finding) {}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
