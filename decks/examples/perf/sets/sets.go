// Package sets has one shared set of numbers, guarded in two ways.
package sets

import "sync"

// LockedSet guards its map with a lock.
type LockedSet struct {
	mu sync.Mutex
	m  map[uint64]struct{}
}

// NewLockedSet makes an empty set.
func NewLockedSet() *LockedSet {
	return &LockedSet{m: make(map[uint64]struct{})}
}

// Add puts a number in.
func (s *LockedSet) Add(n uint64) {
	s.mu.Lock()
	s.m[n] = struct{}{}
	s.mu.Unlock()
}

// Len counts the numbers.
func (s *LockedSet) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.m)
}

// OwnedSet gives its map to a goroutine that nobody shares.
type OwnedSet struct {
	add chan uint64
	len chan int
}

// NewOwnedSet starts the owner; Close ends it. Up to buffer
// numbers wait without stopping who adds them.
func NewOwnedSet(buffer int) *OwnedSet {
	s := &OwnedSet{make(chan uint64, buffer), make(chan int)}
	go s.own(make(map[uint64]struct{}))
	return s
}

func (s *OwnedSet) own(m map[uint64]struct{}) {
	for n := range s.add {
		m[n] = struct{}{}
	}
	s.len <- len(m)
}

// Add puts a number in.
func (s *OwnedSet) Add(n uint64) { s.add <- n }

// Close ends the owner and gives the size of its set.
func (s *OwnedSet) Close() int {
	close(s.add)
	return <-s.len
}
