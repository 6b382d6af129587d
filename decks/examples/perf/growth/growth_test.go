package growth

import (
	"reflect"
	"strings"
	"testing"
)

func TestBothGiveTheSame(t *testing.T) {
	if got, want := SquaresSized(100), SquaresGrown(100); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	parts := []string{"a", "", "bc"}
	if got, want := JoinBuilder(parts), JoinPlus(parts); got != want || got != strings.Join(parts, "") {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestASizedSliceIsAllocatedOnce(t *testing.T) {
	grow := func() { squares = SquaresSized(1000) }
	if n := testing.AllocsPerRun(10, grow); n != 1 {
		t.Errorf("%v allocations", n)
	}
}

var (
	squares []int
	joined  string
)

func BenchmarkSquares(b *testing.B) {
	b.Run("Grown", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			squares = SquaresGrown(1000)
		}
	})
	b.Run("Sized", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			squares = SquaresSized(1000)
		}
	})
}

func BenchmarkJoin(b *testing.B) {
	parts := strings.SplitAfter(strings.Repeat("twelve chars ", 1000), " ")
	b.Run("Plus", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			joined = JoinPlus(parts)
		}
	})
	b.Run("Builder", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			joined = JoinBuilder(parts)
		}
	})
}
