// Package matrix sums a matrix in the two orders in which one can walk it.
package matrix

// Size is the number of rows and of columns.
const Size = 1024

// Matrix lies in memory row after row.
type Matrix [Size][Size]int64

// SumRows walks along the memory.
func SumRows(m *Matrix) (sum int64) {
	// #region matrix-2
	for row := 0; row < Size; row++ {
		for col := 0; col < Size; col++ {
			sum += m[row][col]
		}
	}
	// #endregion
	return sum
}

// SumCols jumps 8 kB from one number to the next.
func SumCols(m *Matrix) (sum int64) {
	// #region matrix
	for col := 0; col < Size; col++ {
		for row := 0; row < Size; row++ {
			sum += m[row][col]
		}
	}
	// #endregion
	return sum
}
