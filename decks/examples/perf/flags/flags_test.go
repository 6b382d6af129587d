package flags

import "testing"

type server interface {
	Closed() bool
	Close()
}

func TestAFlagIsSeenAfterItIsSet(t *testing.T) {
	for _, s := range []server{new(Locked), new(Atomic)} {
		if s.Closed() {
			t.Errorf("%T is closed at first", s)
		}
		s.Close()
		if !s.Closed() {
			t.Errorf("%T is open after Close", s)
		}
	}
}

var sink bool

func BenchmarkClosed(b *testing.B) {
	locked, atomic := new(Locked), new(Atomic)
	b.Run("Lock/Alone", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink = locked.Closed()
		}
	})
	b.Run("Atomic/Alone", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink = atomic.Closed()
		}
	})
	b.Run("Lock/Parallel", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				locked.Closed()
			}
		})
	})
	b.Run("Atomic/Parallel", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				atomic.Closed()
			}
		})
	})
}
