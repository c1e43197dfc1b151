package resolute

// Actor is who does a deed. It is an argument of every verb that writes, never hidden in a
// context. Capabilities know Actor and not where it comes from.
type Actor struct {
	ID     string // lasting name in the audit log, free of personal text
	Name   string // for display
	Grants []Grant
}

// Grant gives its holder a role over a scope for a time.
type Grant struct {
	Role        Role
	Scope       string // "*" for the whole, "org:ID" for one organisation
	From, Until string // inclusive days YYYY-MM-DD; empty is open
}

// Role names a set of rights.
type Role string

// The roles that exist before there are accounts.
const (
	OperatorRole Role = "operator" // the one person of an installation without accounts
)

// Right is one deed on one kind of object.
type Right string

// The rights that verbs ask for.
const (
	Read    Right = "read"
	Import  Right = "import"
	Decide  Right = "decide" // set, confirm or refuse a tag or mandate link
	Publish Right = "publish"
	Migrate Right = "migrate"
	Admit   Right = "admit"   // let a person in
	Compose Right = "compose" // draft a revision of an instrument
)

// Object is what a right is asked about: its kind, identity and the organisation that owns it.
type Object struct {
	Kind, ID, Owner string
}

// rights is the whole table: what is not in it is denied.
var rights = map[Role]map[Right]bool{
	OperatorRole: {Read: true, Import: true, Decide: true, Publish: true, Migrate: true, Admit: true, Compose: true},
}

// Can returns nil when a grant of a gives the right on o, else an Error with code Forbidden.
// Grants are dated: on is today as YYYY-MM-DD.
func (a Actor) Can(right Right, o Object, on string) error {
	for _, g := range a.Grants {
		if !rights[g.Role][right] || (g.From != "" && on < g.From) || (g.Until != "" && on > g.Until) {
			continue
		}
		if g.Scope == "*" || (o.Owner != "" && g.Scope == "org:"+o.Owner) {
			return nil
		}
	}
	return &Error{Code: Forbidden, Message: "error.forbidden", Field: o.Kind}
}

// Operator is the one actor of an installation without accounts: a grant over the whole.
func Operator() Actor {
	return Actor{ID: "operator", Name: "operator", Grants: []Grant{{Role: OperatorRole, Scope: "*"}}}
}

// State is where a content row stands on its way to the public.
type State string

// The states of a content row; only approved and locked rows are public.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Approved  State = "approved"
	Locked    State = "locked"
)
