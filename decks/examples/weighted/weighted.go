// Package weighted bounds the cost of what is under way, not the number, with
// golang.org/x/sync/semaphore.
package weighted

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Task is something to do, and what it costs while it runs.
type Task struct {
	Cost int64
	Do   func(ctx context.Context)
}

// Run runs every task; those under way never cost more than the budget. When
// ctx ends it starts no more, waits for the rest and gives the error of ctx.
// A task that costs more than the budget waits until ctx ends.
func Run(ctx context.Context, budget int64, tasks []Task) error {
	// #region backup-semaphore
	sem := semaphore.NewWeighted(budget)
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, task := range tasks {
		if err := sem.Acquire(ctx, task.Cost); err != nil {
			return err
		}
		wg.Add(1)
		go func(task Task) {
			defer wg.Done()
			defer sem.Release(task.Cost)
			task.Do(ctx)
		}(task)
	}
	return nil
	// #endregion
}
