// Package escape has the same small struct on the stack and on the heap. What
// the compiler decides: go build -gcflags=-m ./perf/escape
package escape

// Point is a place in the plane.
type Point struct{ X, Y float64 }

// NewPoint gives the address away: the point moves to the heap.
//
//go:noinline
func NewPoint(x, y float64) *Point {
	p := Point{x, y}
	return &p
}

// MakePoint gives a copy: the point stays on the stack.
//
//go:noinline
func MakePoint(x, y float64) Point {
	p := Point{x, y}
	return p
}
