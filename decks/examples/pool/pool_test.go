package pool_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"deckc.example/talks/internal/watch"
	"deckc.example/talks/pool"
)

// runners are the two ways to bound the work, under one signature.
var runners = map[string]func(n, size int, do func(i int)){
	"batches": pool.Batches,
	"pool": func(n, size int, do func(i int)) {
		_ = pool.Run(context.Background(), n, size, func(_ context.Context, i int) { do(i) })
	},
}

func TestEveryIndexIsDoneOnce(t *testing.T) {
	for name, run := range runners {
		for _, n := range []int{0, 1, 4, 5, 23} {
			watch.Leaks(t)
			seen := make([]atomic.Int64, n)
			run(n, 5, func(i int) { seen[i].Add(1) })
			for i := range seen {
				if times := seen[i].Load(); times != 1 {
					t.Errorf("%s, n = %d: index %d done %d times", name, n, i, times)
				}
			}
		}
	}
}

func TestNoMoreThanSizeAtOneTime(t *testing.T) {
	for name, run := range runners {
		watch.Leaks(t)
		var gauge watch.Gauge
		run(20, 4, func(int) {
			gauge.Enter()
			defer gauge.Leave()
			time.Sleep(time.Millisecond)
		})
		if top := gauge.Top(); top > 4 {
			t.Errorf("%s: %d at one time, want 4 at most", name, top)
		}
	}
}

func TestASizeBelowOneIsOne(t *testing.T) {
	for name, run := range runners {
		for _, size := range []int{0, -3} {
			var gauge watch.Gauge
			run(3, size, func(int) {
				gauge.Enter()
				defer gauge.Leave()
			})
			if top := gauge.Top(); top != 1 {
				t.Errorf("%s, size %d: %d at one time, want 1", name, size, top)
			}
		}
	}
}

// With two places and three items, the third starts while the first is still
// under way in a pool, and only after it in batches.
func TestASlowItemHoldsUpABatchButNotAPool(t *testing.T) {
	for _, c := range []struct {
		name      string
		patience  time.Duration
		overtakes bool
	}{
		{"batches", 20 * time.Millisecond, false},
		{"pool", 2 * time.Second, true},
	} {
		third := make(chan struct{})
		overtook := false
		runners[c.name](3, 2, func(i int) {
			switch i {
			case 0:
				select {
				case <-third:
					overtook = true
				case <-time.After(c.patience):
				}
			case 2:
				close(third)
			}
		})
		if overtook != c.overtakes {
			t.Errorf("%s: the third overtook the first: %v, want %v", c.name, overtook, c.overtakes)
		}
	}
}

func TestACancelledPoolStopsHandingOutAndWaits(t *testing.T) {
	watch.Leaks(t)
	ctx, cancel := context.WithCancel(context.Background())
	var started, ended atomic.Int64
	err := pool.Run(ctx, 1_000_000, 3, func(ctx context.Context, _ int) {
		started.Add(1)
		cancel()
		<-ctx.Done()
		ended.Add(1)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if started.Load() != ended.Load() {
		t.Errorf("%d started, only %d waited for", started.Load(), ended.Load())
	}
	if started.Load() > 1000 {
		t.Errorf("%d jobs started after the end", started.Load())
	}
}

func TestEachErrorKeepsItsPlace(t *testing.T) {
	odd := errors.New("odd")
	errs := pool.Each(context.Background(), 9, 3, func(_ context.Context, i int) error {
		if i%2 == 1 {
			return odd
		}
		return nil
	})
	for i, err := range errs {
		if (i%2 == 1) != errors.Is(err, odd) {
			t.Errorf("index %d: %v", i, err)
		}
	}
}

func TestAnItemThatWasNotRunSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	errs := pool.Each(ctx, 1000, 1, func(context.Context, int) error {
		cancel()
		return nil
	})
	if !errors.Is(errs[999], pool.ErrNotRun) {
		t.Errorf("the last item: %v, want %v", errs[999], pool.ErrNotRun)
	}
}

func TestUnboundedDoesNotWait(t *testing.T) {
	watch.Leaks(t)
	held := make(chan struct{})
	var done atomic.Int64
	pool.Unbounded([]string{"a", "b", "c"}, func(string) {
		<-held
		done.Add(1)
	})
	if done.Load() != 0 {
		t.Error("it waited")
	}
	close(held)
}
