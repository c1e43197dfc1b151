# Everyday commands. `make check` is what must be green before sending a change.
.PHONY: build check test bench demo

build: ## one static binary
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o resolute ./cmd/resolute

check: ## formatting, vet, staticcheck, deadcode, tests
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	@test -z "$$(go run golang.org/x/tools/cmd/deadcode@v0.51.0 -test ./... | tee /dev/stderr)"
	go test ./...

test:
	go test ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

demo:
	go run ./cmd/resolute demo
