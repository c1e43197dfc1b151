package measure

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"regexp"
	"strings"

	"resolute"
	"resolute/internal/measure/progress"
	"resolute/internal/measure/projection"
)

// Methods are those by which progress is judged and the future expected.
type Methods struct {
	Growth progress.Method
	Trend  projection.Method
	Line   projection.Line
}

// UsualMethods are the built-in ones.
var UsualMethods = Methods{progress.GrowthRatio, projection.DampedLogit, projection.TimeWeighted}

// mostMethodBytes bounds a method file.
const mostMethodBytes = 1 << 20

// methodName is the form of the id of a method: its name and its version.
var methodName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*@[1-9][0-9]*$`)

// With reads a method file, whose parameters decide what it is: of a ratio of growth, of a damped
// trend, or of a line. It takes the place of the method of its kind. A file that is not sound is an Error with code
// Invalid that names file and line.
func (m Methods) With(r io.Reader, file string) (Methods, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostMethodBytes+1))
	if err != nil {
		return m, fmt.Errorf("read %s: %w", file, err)
	}
	text := methodText{file, data}
	if len(data) > mostMethodBytes {
		return m, text.fault(1, "a method file of at most 1 MiB")
	}
	var given map[string]json.RawMessage
	if err := text.read(&given); err != nil {
		return m, err
	}
	kinds := map[string]func() error{
		"ratio_bounds": func() error { return readMethod(text, given, &m.Growth, progress.GrowthRatio, progress.Method.Check) },
		"damping": func() error {
			return readMethod(text, given, &m.Trend, projection.DampedLogit, projection.Method.Check)
		},
		"weight_exponent": func() error { return readMethod(text, given, &m.Line, projection.TimeWeighted, projection.Line.Check) },
	}
	maps.DeleteFunc(kinds, func(parameter string, _ func() error) bool { return given[parameter] == nil })
	if len(kinds) != 1 {
		return m, text.fault(1, "the parameters of a ratio of growth (ratio_bounds ...), of a damped trend (damping ...) or of a line (weight_exponent ...): resolute measure method prints the built-in ones")
	}
	for _, read := range kinds {
		err = read()
	}
	return m, err
}

// method is what the kinds of methods share.
type method interface{ Name() string }

// readMethod reads a method in place of another of its kind; one that is not sound leaves that.
func readMethod[M method](text methodText, given map[string]json.RawMessage, into *M, builtin M, check func(M) (parameter, expected string)) error {
	var m M
	if err := text.read(&m); err != nil {
		return err
	}
	for _, key := range keysOf(builtin) {
		if _, there := given[key]; !there {
			return text.fault(1, "a value of "+key)
		}
	}
	if !methodName.MatchString(m.Name()) {
		return text.fault(text.lineOf("id"), `an id of name and version, as "national-growth@1"`)
	}
	if parameter, expected := check(m); parameter != "" {
		return text.fault(text.lineOf(parameter), parameter+": "+expected)
	}
	if m.Name() == builtin.Name() && !reflect.DeepEqual(m, builtin) {
		return text.fault(text.lineOf("id"), "another name or version: "+builtin.Name()+" is built in, with other parameters")
	}
	*into = m
	return nil
}

// keysOf are the parameters of a method, as its file names them.
func keysOf(m any) (keys []string) {
	t := reflect.TypeOf(m)
	for i := range t.NumField() {
		keys = append(keys, t.Field(i).Tag.Get("json"))
	}
	return keys
}

// methodText is a method file as it is written.
type methodText struct {
	file string
	data []byte
}

func (t methodText) fault(line int, expected string) error {
	return &resolute.Error{Code: resolute.Invalid, Field: "method", Message: fmt.Sprintf("%s:%d: expected %s", t.file, line, expected)}
}

// read decodes the file; what it does not know is a fault at its line.
func (t methodText) read(into any) error {
	d := json.NewDecoder(bytes.NewReader(t.data))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			return t.fault(t.lineAt(d.InputOffset()), "nothing behind the method")
		}
		return nil
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return t.fault(t.lineAt(syntax.Offset), "JSON: "+syntax.Error())
	case errors.As(err, &kind):
		return t.fault(t.lineAt(kind.Offset), fmt.Sprintf("%s of another kind than %s", kind.Field, kind.Value))
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return t.fault(t.lineAt(int64(len(t.data))), "a whole method; the file breaks off")
	}
	_, unknown, _ := strings.Cut(err.Error(), "unknown field ") // the decoder has no other way to name it
	return t.fault(t.lineOf(strings.Trim(unknown, `"`)), "no parameter "+unknown)
}

func (t methodText) lineAt(offset int64) int {
	return 1 + bytes.Count(t.data[:min(int(offset), len(t.data))], []byte("\n"))
}

// lineOf is the line in which a parameter is named first.
func (t methodText) lineOf(key string) int {
	return t.lineAt(int64(max(0, bytes.Index(t.data, []byte(`"`+key+`"`)))))
}
