// Package workers holds the two patterns of synchronisation that the talk
// compares: a bounded pool of goroutines, and three ways to count in parallel.
package workers

import (
	"sync"
	"sync/atomic"
)

// Map calls f for every item, at most n of them at a time, and
// gives the results in the order of the items.
func Map[T, R any](items []T, n int, f func(T) R) []R {
	results := make([]R, len(items))
	var wg sync.WaitGroup
	// #region pool-code
	jobs := make(chan int)
	for w := 0; w < n; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range jobs {
				results[i] = f(items[i])
			}
		}()
	}
	for i := range items {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	// #endregion
	return results
}

// Counter counts; many goroutines may call Inc at the same time.
type Counter interface {
	Inc()
	Value() int64
}

// MutexCounter counts under a lock.
type MutexCounter struct {
	mu sync.Mutex
	n  int64
}

// Inc adds one.
func (c *MutexCounter) Inc() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

// Value gives the count.
func (c *MutexCounter) Value() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// AtomicCounter counts with one instruction of the processor.
type AtomicCounter struct{ n atomic.Int64 }

// Inc adds one.
func (c *AtomicCounter) Inc() { c.n.Add(1) }

// Value gives the count.
func (c *AtomicCounter) Value() int64 { return c.n.Load() }

// ChanCounter asks a goroutine that owns the number.
type ChanCounter struct {
	inc   chan struct{}
	value chan int64
}

// NewChanCounter starts the goroutine; Close ends it.
func NewChanCounter() *ChanCounter {
	c := &ChanCounter{make(chan struct{}), make(chan int64)}
	go c.run()
	return c
}

func (c *ChanCounter) run() {
	for n := int64(0); ; {
		select {
		case _, open := <-c.inc:
			if !open {
				return
			}
			n++
		case c.value <- n:
		}
	}
}

// Inc adds one.
func (c *ChanCounter) Inc() { c.inc <- struct{}{} }

// Value gives the count.
func (c *ChanCounter) Value() int64 { return <-c.value }

// Close ends the goroutine.
func (c *ChanCounter) Close() { close(c.inc) }
