package fanout

import "sync"

// Map calls f for every item at the same time, without a bound, and gives the
// results in the order of the items.
func Map[T, R any](items []T, f func(T) R) []R {
	results := make([]R, len(items))
	var wg sync.WaitGroup
	wg.Add(len(items))
	for i := range items {
		go func(i int) {
			defer wg.Done()
			results[i] = f(items[i])
		}(i)
	}
	wg.Wait()
	return results
}
