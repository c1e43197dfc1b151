package register

import (
	"context"
	"fmt"

	"resolute/internal/ledger"
)

// RefusedRecord is a record that could not be understood, as it came in.
type RefusedRecord struct {
	N, Line int // place among the refused of its import; line of the file
	Rule    string
	Bytes   []byte
}

// RefusedOf lists the refused records of an import with their bytes, at most limit.
func (r *Register) RefusedOf(ctx context.Context, id int64, limit int) ([]RefusedRecord, error) {
	kept, err := ledger.RefusedRecords(ctx, r.DB, id, limit)
	if err != nil {
		return nil, err
	}
	var list []RefusedRecord
	for _, k := range kept {
		one, err := opened(k)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// OneRefused gives one refused record of an import; an unknown one is an Error with code
// NotFound.
func (r *Register) OneRefused(ctx context.Context, id int64, n int) (RefusedRecord, error) {
	kept, err := ledger.OneRefused(ctx, r.DB, id, n)
	if err != nil {
		return RefusedRecord{}, err
	}
	return opened(kept)
}

func opened(k ledger.RefusedRecord) (RefusedRecord, error) {
	raw, err := unpack(k.Bytes)
	if err != nil {
		return RefusedRecord{}, fmt.Errorf("unpack refused record %d: %w", k.N, err)
	}
	return RefusedRecord{N: k.N, Line: k.Line, Rule: k.Rule, Bytes: raw}, nil
}
