package fanout

import (
	"context"
	"sync"

	"deckc.example/talks/pool"
)

// Ping tries to reach a cluster.
type Ping func(ctx context.Context, cluster string) error

// Failures pings every cluster, at most size at a time, and gives the errors
// by cluster. When ctx ends before all were pinged it gives the error of ctx.
func Failures(ctx context.Context, clusters []string,
	size int, ping Ping) (map[string]error, error) {
	// #region by-name
	var found sync.Map
	err := pool.Run(ctx, len(clusters), size,
		func(ctx context.Context, i int) {
			found.Store(clusters[i], ping(ctx, clusters[i]))
		})

	failures := make(map[string]error)
	found.Range(func(cluster, result any) bool {
		if err, failed := result.(error); failed {
			failures[cluster.(string)] = err
		}
		return true
	})
	return failures, err
	// #endregion
}
