package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// mostConnections is how many connections each pool has at most.
const mostConnections = 8

// openPostgres opens a pool for writing and one for reading, so that long readers never starve
// a writer of connections.
func openPostgres(ctx context.Context, address string) (*DB, error) {
	writer, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	keep(writer, mostConnections/2)
	if err := writer.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), writer.Close())
	}
	reader, err := sql.Open("pgx", address)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), writer.Close())
	}
	keep(reader, mostConnections)
	return &DB{engine: postgresEngine, write: writer, read: reader}, nil
}

// keep lets a pool have some connections, and hold them while nobody needs them.
func keep(pool *sql.DB, connections int) {
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
}

// Codes of a PostgreSQL server that ends a connection.
var endings = []string{"57P01", "57P02", "57P05"} // by an operator or a shutdown, after a crash of a neighbour, idle for too long

// hasEnded tells whether nothing was begun because the server had ended a connection that the pool still
// held, as after a restart. Each try takes one such connection out of the pool, so one more than
// there are connections finds a new one.
func hasEnded(err error) bool {
	var told *pgconn.PgError
	return errors.As(err, &told) && slices.Contains(endings, told.Code) || err != nil && pgconn.SafeToRetry(err)
}
