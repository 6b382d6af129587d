package ring

import (
	"sync"
	"testing"
	"unsafe"
)

func TestNumbersComeOutInOrder(t *testing.T) {
	const n = 10 * size
	r := new(Ring)
	go func() {
		for i := uint64(0); i < n; i++ {
			r.Put(i)
		}
	}()
	for i := uint64(0); i < n; i++ {
		if got := r.Get(); got != i {
			t.Fatalf("got %d, want %d", got, i)
		}
	}
}

func TestPaddedCountersAreALineApart(t *testing.T) {
	var c PaddedCounters
	if d := uintptr(unsafe.Pointer(&c[1])) - uintptr(unsafe.Pointer(&c[0])); d != 64 {
		t.Errorf("%d bytes apart", d)
	}
}

func BenchmarkQueue(b *testing.B) {
	b.Run("Channel", func(b *testing.B) {
		c := make(chan uint64, size)
		go func() {
			for i := 0; i < b.N; i++ {
				c <- uint64(i)
			}
		}()
		for i := 0; i < b.N; i++ {
			<-c
		}
	})
	b.Run("Ring", func(b *testing.B) {
		r := new(Ring)
		go func() {
			for i := 0; i < b.N; i++ {
				r.Put(uint64(i))
			}
		}()
		for i := 0; i < b.N; i++ {
			r.Get()
		}
	})
}

func BenchmarkCounters(b *testing.B) {
	two := func(b *testing.B, inc func(i int)) {
		var wg sync.WaitGroup
		for g := 0; g < 2; g++ {
			wg.Add(1)
			go func(g int) {
				defer wg.Done()
				for i := 0; i < b.N; i++ {
					inc(g)
				}
			}(g)
		}
		wg.Wait()
	}
	b.Run("Shared", func(b *testing.B) {
		var c Counters
		two(b, func(i int) { c[i].n.Add(1) })
	})
	b.Run("Padded", func(b *testing.B) {
		var c PaddedCounters
		two(b, func(i int) { c[i].n.Add(1) })
	})
}
