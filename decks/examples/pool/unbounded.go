// Package pool does many things at once, but never too many: with fixed
// batches, and with a pool of workers.
package pool

// Unbounded starts one goroutine an item and returns at once. Nothing limits
// them, nothing waits for them, and what goes wrong in them is lost.
func Unbounded(items []string, deploy func(string)) {
	for _, item := range items {
		go deploy(item)
	}
}
