// Package buffers gets a buffer of 4 kB in three ways.
package buffers

import "sync"

// Size is the length of a buffer.
const Size = 4 << 10

// Buffer is room for one message.
type Buffer [Size]byte

// New makes a buffer and leaves it to the garbage collector.
func New() *Buffer { return new(Buffer) }

// #region sync-pool
var pool = sync.Pool{New: func() any { return new(Buffer) }}

// Get lends a buffer; what is in it is whatever was in it.
func Get() *Buffer { return pool.Get().(*Buffer) }

// Put takes it back. Nobody may use b after this.
func Put(b *Buffer) { pool.Put(b) }

// #endregion

// Arena hands out parts of one large block, and takes them
// all back at once.
type Arena struct {
	block []byte
	used  int
}

// NewArena makes a block of size bytes.
func NewArena(size int) *Arena {
	return &Arena{block: make([]byte, size)}
}

// Alloc gives n bytes, or nil when the block is used up.
func (a *Arena) Alloc(n int) []byte {
	if n > len(a.block)-a.used {
		return nil
	}
	part := a.block[a.used : a.used+n : a.used+n]
	a.used += n
	return part
}

// Reset makes the whole block free.
func (a *Arena) Reset() { a.used = 0 }
