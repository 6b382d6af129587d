package sets

import (
	"sync"
	"testing"
)

func TestNoNumberIsLost(t *testing.T) {
	locked, plain, buffered := NewLockedSet(), NewOwnedSet(0), NewOwnedSet(64)
	var wg sync.WaitGroup
	for g := uint64(0); g < 4; g++ {
		wg.Add(1)
		go func(g uint64) {
			defer wg.Done()
			for n := 100 * g; n < 100*g+200; n++ {
				locked.Add(n)
				plain.Add(n)
				buffered.Add(n)
			}
		}(g)
	}
	wg.Wait()
	for name, n := range map[string]int{"locked": locked.Len(), "plain": plain.Close(), "buffered": buffered.Close()} {
		if n != 500 {
			t.Errorf("%s: %d numbers, want 500", name, n)
		}
	}
}

type adder interface{ Add(uint64) }

func BenchmarkAdd(b *testing.B) {
	run := func(name string, s adder) {
		b.Run(name+"/Alone", func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				s.Add(uint64(i & 63))
			}
		})
		b.Run(name+"/Parallel", func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for n := uint64(0); pb.Next(); n++ {
					s.Add(n & 63)
				}
			})
		})
	}
	run("Lock", NewLockedSet())
	plain, buffered := NewOwnedSet(0), NewOwnedSet(64)
	run("Unbuffered", plain)
	run("Buffered", buffered)
	plain.Close()
	buffered.Close()
}
