// Package flags asks, millions of times a second, whether a server is closed.
package flags

import (
	"sync"
	"sync/atomic"
)

// Locked reads its flag under a lock.
type Locked struct {
	mu     sync.Mutex
	closed bool
}

// Closed tells whether Close was called.
func (s *Locked) Closed() bool {
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	return closed
}

// Close sets the flag.
func (s *Locked) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
}

// Atomic reads its flag with a plain load.
// #region flag-code
type Atomic struct{ closed atomic.Bool }

// Closed tells whether Close was called.
func (s *Atomic) Closed() bool { return s.closed.Load() }

// #endregion

// Close sets the flag.
func (s *Atomic) Close() { s.closed.Store(true) }
