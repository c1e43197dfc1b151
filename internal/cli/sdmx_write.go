package cli

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/sdmx"
)

// sdmxWriting is what the command write is asked for.
type sdmxWriting struct {
	sdmxFlags
	to, out, about, sender string
}

func (a *app) sdmxWriteCommand() *cobra.Command {
	var w sdmxWriting
	c := &cobra.Command{
		Use:   "write FILE",
		Short: "Convert an SDMX message to another format of SDMX",
		Long: `Reads a message as sdmx read does and writes all its data sets, observations and attributes as SDMX-CSV 2.1, SDMX-JSON 1.0 or 2.0,
structure-specific SDMX-ML 2.1 or 3.0, or generic SDMX-ML 2.1. Values keep the digits they were printed with. What the format cannot hold is an error, and
nothing is written. Findings go to standard error.`,
		Example: `  resolute sdmx write --to csv2.1 --out data.csv data.xml
  resolute sdmx write --to ml3.0 --structure dsd.xml --out data.xml data.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.sdmxWrite(args[0], &w) },
	}
	w.on(c)
	c.Flags().StringVar(&w.to, "to", "", "csv2.1, json1.0, json2.0, ml2.1, genericml2.1 or ml3.0")
	c.Flags().StringVar(&w.out, "out", "-", "file to write; - is standard output")
	c.Flags().StringVar(&w.about, "dataflow", "", "what the data are about when the message does not say it: AGENCY:ID(VERSION)")
	c.Flags().StringVar(&w.sender, "sender", "RESOLUTE", "id of the sender in the header")
	complete(c, "to", writtenFormats())
	return c
}

func writtenFormats() []string {
	var names []string
	for _, f := range sdmx.Formats() {
		names = append(names, string(f))
	}
	return names
}

func (a *app) sdmxWrite(path string, w *sdmxWriting) error {
	if !slices.Contains(writtenFormats(), w.to) {
		return usage("--to %q: want %s", w.to, strings.Join(writtenFormats(), " or "))
	}
	about, ok := sdmx.ParseRef(w.about)
	if w.about != "" && !ok {
		return usage("--dataflow %q: want AGENCY:ID(VERSION)", w.about)
	}
	about.Class = sdmx.Dataflow
	known, err := w.load()
	if err != nil {
		return err
	}
	var file sdmxFile
	err = withFile(path, func(in *os.File) error {
		file = w.survey(path, in, known)
		if file.refused != nil {
			return nil
		}
		options := sdmx.Options{ID: messageID(path), Sender: w.sender, Prepared: time.Now(), About: about}
		return a.writeTo(w.out, func(out io.Writer) error {
			return sdmx.Convert(in, out, sdmx.Format(w.to), file.summary, known, options)
		})
	})
	var told *resolute.Error
	if errors.As(err, &told) {
		return err
	}
	if err != nil {
		return unreadable(path, err)
	}
	if !a.quiet {
		if err := printSDMXFindings(a.Err, file); err != nil {
			return err
		}
	}
	return sdmxExit([]sdmxFile{file})
}

// messageID makes the id of a message of the name of the file that it comes from.
func messageID(path string) string {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	return strings.Map(func(c rune) rune {
		if c < 128 && (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-') {
			return c
		}
		return '_'
	}, name)
}
