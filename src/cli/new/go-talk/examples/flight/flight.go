// Package flight makes one call for many callers that ask for the same.
package flight

import "sync"

// Load gets a value, slowly.
type Load func() (string, error)

// Group holds the calls that are under way. The zero Group is ready.
type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

type call struct {
	done  chan struct{}
	value string
	err   error
}

// Do calls load for a key. If a call for it is under way, it waits for that one
// and takes its answer.
func (g *Group) Do(key string, load Load) (string, error) {
	c, first := g.join(key)
	if first {
		c.value, c.err = load()
		g.leave(key)
		close(c.done)
	}
	<-c.done
	return c.value, c.err
}

// join gives the call for a key, and whether it is a new one.
func (g *Group) join(key string) (*call, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c, ok := g.calls[key]; ok {
		return c, false
	}
	if g.calls == nil {
		g.calls = make(map[string]*call)
	}
	c := &call{done: make(chan struct{})}
	g.calls[key] = c
	return c, true
}

// leave forgets the call for a key.
func (g *Group) leave(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.calls, key)
}
