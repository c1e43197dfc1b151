package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/account"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// rooms gives the room with a clock that the test moves.
func rooms(d *db.DB) (*account.Accounts, *time.Time) {
	now := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	return &account.Accounts{DB: d, Now: func() time.Time { return now }}, &now
}

func invite(t *testing.T, a *account.Accounts) string {
	t.Helper()
	link, err := a.Invite(context.Background(), resolute.Operator(), "A. Person")
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func TestALinkSignsOnePersonInOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		a, _ := rooms(d)
		link := invite(t, a)
		if open, err := a.Opens(ctx, link); err != nil || !open {
			t.Errorf("a new link opens nothing: %v", err)
		}
		s, err := a.SignIn(ctx, link)
		if err != nil {
			t.Fatal(err)
		}
		if s.Actor.Name != "A. Person" || s.Secret == "" || s.Secret == link || s.Form == "" {
			t.Errorf("session = %+v", s)
		}
		if err := s.Actor.Can(resolute.Import, resolute.Object{Kind: "activity"}, "2026-10-01"); err != nil {
			t.Errorf("the operator may not import: %v", err)
		}
		if _, err := a.SignIn(ctx, link); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("a used link: %v, want not-found", err)
		}
		for _, dead := range []string{link, link + "x", ""} {
			if open, err := a.Opens(ctx, dead); err != nil || open {
				t.Errorf("link %q opens something: %v", dead, err)
			}
		}
		again, err := a.Session(ctx, s.Secret)
		if err != nil || again.Actor.ID != s.Actor.ID || again.Form != s.Form {
			t.Errorf("the next request of the session: %+v, %v", again, err)
		}
	})
}

func TestAPersonInvitedTwiceIsTheSamePerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		a, _ := rooms(d)
		first, err := a.SignIn(ctx, invite(t, a))
		if err != nil {
			t.Fatal(err)
		}
		second, err := a.SignIn(ctx, invite(t, a))
		if err != nil {
			t.Fatal(err)
		}
		if first.Actor.ID != second.Actor.ID || len(second.Actor.Grants) != 1 || first.Form == second.Form {
			t.Errorf("two sessions of one person: %+v, %+v", first, second)
		}
	})
}

// TestWhatEndsASession names each way in which a session stops to hold.
func TestWhatEndsASession(t *testing.T) {
	tests := []struct {
		name string
		act  func(a *account.Accounts, now *time.Time, secret string) error
		ends bool
	}{
		{"nothing for as long as it may rest", func(_ *account.Accounts, now *time.Time, _ string) error {
			*now = now.Add(account.IdleTime)
			return nil
		}, false},
		{"a longer rest", func(_ *account.Accounts, now *time.Time, _ string) error {
			*now = now.Add(account.IdleTime + time.Millisecond)
			return nil
		}, true},
		{"use within that time", func(a *account.Accounts, now *time.Time, secret string) error {
			for range 5 {
				*now = now.Add(account.IdleTime - time.Minute)
				if _, err := a.Session(context.Background(), secret); err != nil {
					return err
				}
			}
			return nil
		}, false},
		{"its age, however much it is used", func(a *account.Accounts, now *time.Time, secret string) error {
			for end := now.Add(account.SessionTime); now.Before(end); {
				if _, err := a.Session(context.Background(), secret); err != nil {
					return err
				}
				*now = now.Add(account.IdleTime - time.Minute)
			}
			return nil
		}, true},
		{"signing out", func(a *account.Accounts, _ *time.Time, secret string) error {
			return a.SignOut(context.Background(), secret)
		}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				ctx := context.Background()
				a, now := rooms(d)
				s, err := a.SignIn(ctx, invite(t, a))
				if err != nil {
					t.Fatal(err)
				}
				if err := test.act(a, now, s.Secret); err != nil {
					t.Fatal(err)
				}
				_, err = a.Session(ctx, s.Secret)
				if ended := resolute.CodeOf(err) == resolute.NotFound && err != nil; ended != test.ends {
					t.Errorf("ended = %v (%v), want %v", ended, err, test.ends)
				}
			})
		})
	}
}

func TestALinkThatWaitedTooLongIsWorthNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a, now := rooms(d)
		link := invite(t, a)
		*now = now.Add(account.LinkTime + time.Millisecond)
		if _, err := a.SignIn(context.Background(), link); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("an old link: %v, want not-found", err)
		}
	})
}

func TestOnlyWhoMayAdmitInvites(t *testing.T) {
	a, _ := rooms(dbtest.SQLite(t))
	if _, err := a.Invite(context.Background(), resolute.Actor{ID: "nobody"}, "A. Person"); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("an actor without grant: %v, want forbidden", err)
	}
	for _, name := range []string{"", "  ", strings.Repeat("a", 101), "a\x00b", "\xff"} {
		if _, err := a.Invite(context.Background(), resolute.Operator(), name); resolute.CodeOf(err) != resolute.Invalid {
			t.Errorf("name %q: %v, want invalid", name, err)
		}
	}
}

// TestNoSecretIsKept looks for the secrets in everything that the room wrote.
func TestNoSecretIsKept(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	a, _ := rooms(d)
	link := invite(t, a)
	s, err := a.SignIn(ctx, link)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SignOut(ctx, s.Secret); err != nil {
		t.Fatal(err)
	}
	var kept string
	if err := d.QueryRow(ctx, `SELECT group_concat(hash, ' ') || (SELECT group_concat(hash, ' ') FROM session) || (SELECT group_concat(body, ' ') FROM change) FROM sign_in`).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{link, s.Secret, "A. Person"} {
		if strings.Contains(kept, secret) {
			t.Errorf("%q stands in the database or in the log", secret)
		}
	}
	changes, err := audit.Since(ctx, d, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, c := range changes {
		verbs = append(verbs, c.Verb+" "+c.Object)
	}
	if got, want := strings.Join(verbs, ", "), "invite person/1, sign-in person/1, sign-out person/1"; got != want {
		t.Errorf("log = %s, want %s", got, want)
	}
}
