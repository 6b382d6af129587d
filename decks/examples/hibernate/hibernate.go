// Package hibernate asks many resources whether they can be put to sleep: the
// patterns of the talk in one function.
package hibernate

import (
	"context"
	"sync/atomic"

	"deckc.example/talks/pool"
)

// State is what a resource answers.
type State int

const (
	// Awake resources cannot be put to sleep.
	Awake State = iota
	// Ready resources can be, and are not yet.
	Ready
	// Asleep resources are.
	Asleep
)

// Look asks one resource.
type Look func(ctx context.Context, node string) (State, error)

// Tally is how many resources answered what; the lost ones did not answer.
type Tally struct {
	Ready, Asleep, Lost int64
}

// Count asks every node, at most size at a time. When ctx ends before all were
// asked, the tally is of those that were, and the error is that of ctx.
func Count(ctx context.Context, nodes []string,
	size int, look Look) (Tally, error) {
	// #region count
	var ready, asleep, lost atomic.Int64
	err := pool.Run(ctx, len(nodes), size,
		func(ctx context.Context, i int) {
			state, err := look(ctx, nodes[i])
			switch {
			case err != nil:
				lost.Add(1)
			case state == Ready:
				ready.Add(1)
			case state == Asleep:
				asleep.Add(1)
			}
		})
	return Tally{ready.Load(), asleep.Load(), lost.Load()}, err
	// #endregion
}
