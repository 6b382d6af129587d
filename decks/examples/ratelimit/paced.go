package ratelimit

import (
	"context"
	"time"

	"deckc.example/talks/pool"
)

// Paced calls do for every index below n, with at most size under way and at
// most one start every pause. It gives the error of ctx when ctx ends first.
func Paced(ctx context.Context, n, size int,
	pause time.Duration, do pool.Job) error {
	// #region paced
	tick := time.NewTicker(pause)
	defer tick.Stop()
	return pool.Run(ctx, n, size,
		func(ctx context.Context, i int) {
			select {
			case <-tick.C: // one start a tick
				do(ctx, i)
			case <-ctx.Done():
			}
		})
	// #endregion
}
