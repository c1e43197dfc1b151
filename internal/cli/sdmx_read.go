package cli

import (
	"bufio"
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"

	"resolute/internal/measure"
	"resolute/internal/sdmx"
)

func (a *app) sdmxReadCommand() *cobra.Command {
	var f sdmxFlags
	c := &cobra.Command{
		Use:   "read FILE...",
		Short: "Give the observations of SDMX messages",
		Long: `Reads SDMX-CSV 1.0, 2.0 and 2.1, SDMX-JSON data 1.0 and 2.0 and SDMX-ML 2.0, 2.1 and 3.0, packed with gzip or not; what a file is
is told by its content. Each observation is given with its key, time, value as printed and attributes, those of its series, groups and
data set included. One file gives {dataflow, observations, findings}, several give them in a list "files". Keys that stand twice are
told and both observations given. A broken file is refused whole, with line and reason: exit code 1.`,
		Example: `  resolute sdmx read exchange-rates.xml
  resolute sdmx read --structure dsd.xml --format csv data.xml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.sdmxRead(args, &f) },
	}
	f.on(c)
	return c
}

func (a *app) sdmxRead(args []string, f *sdmxFlags) error {
	if err := a.wants("json", "jsonl", "csv", "text"); err != nil {
		return err
	}
	known, err := f.load()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.Out, 256<<10)
	shown := newSDMXPrinter(a.formatOr("json"), out, len(args) > 1)
	var files []sdmxFile
	for _, path := range args {
		err := withFile(path, func(in *os.File) error {
			file := f.survey(path, in, known)
			files = append(files, file)
			return printSDMX(shown, file, in, known)
		})
		if err != nil {
			return unreadable(path, err)
		}
	}
	if err := shown.end(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return sdmxExit(files)
}

// sdmxPrinter writes observations in one of the formats.
type sdmxPrinter interface {
	begin(sdmxFile) error
	observation(sdmxObservation) error
	finish(sdmxFile) error
	end() error
}

// sdmxObservation is an observation with the place of its data set in the message.
type sdmxObservation struct {
	set     int
	about   *sdmx.SetSummary
	measure string // whose value is the value
	record  *sdmx.Record
}

// printSDMX reads a message that was found whole once more and prints it.
func printSDMX(to sdmxPrinter, file sdmxFile, in io.ReadSeeker, known sdmx.Structures) error {
	if err := to.begin(file); err != nil {
		return err
	}
	if file.refused == nil {
		set, value := -1, ""
		_, err := sdmx.Read(in, known, sdmx.Handler{
			DataSet: func(sdmx.DataSet) error {
				set++
				value = measure.MeasureOf(file.summary.Sets[set])
				return nil
			},
			Record: func(r *sdmx.Record) error {
				if r.Attached && file.summary.Sets[set].Action != sdmx.Delete {
					return nil
				}
				about := file.summary.Sets[set]
				about.Attachments.Apply(r)
				return to.observation(sdmxObservation{set, about, value, r})
			},
		})
		if err != nil {
			return err
		}
	}
	return to.finish(file)
}

// sdmxPairs are components in their order as a JSON object.
type sdmxPairs []sdmx.Value

// MarshalJSON writes ID: text, or the list or languages of a value with parts.
func (p sdmxPairs) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, v := range p {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(v.ID)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(partsOf(v))
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), text...)
	}
	return append(out, '}'), nil
}

// partsOf gives a text, a list of texts, or texts by language.
func partsOf(v sdmx.Value) any {
	if v.Parts == nil {
		return v.Text
	}
	languages := map[string]string{}
	list := []string{}
	for _, p := range v.Parts {
		languages[p.Lang] = p.Text
		list = append(list, p.Text)
	}
	if _, plain := languages[""]; plain || len(languages) < len(list) {
		return list
	}
	return languages
}

// shownSDMX is an observation as it is printed in JSON.
type shownSDMX struct {
	Key        sdmxPairs       `json:"key"`
	Time       *string         `json:"time"`
	Value      json.RawMessage `json:"value"`
	Measures   sdmxPairs       `json:"measures,omitempty"`
	Attributes sdmxPairs       `json:"attributes"`
	Action     sdmx.Action     `json:"action,omitempty"`
	DataSet    int             `json:"data_set,omitempty"`
}

func shownObservation(o sdmxObservation) shownSDMX {
	out := shownSDMX{Key: sdmxPairs{}, Attributes: sdmxPairs(o.record.Attributes), DataSet: o.set}
	for _, v := range o.record.Key {
		if v.ID == o.about.Time {
			out.Time = &v.Text
			continue
		}
		out.Key = append(out.Key, v)
	}
	out.Value = valueJSON(textOf(o.record.Measures, o.measure))
	if len(o.record.Measures) > 1 || len(o.record.Measures) == 1 && o.record.Measures[0].ID != "OBS_VALUE" {
		out.Measures = sdmxPairs(o.record.Measures)
	}
	if o.about.Action == sdmx.Replace || o.about.Action == sdmx.Delete {
		out.Action = o.about.Action
	}
	return out
}

// valueJSON writes a number with the digits it was printed with, and any other text as text.
func valueJSON(text string) json.RawMessage {
	if text == "" {
		return json.RawMessage("null")
	}
	if c := text[0]; (c == '-' || c >= '0' && c <= '9') && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always has a form in JSON
	}
	return quoted
}
