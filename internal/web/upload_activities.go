package web

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/form"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/register"
	"resolute/internal/sheet"
)

// kindOfUpload tells the kind of import that a file becomes: of activities as IATI, of own work as a table or
// workbook, else of a text. A file of organisations is known as such when it is read.
func kindOfUpload(name string, data []byte) string {
	name = strings.ToLower(name)
	switch start := data[:min(len(data), 4096)]; {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")), bytes.Contains(start, []byte("<iati-activities")), bytes.Contains(start, []byte("<iati-organisations")):
		return register.KindIATI
	case sheet.IsWorkbook(start):
		if archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil &&
			slices.ContainsFunc(archive.File, func(f *zip.File) bool { return f.Name == "xl/workbook.xml" }) {
			return register.KindActivities
		}
	case strings.HasSuffix(name, ".csv"), strings.HasSuffix(name, ".tsv"):
		return register.KindActivities
	}
	return mandate.ImportKind
}

// foreseenPage shows what an import of activities would change.
type foreseenPage struct {
	*shell
	ID            int64
	Account       ledger.Import
	Rules         []RuleFindings
	Changes       []ForeseenLine
	Shown         int // changes of the page
	Total         int // of what is not unchanged
	Moved         bool
	Digest        string
	Source        string
	Partial       bool
	Older, Newest string
}

// ForeseenLine is what would happen to one activity.
type ForeseenLine struct {
	register.Change
	Place  string // cell, element or line
	Fields []ForeseenField
}

// ForeseenField is one field before and after; Name is its word where there is one.
type ForeseenField struct {
	Name, Of, Before, After string
}

// Refused tells whether the file would be refused whole.
func (p foreseenPage) Refused() bool { return p.Account.State == ledger.Refused }

// Action is the address of a form of the page.
func (p foreseenPage) Action(verb string) string {
	path := p.base() + "/upload/" + strconv.FormatInt(p.ID, 10)
	if verb != "" {
		path += "/" + verb
	}
	return path
}

// shownPreview is how many activities a page of a preview lists.
const shownPreview = 50

// looked is a preview with a digest of all that it tells.
type looked struct {
	register.Preview
	total   int
	changes []register.Change // those of the page
	digest  string
}

// look previews an upload and keeps the changes from one on.
func (s *Site) look(ctx context.Context, r *request, u ledger.Upload, src register.Source, from int) (looked, error) {
	var l looked
	sum := sha256.New()
	told := json.NewEncoder(sum)
	o := register.PreviewOptions{Lang: r.lang, Findings: 1000, ImportOptions: register.ImportOptions{Words: form.Words()}, Change: func(c register.Change) error {
		if c.Deed == register.DeedUnchanged {
			return nil
		}
		if l.total++; l.total > from && len(l.changes) < shownPreview {
			l.changes = append(l.changes, c)
		}
		c.Title, c.TitleLang = "", "" // in another language it is the same change
		return told.Encode(c)
	}}
	preview := s.Register.PreviewTable
	if u.Kind == register.KindIATI {
		preview = s.Register.PreviewIATI
	}
	var err error
	l.Preview, err = preview(ctx, r.who.Actor, src, bytes.NewReader(u.Bytes), o)
	if l.Account.State == ledger.Refused {
		err = nil // the page tells why
	}
	if err == nil {
		err = told.Encode([]any{l.Account.Counts, u.SHA256, l.Account.Source, src.Partial})
	}
	l.digest = hex.EncodeToString(sum.Sum(nil))
	return l, err
}

func sourceOf(u ledger.Upload, name, partial string) register.Source {
	return register.Source{File: u.File, Name: strings.TrimSpace(name), Partial: partial == "1"}
}

// uploadedActivities shows what taking a file of activities in would change.
func (s *Site) uploadedActivities(ctx context.Context, r *request, u ledger.Upload) (answer, error) {
	src := sourceOf(u, r.values.Get("source"), r.values.Get("partial"))
	page, err := strconv.Atoi(r.values.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	l, err := s.look(ctx, r, u, src, (page-1)*shownPreview)
	if err != nil {
		return answer{}, err
	}
	p := foreseenPage{shell: s.shell(r, "upload.look", "file", u.File), ID: u.ID, Account: l.Account, Rules: byRule(l.Findings), Shown: len(l.changes), Total: l.total,
		Digest: l.digest, Moved: r.values.Get("moved") == "1", Source: l.Account.Source, Partial: src.Partial}
	for _, c := range l.changes {
		p.Changes = append(p.Changes, p.foreseenLine(c))
	}
	if page > 1 {
		p.Newest = p.With("page", "")
	}
	if page*shownPreview < l.total {
		p.Older = p.With("page", strconv.Itoa(page+1))
	}
	return answer{template: "upload_activities", page: p, data: map[string]any{"import": l.Account, "findings": l.Findings, "changes": l.changes, "changes_total": l.total}}, nil
}

// ReadKey names the sentence about what the file holds: activities or organisations.
func (p foreseenPage) ReadKey() string {
	if p.Account.Kind == register.KindOrganisations {
		return "upload.organisations"
	}
	return "upload.activities"
}

func (s *shell) foreseenLine(c register.Change) ForeseenLine {
	line := ForeseenLine{Change: c, Place: c.Path}
	if c.Line > 0 && !strings.ContainsAny(c.Path, "0123456789") {
		line.Place = strings.TrimSpace(c.Path + " " + s.Spot(c.Line, 0))
	}
	for _, f := range c.Fields {
		name, part, _ := strings.Cut(f.Field, ".")
		if key := "field." + name; s.Has(key) {
			name = s.T(key)
		}
		if part != "" {
			name += s.Colon() + part
		}
		line.Fields = append(line.Fields, ForeseenField{name, f.Of, f.Before, f.After})
	}
	return line
}

// takeActivities takes an upload in if what it does is what the page showed; else it shows that anew.
func (s *Site) takeActivities(ctx context.Context, d *deed, u ledger.Upload) (string, error) {
	posted := d.http.PostForm
	src := sourceOf(u, posted.Get("source"), posted.Get("partial"))
	l, err := s.look(ctx, d.request, u, src, 0)
	if err != nil {
		return "", err
	}
	if l.digest != posted.Get("digest") {
		back := "/upload/" + strconv.FormatInt(u.ID, 10) + "?moved=1&source=" + url.QueryEscape(src.Name)
		if src.Partial {
			back += "&partial=1"
		}
		return back, nil
	}
	var in io.Reader = bytes.NewReader(u.Bytes)
	o := register.ImportOptions{Words: form.Words()}
	verb := s.Register.ImportTable
	if u.Kind == register.KindIATI {
		verb = s.Register.ImportIATI
	}
	done, err := verb(ctx, d.request.who.Actor, src, in, o)
	if err != nil && done.ID == 0 {
		return "", err // a refused one has an account that says why
	}
	if err := ledger.Discard(ctx, s.DB, d.request.who.Actor, s.Accounts.Now(), u.ID); err != nil {
		return "", err
	}
	return "/import/" + strconv.FormatInt(done.ID, 10), nil
}
