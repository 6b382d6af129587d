package watch

import "sync"

// Gauge counts what is under way at one time.
type Gauge struct {
	mu       sync.Mutex
	now, top int
}

// Enter counts one more.
func (g *Gauge) Enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now++
	if g.now > g.top {
		g.top = g.now
	}
}

// Leave counts one less.
func (g *Gauge) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now--
}

// Top gives the most that were ever under way at one time.
func (g *Gauge) Top() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.top
}
