package audit_test

import (
	"context"
	"testing"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

func TestTheNewestChangesComeFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, verb := range []string{"import", "decide", "undo"} {
			record(t, d, verb)
		}
		changes, err := audit.Latest(context.Background(), d, 3, 2)
		if err != nil || len(changes) != 2 || changes[0].Verb != "undo" || changes[1].Verb != "decide" {
			t.Errorf("the two newest of three changes = %+v, %v", changes, err)
		}
		changes, err = audit.Latest(context.Background(), d, 2, 9)
		if err != nil || len(changes) != 2 || changes[0].Verb != "decide" || changes[1].Verb != "import" {
			t.Errorf("all changes up to the second = %+v, %v", changes, err)
		}
		changes, err = audit.Latest(context.Background(), d, 3, 2, "decide", "invite")
		if err != nil || len(changes) != 2 || changes[0].Verb != "undo" || changes[1].Verb != "import" {
			t.Errorf("the two newest but decisions = %+v, %v", changes, err)
		}
	})
}
