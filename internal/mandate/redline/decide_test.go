package redline_test

import (
	"strings"
	"testing"

	"resolute/internal/mandate/redline"
)

// TestDecisionsLoseNoSign decides every span of a mixed text in every way, within and on a changed
// text: the pieces together are still the text, and spans do not overlap.
func TestDecisionsLoseNoSign(t *testing.T) {
	const text = "RESOLUTION 9 (Rev. Busan, 2014Dubai, 2018)\nnoting\na) one;\nb) two;\ncb) three;\ndc) four,\nnoting further\na) one;\nb) deux;\nc) three,\nc) four,\n"
	lines := strings.Split(text, "\n")
	for _, now := range []string{text, strings.Replace(text, "noting\n", "\nnoting\n", 1), strings.ReplaceAll(text, "three", "thrée"), ""} {
		for _, s := range redline.Split(text).Spans {
			for _, as := range redline.Verdicts {
				d := redline.Decision{Line: s.Line, Start: s.Start, End: s.End, Text: s.Text, Whole: lines[s.Line-1], As: as}
				p, lost := redline.Decide(now, []redline.Decision{d, d})
				var b strings.Builder
				decided := 0
				for _, l := range redline.Lines(now, p.Spans) {
					for _, piece := range l.Pieces {
						b.WriteString(piece.Text)
						if piece.Span != nil && piece.Span.Decided != nil {
							if decided++; piece.Text != s.Text || piece.Span.Kind != as {
								t.Errorf("%s as %s: decided is %q %s", s.ID(), as, piece.Text, piece.Span.Kind)
							}
						}
					}
					if now != "" {
						b.WriteByte('\n')
					}
				}
				if b.String() != now {
					t.Errorf("%s as %s: the pieces are %q, want %q", s.ID(), as, b.String(), now)
				}
				if len(lost) == 0 && decided != 1 || len(lost) > 0 && decided != 0 {
					t.Errorf("%s as %s: decided %d, lost %d", s.ID(), as, decided, len(lost))
				}
			}
		}
	}
}
