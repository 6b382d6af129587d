package pool

import (
	"context"
	"sync"
)

// Job is what a worker does for one index.
type Job func(ctx context.Context, i int)

// Run calls do for every index below n, with a pool of size workers. When ctx
// ends it stops handing out indexes, waits for the jobs under way and gives
// the error of ctx.
func Run(ctx context.Context, n, size int, do Job) error {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for w := 0; w < greater(size, 1); w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range jobs {
				do(ctx, i)
			}
		}()
	}
	defer wg.Wait()
	return feed(ctx, jobs, n)
}

// feed hands out the indexes below n until ctx ends.
func feed(ctx context.Context, to chan<- int, n int) error {
	defer close(to) // the workers go home
	for i := 0; i < n; i++ {
		select {
		case to <- i:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
