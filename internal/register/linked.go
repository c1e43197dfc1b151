package register

// mention is one place at which an activity names another one by its identifier.
type mention struct {
	Ref  string `json:"r"`
	Path string `json:"p"`
	Line int    `json:"l,omitempty"`
}

func moveMentions(mentions []mention, lines int) []mention {
	moved := append([]mention(nil), mentions...)
	for i := range moved {
		moved[i].Line += lines
	}
	return moved
}
