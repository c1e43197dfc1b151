package api_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

func TestPublishersAreListedWithTheirFiles(t *testing.T) {
	h, _ := handler(t)
	var list struct {
		Publishers []struct {
			Reference  string
			Activities int
			Files      []string
		}
	}
	if err := json.Unmarshal(get(h, "/api/v1/iati").Body.Bytes(), &list); err != nil || len(list.Publishers) == 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	here, err := url.Parse("https://wsis.example/behind/api/v1/iati")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list.Publishers {
		for _, file := range p.Files {
			at, err := here.Parse(file)
			if err != nil || !strings.HasPrefix(at.Path, "/behind/iati/activities/") {
				t.Errorf("%s: %s leads to %s, %v", p.Reference, file, at, err)
			}
		}
		if p.Activities == 0 || len(p.Files) == 0 {
			t.Errorf("%+v", p)
		}
	}
}
