package iati

// Part is one attribute (its name begins with @) or child element of an activity, as it came in.
type Part struct{ Name, Text string }

// Parts lists the attributes and children of an activity in the order of its bytes: for those who
// must tell what differs where Decode keeps nothing.
func Parts(raw []byte) (parts []Part) {
	s := newFragmentScanner(raw, spot{})
	start := 0
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			return parts
		}
		switch {
		case k == startTag && s.depth() == 1:
			for _, a := range s.allAttrs() {
				parts = append(parts, Part{"@" + a.Name, a.Value})
			}
		case k == startTag && s.depth() == 2:
			start = s.start
			parts = append(parts, Part{Name: string(s.bytes(s.name))})
		case k == endTag && s.depth() == 1:
			parts[len(parts)-1].Text = string(raw[start:s.pos])
		}
	}
}
