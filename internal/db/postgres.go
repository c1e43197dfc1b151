package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// openPostgres opens a pool for writing and one for reading, so that long readers never starve
// a writer of connections.
func openPostgres(ctx context.Context, address string) (*DB, error) {
	writer, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	writer.SetMaxOpenConns(4)
	if err := writer.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), writer.Close())
	}
	reader, err := sql.Open("pgx", address)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), writer.Close())
	}
	reader.SetMaxOpenConns(8)
	return &DB{engine: postgresEngine, write: writer, read: reader}, nil
}
