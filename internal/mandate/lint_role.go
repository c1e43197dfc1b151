package mandate

import (
	"regexp"
	"strings"

	"resolute"
)

// printedClaim is a role for an action line as a text prints it.
type printedClaim struct {
	code       string // C6
	role       string
	line       int
	start, end int // bytes of the line
}

var (
	lineList   = regexp.MustCompile(`\b(?:[Aa]ction [Ll]ines? )?(C\d{1,2}(?:\.\d)?(?:(?:, including [^,]*,(?: and)?|,| and|, and| as well as|, as well as)(?: [Aa]ction [Ll]ines?)? C\d{1,2}(?:\.\d)?)*)`)
	lineCode   = regexp.MustCompile(`C\d{1,2}(?:\.\d)?`)
	roleWord   = regexp.MustCompile(`\b(sole facilitator|lead facilitator|co-facilitator|moderator/facilitator|moderator or facilitator|facilitator|partner)\b`)
	keyPartner = regexp.MustCompile(`\bkey partner\b`) // praise, no role
)

// printedClaims reads who facilitates what from a line, in the two ways of saying it: the list
// of lines "in which ITU is ... the sole facilitator", and "as a partner in Action Lines ...".
func printedClaims(line string, n int) []printedClaim {
	roles := roleWord.FindAllStringIndex(keyPartner.ReplaceAllString(line, "key-------"), -1)
	var list []printedClaim
	if len(roles) == 0 || !strings.Contains(line, "ITU") {
		return nil
	}
	for _, m := range lineList.FindAllStringSubmatchIndex(line, -1) {
		role := roleFor(line, roles, m[0], m[1])
		if role == "" {
			continue
		}
		for _, c := range lineCode.FindAllStringIndex(line[m[2]:m[3]], -1) {
			list = append(list, printedClaim{line[m[2]+c[0] : m[2]+c[1]], role, n, m[2] + c[0], m[2] + c[1]})
		}
	}
	return list
}

// roleFor finds the role of a list of lines that stands at from to to: the one behind ", in which",
// else the last one before it in the sentence.
func roleFor(line string, roles [][]int, from, to int) string {
	rest := line[to:]
	if strings.HasPrefix(rest, ", in which") || strings.HasPrefix(rest, " in which") || strings.HasPrefix(rest, ", for which") {
		for _, r := range roles {
			if r[0] > to {
				return roleOf(line[r[0]:r[1]])
			}
		}
	}
	found := ""
	for _, r := range roles {
		if between := line[min(r[1], from):from]; r[1] <= from && len(between) < 80 && !strings.Contains(between, ";") {
			found = roleOf(line[r[0]:r[1]])
		}
	}
	return found
}

func roleOf(words string) string {
	if strings.HasPrefix(words, "moderator") {
		return Facilitator
	}
	return words
}

// rolesContradict finds a line with a role that another claim of the same text excludes. The
// claim that excludes is not blamed, the excluded one is.
func rolesContradict(t *lintText) []resolute.Finding {
	var claims []printedClaim
	t.doc.Walk(func(_ *Group, _ string, p *Provision) {
		claims = append(claims, printedClaims(t.lines[p.Line-1], p.Line)...)
	})
	var list []resolute.Finding
	for _, c := range claims {
		for _, o := range claims {
			if o.code != c.code || !excludes(o.role, c.role) {
				continue
			}
			expected := c.code + " once"
			if c.line < o.line {
				expected = c.code + " with one role"
			}
			list = append(list, t.finding("role-contradiction", c.line, c.start, c.code, expected, c.code+": "+c.role+" here, "+o.role+" at "+lineWords(o.line)+"; one excludes the other"))
			break
		}
	}
	return list
}
