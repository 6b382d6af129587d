// Package growth shows what it costs not to say how large a thing will be.
package growth

import "strings"

// SquaresGrown lets append find the size: the slice is copied
// each time it is full.
func SquaresGrown(n int) []int {
	var squares []int
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	return squares
}

// SquaresSized says the size once.
func SquaresSized(n int) []int {
	squares := make([]int, 0, n)
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	return squares
}

// JoinPlus copies what it has for every part it adds.
func JoinPlus(parts []string) string {
	out := ""
	for _, part := range parts {
		out += part
	}
	return out
}

// JoinBuilder writes every byte once, into room made before.
func JoinBuilder(parts []string) string {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	// #region join
	var out strings.Builder
	out.Grow(size)
	for _, part := range parts {
		out.WriteString(part)
	}
	return out.String()
	// #endregion
}
