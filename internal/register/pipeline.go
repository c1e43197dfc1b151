package register

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// pipeline reads a file in one goroutine, works on what it read in several, and hands it on in
// the order of the file. next gives the work of one piece, io.EOF at the end. It returns when all
// its goroutines have ended: nil at a sound end of the file.
func pipeline[T any](ctx context.Context, next func() (func() T, error), take func(T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type job struct {
		work func() T
		done chan T
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, order := make(chan job), make(chan chan T, workers) // few in flight, so that memory stays flat
	var all sync.WaitGroup
	all.Go(func() {
		defer close(order)
		defer close(jobs)
		for {
			work, err := next()
			if err != nil {
				if !errors.Is(err, io.EOF) {
					stop(err)
				}
				return
			}
			j := job{work, make(chan T, 1)}
			for _, send := range []func() bool{
				func() bool { return offer(ctx, order, j.done) },
				func() bool { return offer(ctx, jobs, j) },
			} {
				if !send() {
					return
				}
			}
		}
	})
	for range workers {
		all.Go(func() {
			for j := range jobs {
				j.done <- j.work()
			}
		})
	}
	err := consume(ctx, order, take)
	if err != nil {
		stop(err)
	}
	all.Wait()
	if err == nil {
		err = context.Cause(ctx)
	}
	return err
}

func offer[T any](ctx context.Context, c chan<- T, v T) bool {
	select {
	case c <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

func consume[T any](ctx context.Context, order <-chan chan T, take func(T) error) error {
	for done := range order {
		select {
		case v := <-done:
			if err := take(v); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}
