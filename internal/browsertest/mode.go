package browsertest

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Mode is how a reader's device wants pages to look.
type Mode string

// The modes in which pages are tried.
const (
	Dark   Mode = "dark"
	Forced Mode = "forced colours"
	Print  Mode = "print"
)

var media = map[Mode]emulation.SetEmulatedMediaParams{
	Dark:   {Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}},
	Forced: {Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}},
	Print:  {Media: "print"},
}

// In shows the page in a mode.
func (p *Page) In(mode Mode) {
	p.t.Helper()
	p.styled = true
	set := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media[mode])
		return err
	})
	if err := chromedp.Do(p.ctx, set); err != nil {
		p.t.Fatalf("show in %s: %v", mode, err)
	}
}
