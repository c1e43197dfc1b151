package web

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

// largestUpload is how many bytes a file that is sent may hold, and uploadTime how long it may
// take on a slow line.
const (
	largestUpload = 16 << 20
	uploadTime    = 10 * time.Minute
	longestFile   = 120 // code points of a file's name
)

// uploadPage sends a text, or shows what taking one in would do.
type uploadPage struct {
	*shell
	ID         int64
	Preview    mandate.Preview
	Rules      []RuleFindings
	Parts      []UploadPart
	Instrument Link
	Refused    bool
	Sides      []Link // of a file that holds two texts
	Side       mandate.Side
	Back       string
}

// UploadPart is one group of a text that was sent.
type UploadPart struct {
	Heading   string
	Operative bool
	Items     []UploadItem
}

// UploadItem is one provision of it.
type UploadItem struct {
	Level      int
	Mark, Text string
}

// Action is the address to which the forms of the page go.
func (p uploadPage) Action(verb string) string {
	path := p.base() + "/upload"
	if p.ID > 0 {
		path += "/" + strconv.FormatInt(p.ID, 10)
	}
	if verb != "" {
		path += "/" + verb
	}
	return path
}

// mayImport tells whether the person of a request may take something in.
func (s *Site) mayImport(r *request) error {
	if s.Accounts == nil {
		return s.missing(r.http)
	}
	return r.who.Actor.Can(resolute.Import, resolute.Object{Kind: "upload", Owner: r.who.Actor.ID}, s.Accounts.Now().Format(time.DateOnly))
}

// uploadForm asks for a file.
func (s *Site) uploadForm(_ context.Context, r *request) (answer, error) {
	if err := s.mayImport(r); err != nil {
		return answer{}, err
	}
	return answer{template: "upload", page: uploadPage{shell: s.shell(r, "upload.title"), Back: ""}, data: map[string]any{"largest": largestUpload}}, nil
}

// send keeps a file and leads to the look at it.
func (s *Site) send(ctx context.Context, d *deed) (string, error) {
	file, header, err := d.http.FormFile("file")
	if err != nil {
		return "", &resolute.Error{Code: resolute.Invalid, Field: "file", Message: "no file was chosen"}
	}
	defer func() { _ = file.Close() }() // it was only read
	bytes, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	u, err := ledger.Hold(ctx, s.DB, d.request.who.Actor, s.Accounts.Now(), ledger.Upload{Kind: mandate.ImportKind, File: fileName(header.Filename), Bytes: bytes})
	if err != nil {
		return "", err
	}
	return "/upload/" + strconv.FormatInt(u.ID, 10), nil
}

// fileName keeps of a name what can be shown anywhere: its last part, printable, not too long.
func fileName(name string) string {
	name = filepath.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	if signs := []rune(name); len(signs) > longestFile {
		name = string(signs[len(signs)-longestFile:]) // the end tells the format
	}
	if strings.Trim(name, "./ ") == "" {
		return "file"
	}
	return name
}

// upload shows what taking a file in would do.
func (s *Site) upload(ctx context.Context, r *request) (answer, error) {
	if err := s.mayImport(r); err != nil {
		return answer{}, err
	}
	u, err := s.held(ctx, r)
	if err != nil {
		return answer{}, err
	}
	side := mandate.Side(r.oneOf("side", append([]string{""}, sides...)))
	preview, err := s.Mandate.Preview(ctx, mandate.File{Name: u.File, Data: u.Bytes, Side: side})
	if err != nil {
		return answer{}, err
	}
	p := uploadPage{shell: s.shell(r, "upload.look", "file", u.File), ID: u.ID, Preview: preview, Rules: byRule(preview.Findings), Refused: preview.Account.State == ledger.Refused, Side: side}
	p.sides()
	if !p.Refused {
		p.fill()
	}
	return answer{template: "upload", page: p, data: map[string]any{"import": preview.Account, "instrument": preview.Instrument, "findings": preview.Findings}}, nil
}

// sides are the texts of a file with tracked changes, as addresses write them.
var sides = []string{string(mandate.Before), string(mandate.After)}

// sides offers the texts of a file that holds two.
func (p *uploadPage) sides() {
	if !p.Preview.TwoTexts {
		return
	}
	for _, side := range sides {
		p.Sides = append(p.Sides, Link{Href: p.URL("/upload/"+strconv.FormatInt(p.ID, 10), "side", side), Text: p.T("upload.side." + side), Current: string(p.Side) == side})
	}
}

func (p *uploadPage) fill() {
	p.Instrument = Link{Href: p.URL("/mandate/" + p.Preview.Instrument), Text: p.Preview.Instrument}
	for _, g := range p.Preview.Document.Groups {
		p.Parts = append(p.Parts, UploadPart{g.Heading, g.Operative, uploadItems(nil, g.Items)})
	}
}

func uploadItems(list []UploadItem, items []mandate.Provision) []UploadItem {
	for _, i := range items {
		list = uploadItems(append(list, UploadItem{i.Level, i.Mark, i.Text}), i.Items)
	}
	return list
}

func (s *Site) held(ctx context.Context, r *request) (ledger.Upload, error) {
	id, err := strconv.ParseInt(r.http.PathValue("id"), 10, 64)
	if err != nil {
		return ledger.Upload{}, s.missing(r.http)
	}
	return ledger.Held(ctx, s.DB, r.who.Actor, id)
}

// take takes a file in that was looked at, and leads to its account.
func (s *Site) take(ctx context.Context, d *deed) (string, error) {
	u, err := s.held(ctx, d.request)
	if err != nil {
		return "", err
	}
	done, err := s.Mandate.Import(ctx, d.request.who.Actor, mandate.File{Name: u.File, Data: u.Bytes, Side: mandate.Side(d.http.PostForm.Get("side"))})
	if err != nil && done.ID == 0 {
		return "", err // a refused one has an account that says why
	}
	if err := ledger.Discard(ctx, s.DB, d.request.who.Actor, s.Accounts.Now(), u.ID); err != nil {
		return "", err
	}
	return "/import/" + strconv.FormatInt(done.ID, 10), nil
}

// discard forgets a file that was looked at.
func (s *Site) discard(ctx context.Context, d *deed) (string, error) {
	u, err := s.held(ctx, d.request)
	if err != nil {
		return "", err
	}
	return "/upload", ledger.Discard(ctx, s.DB, d.request.who.Actor, s.Accounts.Now(), u.ID)
}

// longer gives an upload the time that a slow line needs.
func longer(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	end := time.Now().Add(uploadTime)
	_, _ = c.SetReadDeadline(end), c.SetWriteDeadline(end) // a writer without deadlines has none to move
}
