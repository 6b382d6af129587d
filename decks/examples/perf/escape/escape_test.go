package escape

import "testing"

var x float64

func TestOnlyThePointerIsAllocated(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { x += NewPoint(1, 2).X }); n != 1 {
		t.Errorf("pointer: %v allocations", n)
	}
	if n := testing.AllocsPerRun(100, func() { x += MakePoint(1, 2).X }); n != 0 {
		t.Errorf("value: %v allocations", n)
	}
}

func BenchmarkPoint(b *testing.B) {
	b.Run("Heap", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			x += NewPoint(1, 2).X
		}
	})
	b.Run("Stack", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			x += MakePoint(1, 2).X
		}
	})
}
