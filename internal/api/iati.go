package api

import "context"

type iatiOut struct {
	Body struct {
		DataVersion int64           `json:"data_version"`
		Publishers  []publisherJSON `json:"publishers"`
	}
}

// publisherJSON is a reporting organisation with its files.
type publisherJSON struct {
	Reference  string   `json:"reference"`
	Name       string   `json:"name"`
	Activities int      `json:"activities"`
	Files      []string `json:"files" doc:"Addresses of IATI 2.03 files, relative to this one; they last"`
}

// iati lists publishers with the addresses of their files, which hold behind any proxy.
func (a *API) iati(ctx context.Context, _ *struct{}) (*iatiOut, error) {
	publishers, state, err := a.files.Publishers(ctx)
	if err != nil {
		return nil, err
	}
	out := &iatiOut{}
	out.Body.DataVersion, out.Body.Publishers = state.Seq, make([]publisherJSON, len(publishers))
	for i, p := range publishers {
		files := make([]string, p.Parts)
		for n := range files {
			files[n] = "../../" + p.Address(n+1)
		}
		out.Body.Publishers[i] = publisherJSON{p.Reporter, p.Name, p.Activities, files}
	}
	return out, nil
}
