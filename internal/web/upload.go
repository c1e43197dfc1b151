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
	"resolute/internal/register"
	"resolute/internal/sheet"
)

// largestUpload is how many bytes a file that is sent may hold, and uploadTime how long it may
// take on a slow line.
const (
	largestUpload = 16 << 20
	largestPassed = 256 << 20 // of a larger one that is received, to tell the browser so
	uploadTime    = 10 * time.Minute
	longestFile   = 120 // code points of a file's name
)

// uploadPage sends a text, or shows what taking one in would do.
type uploadPage struct {
	*shell
	ID      int64
	Looks   []UploadLook // one, or those at both texts of a file that holds two
	Refused bool         // so is the file
	Sides   []Link       // of a file that holds two texts
	Side    mandate.Side
	Back    string
}

// UploadLook is what one text of a file is read as.
type UploadLook struct {
	Side       mandate.Side // where both are shown
	Preview    mandate.Preview
	Rules      []RuleFindings
	Parts      []UploadPart
	Instrument Link
	Refused    bool
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

// Most is how many MiB a file may hold.
func (p uploadPage) Most() int { return largestUpload >> 20 }

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
	u, err := ledger.Hold(ctx, s.DB, d.request.who.Actor, s.Accounts.Now(), ledger.Upload{Kind: kindSent(header.Filename, bytes), File: fileName(header.Filename), Bytes: bytes})
	if err != nil {
		return "", err
	}
	return "/upload/" + strconv.FormatInt(u.ID, 10), nil
}

// kindSent tells what a file is sent as. A workbook that cannot be unpacked is one by its name, so that it is
// refused as a damaged workbook and not as a text.
func kindSent(name string, data []byte) string {
	if sheet.IsWorkbook(data) && strings.HasSuffix(strings.ToLower(name), ".xlsx") {
		return register.KindActivities
	}
	return kindOfUpload(name, data)
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
	if u.Kind != mandate.ImportKind {
		return s.uploadedActivities(ctx, r, u)
	}
	side := mandate.Side(r.oneOf("side", append([]string{""}, sides...)))
	previews, err := s.previews(ctx, mandate.File{Name: u.File, Data: u.Bytes, Side: side})
	if err != nil {
		return answer{}, err
	}
	p := uploadPage{shell: s.shell(r, "upload.look", "file", u.File), ID: u.ID, Side: side}
	for i, preview := range previews {
		look := p.look(preview)
		if len(previews) > 1 {
			look.Side = mandate.Side(sides[i])
		}
		p.Looks, p.Refused = append(p.Looks, look), p.Refused || look.Refused
	}
	p.sides(previews[0])
	return answer{template: "upload", page: p, data: uploadData(previews)}, nil
}

// previews are the look at the text that is meant, or at both.
func (s *Site) previews(ctx context.Context, file mandate.File) ([]mandate.Preview, error) {
	if file.Side == mandate.Both {
		return s.Mandate.PreviewBoth(ctx, file)
	}
	one, err := s.Mandate.Preview(ctx, file)
	return []mandate.Preview{one}, err
}

// uploadData is the page as data: of both texts a list.
func uploadData(previews []mandate.Preview) map[string]any {
	var list []map[string]any
	for _, p := range previews {
		list = append(list, map[string]any{"import": p.Account, "instrument": p.Instrument, "findings": p.Findings})
	}
	if len(list) == 1 {
		return list[0]
	}
	return map[string]any{"imports": list}
}

// sides are the texts of a file with tracked changes, as addresses write them.
var sides = []string{string(mandate.Before), string(mandate.After), string(mandate.Both)}

// sides offers the texts of a file that holds two.
func (p *uploadPage) sides(first mandate.Preview) {
	if !first.TwoTexts {
		return
	}
	for _, side := range sides {
		p.Sides = append(p.Sides, Link{Href: p.URL("/upload/"+strconv.FormatInt(p.ID, 10), "side", side), Text: p.T("upload.side." + side), Current: string(p.Side) == side})
	}
}

// look shows what one text is read as; of a refused one, why.
func (p *uploadPage) look(preview mandate.Preview) UploadLook {
	look := UploadLook{Preview: preview, Rules: byRule(preview.Findings), Refused: preview.Account.State == ledger.Refused}
	if look.Refused {
		return look
	}
	look.Instrument = Link{Href: p.URL("/mandate/" + preview.Instrument), Text: preview.Instrument}
	for _, g := range preview.Document.Groups {
		look.Parts = append(look.Parts, UploadPart{g.Heading, g.Operative, uploadItems(nil, g.Items)})
	}
	return look
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
	if u.Kind != mandate.ImportKind {
		return s.takeActivities(ctx, d, u)
	}
	done, err := s.taken(ctx, d, mandate.File{Name: u.File, Data: u.Bytes, Side: mandate.Side(d.http.PostForm.Get("side"))})
	if err != nil && done.ID == 0 {
		return "", err // a refused one has an account that says why
	}
	if err := ledger.Discard(ctx, s.DB, d.request.who.Actor, s.Accounts.Now(), u.ID); err != nil {
		return "", err
	}
	return "/import/" + strconv.FormatInt(done.ID, 10), nil
}

// taken imports the text that is meant, or both, and gives the account of the later one.
func (s *Site) taken(ctx context.Context, d *deed, file mandate.File) (ledger.Import, error) {
	if file.Side != mandate.Both {
		return s.Mandate.Import(ctx, d.request.who.Actor, file)
	}
	both, err := s.Mandate.ImportBoth(ctx, d.request.who.Actor, file)
	if len(both) == 0 {
		return ledger.Import{}, err
	}
	return both[len(both)-1], err
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
