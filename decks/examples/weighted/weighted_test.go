package weighted_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"deckc.example/talks/internal/watch"
	"deckc.example/talks/weighted"
)

func TestTheBudgetHolds(t *testing.T) {
	watch.Leaks(t)
	const budget = 10
	var spent, done atomic.Int64
	var tasks []weighted.Task
	for _, cost := range []int64{7, 5, 1, 1, 10, 3, 3, 3, 3} {
		cost := cost
		tasks = append(tasks, weighted.Task{Cost: cost, Do: func(context.Context) {
			if now := spent.Add(cost); now > budget {
				t.Errorf("%d spent at one time", now)
			}
			time.Sleep(time.Millisecond)
			spent.Add(-cost)
			done.Add(1)
		}})
	}
	if err := weighted.Run(context.Background(), budget, tasks); err != nil || done.Load() != 9 {
		t.Errorf("%v, %d done", err, done.Load())
	}
}

func TestACancelledRunStartsNoMoreAndWaits(t *testing.T) {
	watch.Leaks(t)
	ctx, cancel := context.WithCancel(context.Background())
	ended := false
	err := weighted.Run(ctx, 1, []weighted.Task{
		{Cost: 1, Do: func(context.Context) {
			cancel()
			time.Sleep(5 * time.Millisecond)
			ended = true
		}},
		{Cost: 2, Do: func(context.Context) { t.Error("it never fits") }},
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if !ended {
		t.Error("the first task was not waited for")
	}
}
