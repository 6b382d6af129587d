// Package ratelimit spares the other side: with few calls under way at one
// time, or with few calls a second.
package ratelimit

import (
	"sync"

	"deckc.example/talks/pool"
)

// Collect asks for every name, at most size at a time, and gives what is
// allowed, by name.
func Collect(names []string, size int, ask func(string) bool) map[string]bool {
	// #region collect
	allowed := make(map[string]bool, len(names))
	var mu sync.Mutex
	pool.Batches(len(names), size, func(i int) {
		answer := ask(names[i]) // slow: before the lock
		mu.Lock()
		defer mu.Unlock()
		allowed[names[i]] = answer
	})
	return allowed
	// #endregion
}
