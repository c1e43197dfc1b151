// Package browsertest drives Debian's chromium in tests: it opens a page at a width, looks for
// breaches of the accessibility rules with axe-core and measures sideways scrolling.
// Only tests import it.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The variables that steer browser tests.
const (
	MustVariable = "RESOLUTE_TEST_BROWSER" // "must": a missing browser is a failure, not a skip
	AxeVariable  = "RESOLUTE_AXE"          // path of axe.min.js
)

// Browser is one running chromium. Its tabs show one page after another, for a process of its own for every
// page costs more than the page.
type Browser struct {
	ctx  context.Context
	stop func()
	axe  string

	mu   sync.Mutex
	free []tab
}

// tab is a tab of the browser, stop closes it.
type tab struct {
	ctx  context.Context
	stop context.CancelFunc
}

// kept is the browser that all tests of a package share, from its first use on, when Main runs them.
var kept struct {
	sync.Mutex
	shared  bool
	browser *Browser
}

// Main runs the tests of a package, which share one browser, and ends the browser; TestMain calls it and exits
// with what it returns.
func Main(m *testing.M) int {
	kept.shared = true
	code := m.Run()
	if kept.browser != nil {
		kept.browser.stop()
	}
	return code
}

// Start gives the test a running chromium, or skips it with a line that says what is missing.
func Start(t *testing.T) *Browser {
	t.Helper()
	kept.Lock()
	defer kept.Unlock()
	if kept.browser != nil {
		return kept.browser
	}
	b := start(t)
	if kept.shared {
		kept.browser = b
	} else {
		t.Cleanup(b.stop)
	}
	return b
}

func start(t *testing.T) *Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "no chromium on this machine")
	}
	axe := readAxe(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(path),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("disable-background-networking", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	b := &Browser{ctx: ctx, stop: func() { stop(); stopAllocator() }, axe: axe}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // the first call starts the browser and must bear no deadline
		b.stop()
		t.Fatalf("start chromium: %v", err)
	}
	return b
}

func readAxe(t *testing.T) string {
	path := os.Getenv(AxeVariable)
	if path == "" {
		if os.Getenv(MustVariable) == "must" {
			t.Fatalf("%s is not set, so accessibility cannot be tested", AxeVariable)
		}
		return ""
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv(MustVariable) == "must" {
		t.Fatal(what)
	}
	t.Skip("the browser is not tried: " + what)
}

// Page is a tab that shows one address.
type Page struct {
	t      *testing.T
	ctx    context.Context
	axe    string
	styled bool // by a mode, which the next page must not inherit
}

// Open shows address in a tab of the given width in CSS pixels; the tab is the test's until the test ends.
func (b *Browser) Open(t *testing.T, address string, width int64) *Page {
	t.Helper()
	tab := b.take(t)
	ctx, cancel := context.WithTimeout(tab.ctx, time.Minute)
	page := &Page{t: t, ctx: ctx, axe: b.axe}
	t.Cleanup(func() {
		cancel()
		if t.Failed() || page.styled {
			tab.stop()
			return
		}
		b.give(tab)
	})
	actions := []chromedp.Action[chromedp.Void]{chromedp.EmulateViewport(width, 900), chromedp.Navigate(address)}
	if strings.Contains(address, "#") { // a tab that shows the page already would only scroll
		actions = slices.Insert(actions, 0, chromedp.Navigate("about:blank"))
	}
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
	return page
}

// take gives a tab that no test uses, give takes it back.
func (b *Browser) take(t *testing.T) tab {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if last := len(b.free) - 1; last >= 0 {
		one := b.free[last]
		b.free = b.free[:last]
		return one
	}
	ctx, stop := chromedp.NewContext(b.ctx)
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as the context of its first call
		t.Fatalf("open a tab: %v", err)
	}
	return tab{ctx, stop}
}

func (b *Browser) give(one tab) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = append(b.free, one)
}

// Resize gives the page another width in CSS pixels.
func (p *Page) Resize(width int64) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		p.t.Fatalf("resize to %d: %v", width, err)
	}
}

// Text evaluates an expression of JavaScript that gives a string.
func (p *Page) Text(expression string) string {
	p.t.Helper()
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return s
}

// Number evaluates an expression of JavaScript that gives a whole number.
func (p *Page) Number(expression string) int {
	p.t.Helper()
	n, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](expression))
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return n
}

// Overflow gives how many CSS pixels the page can be scrolled sideways.
func (p *Page) Overflow() int {
	p.t.Helper()
	return p.Number("document.documentElement.scrollWidth - document.documentElement.clientWidth")
}

// violations runs axe-core with the rules of WCAG 2.0 to 2.2, levels A and AA, and best practice.
const violations = `axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})
	.then(r => r.violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')).join('\n'))`

// Violations lists the breaches that axe-core finds, one a line; empty when there are none.
// It skips the test when axe-core is not at hand.
func (p *Page) Violations() string {
	p.t.Helper()
	if p.axe == "" {
		p.t.Skip("accessibility is not tried: " + AxeVariable + " is not set")
	}
	if p.Text("typeof axe") == "undefined" {
		if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](p.axe+"; 'loaded'")); err != nil {
			p.t.Fatalf("load axe-core: %v", err)
		}
	}
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](violations, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("run axe-core: %v", err)
	}
	return found
}

// foreign gathers the visible text that no element marks with a language of its own.
const foreign = `(() => {
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const out = [];
	for (let n = walk.nextNode(); n; n = walk.nextNode()) {
		const e = n.parentElement;
		if (!e || e.closest('script,style,bdi,code,[translate=no]')) continue;
		const marked = e.closest('[lang]');
		if (marked && marked !== document.documentElement) continue;
		out.push(n.textContent.trim());
	}
	return out.filter(Boolean).join('\n');
})()`

// UnmarkedText gives the page's own words: text outside bdi, code and passages that bear a
// language of their own.
func (p *Page) UnmarkedText() string { p.t.Helper(); return p.Text(foreign) }

// Script says whether most letters of text belong to the script of a language of the product.
func Script(lang, text string) bool {
	var own, other int
	for _, r := range text {
		switch {
		case strings.ContainsRune(" \n\t", r) || r < 'A':
		case lang == "ar" && r >= 0x0600 && r <= 0x06ff, lang == "ru" && r >= 0x0400 && r <= 0x04ff, lang == "zh" && r >= 0x3400 && r <= 0x9fff:
			own++
		case lang == "en" || lang == "fr" || lang == "es":
			if r < 0x0250 {
				own++
			} else {
				other++
			}
		default:
			other++
		}
	}
	return own > other
}
