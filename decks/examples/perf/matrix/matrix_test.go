package matrix

import "testing"

var (
	full Matrix
	sink int64
)

func init() {
	for row := range full {
		for col := range full[row] {
			full[row][col] = int64(row ^ col)
		}
	}
}

func TestTheOrderDoesNotChangeTheSum(t *testing.T) {
	if rows, cols := SumRows(&full), SumCols(&full); rows != cols || rows == 0 {
		t.Errorf("%d and %d", rows, cols)
	}
}

func BenchmarkSum(b *testing.B) {
	b.Run("Rows", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink = SumRows(&full)
		}
	})
	b.Run("Cols", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink = SumCols(&full)
		}
	})
}
