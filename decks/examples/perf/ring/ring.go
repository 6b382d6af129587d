// Package ring holds a queue for one sender and one receiver that needs no
// lock, with and without room between the two counters.
package ring

import (
	"runtime"
	"sync/atomic"
)

const size = 1 << 10

// Ring is a queue of 1,024 numbers for one sender and one
// receiver. Head and tail share a line of the cache.
type Ring struct {
	head atomic.Uint64
	tail atomic.Uint64
	data [size]uint64
}

// Put waits until there is room. Only the sender calls it.
func (r *Ring) Put(n uint64) {
	tail := r.tail.Load()
	for tail-r.head.Load() == size {
		runtime.Gosched()
	}
	r.data[tail%size] = n
	r.tail.Store(tail + 1)
}

// Get waits until there is a number. Only the receiver calls it.
func (r *Ring) Get() uint64 {
	head := r.head.Load()
	for head == r.tail.Load() {
		runtime.Gosched()
	}
	n := r.data[head%size]
	r.head.Store(head + 1)
	return n
}

// #region padding-code
// Counters shares one line of the cache among all of its
// counters: who writes one takes the line from the others.
type Counters [4]struct {
	n atomic.Int64
}

// PaddedCounters gives each counter a line of its own.
type PaddedCounters [4]struct {
	n atomic.Int64
	_ [56]byte
}

// #endregion
