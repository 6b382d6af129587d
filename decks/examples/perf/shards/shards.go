// Package shards has one table for many readers: under one lock, cut into
// parts with a lock each, and copied on every write.
package shards

import (
	"sync"
	"sync/atomic"
)

// Table has one lock for everything.
type Table struct {
	mu sync.RWMutex
	m  map[int]string
}

// NewTable makes an empty table.
func NewTable() *Table { return &Table{m: make(map[int]string)} }

// Get reads under the readers' side of the lock.
func (t *Table) Get(key int) (string, bool) {
	t.mu.RLock()
	value, ok := t.m[key]
	t.mu.RUnlock()
	return value, ok
}

// Set writes.
func (t *Table) Set(key int, value string) {
	t.mu.Lock()
	t.m[key] = value
	t.mu.Unlock()
}

// Snapshot is read without a lock and copied on every write.
type Snapshot struct {
	mu sync.Mutex // for those who write
	m  atomic.Pointer[map[int]string]
}

// NewSnapshot makes an empty table.
func NewSnapshot() *Snapshot {
	s := new(Snapshot)
	s.m.Store(new(map[int]string))
	return s
}

// Get reads whatever table is in force.
func (s *Snapshot) Get(key int) (string, bool) {
	value, ok := (*s.m.Load())[key]
	return value, ok
}

// Set copies the table, changes the copy and swaps it in.
func (s *Snapshot) Set(key int, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := *s.m.Load()
	m := make(map[int]string, len(old)+1)
	for k, v := range old {
		m[k] = v
	}
	m[key] = value
	s.m.Store(&m)
}

// Shards spreads the keys over tables with a lock each.
type Shards [16]Table

// NewShards makes an empty table.
func NewShards() *Shards {
	s := new(Shards)
	for i := range s {
		s[i].m = make(map[int]string)
	}
	return s
}

// Get reads from the key's own table.
func (s *Shards) Get(key int) (string, bool) {
	return s[uint(key)%16].Get(key)
}

// Set writes to the key's own table.
func (s *Shards) Set(key int, value string) {
	s[uint(key)%16].Set(key, value)
}
