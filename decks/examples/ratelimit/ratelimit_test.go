package ratelimit_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"deckc.example/talks/internal/watch"
	"deckc.example/talks/ratelimit"
)

func TestEveryAnswerIsCollectedAndTheBoundHolds(t *testing.T) {
	watch.Leaks(t)
	names := make([]string, 40)
	for i := range names {
		names[i] = fmt.Sprint("user-", i)
	}
	var gauge watch.Gauge
	got := ratelimit.Collect(names, 5, func(name string) bool {
		gauge.Enter()
		defer gauge.Leave()
		time.Sleep(time.Millisecond)
		return name != "user-7"
	})
	if len(got) != len(names) || got["user-7"] || !got["user-8"] {
		t.Errorf("got %v", got)
	}
	if gauge.Top() > 5 {
		t.Errorf("%d at one time, want 5 at most", gauge.Top())
	}
}

// A ticker never runs ahead: n starts take at least n pauses, less the one
// tick that may wait in the ticker's channel.
func TestStartsAreApart(t *testing.T) {
	watch.Leaks(t)
	const n, pause = 6, 5 * time.Millisecond
	var calls atomic.Int64
	start := time.Now()
	err := ratelimit.Paced(context.Background(), n, 3, pause, func(context.Context, int) { calls.Add(1) })
	took := time.Since(start)
	if err != nil || calls.Load() != n {
		t.Errorf("%d calls, %v", calls.Load(), err)
	}
	if took < (n-1)*pause {
		t.Errorf("%d starts in %v, want %v or more", n, took, (n-1)*pause)
	}
}

func TestSlowCallsAreBoundedAsWell(t *testing.T) {
	watch.Leaks(t)
	var gauge watch.Gauge
	_ = ratelimit.Paced(context.Background(), 6, 2, time.Millisecond, func(context.Context, int) {
		gauge.Enter()
		defer gauge.Leave()
		time.Sleep(8 * time.Millisecond)
	})
	if gauge.Top() > 2 {
		t.Errorf("%d at one time, want 2 at most", gauge.Top())
	}
}

func TestACancelledPaceEndsAtOnce(t *testing.T) {
	watch.Leaks(t)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := ratelimit.Paced(ctx, 10, 2, time.Hour, func(context.Context, int) {
		t.Error("a call started before the first tick")
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v to end", took)
	}
}
