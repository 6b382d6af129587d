package workers

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestResultsKeepTheOrderOfTheItems(t *testing.T) {
	items := make([]int, 100)
	for i := range items {
		items[i] = i
	}
	for i, got := range Map(items, 4, func(i int) int { return i * i }) {
		if got != i*i {
			t.Errorf("results[%d] = %d", i, got)
		}
	}
}

func TestNoMoreThanNRunAtATime(t *testing.T) {
	var running, most atomic.Int32
	Map(make([]int, 200), 3, func(int) int {
		now := running.Add(1)
		for {
			old := most.Load()
			if now <= old || most.CompareAndSwap(old, now) {
				break
			}
		}
		running.Add(-1)
		return 0
	})
	if most.Load() > 3 {
		t.Errorf("%d ran at a time", most.Load())
	}
}

func TestCountersLoseNothing(t *testing.T) {
	owner := NewChanCounter()
	defer owner.Close()
	for _, c := range []Counter{new(MutexCounter), new(AtomicCounter), owner} {
		var wg sync.WaitGroup
		for g := 0; g < 8; g++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := 0; i < 1000; i++ {
					c.Inc()
				}
			}()
		}
		wg.Wait()
		if c.Value() != 8000 {
			t.Errorf("%T: %d", c, c.Value())
		}
	}
}

func BenchmarkCounter(b *testing.B) {
	run := func(name string, c Counter) {
		b.Run(name+"/Alone", func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				c.Inc()
			}
		})
		b.Run(name+"/Parallel", func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					c.Inc()
				}
			})
		})
	}
	run("Mutex", new(MutexCounter))
	run("Atomic", new(AtomicCounter))
	owner := NewChanCounter()
	defer owner.Close()
	run("Channel", owner)
}
