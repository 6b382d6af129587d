// Package calls measures what a call costs: with and without defer, direct and
// through an interface.
package calls

import "sync"

// Account is money under a lock.
type Account struct {
	mu    sync.Mutex
	cents int64
}

// Pay unlocks when it returns, however it returns.
func (a *Account) Pay(cents int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cents += cents
}

// PayFast unlocks by hand.
func (a *Account) PayFast(cents int64) {
	a.mu.Lock()
	a.cents += cents
	a.mu.Unlock()
}

// Shape has a surface.
type Shape interface{ Area() float64 }

// Square is a shape with four equal sides.
type Square struct{ Side float64 }

// Area gives the surface.
func (s Square) Area() float64 { return s.Side * s.Side }

// SumShapes calls through a table: nothing can be inlined.
func SumShapes(shapes []Shape) (sum float64) {
	for _, s := range shapes {
		sum += s.Area()
	}
	return sum
}

// SumSquares knows its type: Area is inlined.
func SumSquares(squares []Square) (sum float64) {
	for _, s := range squares {
		sum += s.Area()
	}
	return sum
}
