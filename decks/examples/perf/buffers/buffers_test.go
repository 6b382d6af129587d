package buffers

import "testing"

var sink *Buffer

func TestPartsOfAnArenaDoNotOverlap(t *testing.T) {
	a := NewArena(10)
	x, y := a.Alloc(4), a.Alloc(6)
	if len(x) != 4 || len(y) != 6 || cap(x) != 4 || a.Alloc(1) != nil {
		t.Errorf("%d of %d, %d of %d", len(x), cap(x), len(y), cap(y))
	}
	a.Reset()
	if a.Alloc(10) == nil {
		t.Error("nothing is free after Reset")
	}
}

func TestALentBufferComesBack(t *testing.T) {
	b := Get()
	b[0] = 1
	Put(b)
}

func BenchmarkBuffer(b *testing.B) {
	b.Run("New", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			sink = New()
			sink[i%Size] = 1
		}
	})
	b.Run("Pool", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			sink = Get()
			sink[i%Size] = 1
			Put(sink)
		}
	})
	b.Run("Arena", func(b *testing.B) {
		b.ReportAllocs()
		a := NewArena(64 * Size)
		for i := 0; i < b.N; i++ {
			if i%64 == 0 {
				a.Reset()
			}
			a.Alloc(Size)[i%Size] = 1
		}
	})
}
