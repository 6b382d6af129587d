package firsterror_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"deckc.example/talks/firsterror"
	"deckc.example/talks/internal/watch"
)

func TestEveryEnvironmentIsDeployedAndTheBoundHolds(t *testing.T) {
	watch.Leaks(t)
	var gauge watch.Gauge
	var calls atomic.Int64
	err := firsterror.All(context.Background(), make([]string, 12), 3, func(context.Context, string) error {
		gauge.Enter()
		defer gauge.Leave()
		calls.Add(1)
		time.Sleep(time.Millisecond)
		return nil
	})
	if err != nil || calls.Load() != 12 || gauge.Top() > 3 {
		t.Errorf("%v, %d calls, %d at one time", err, calls.Load(), gauge.Top())
	}
}

func TestTheFirstErrorEndsTheOthers(t *testing.T) {
	watch.Leaks(t)
	broken := errors.New("no quota")
	err := firsterror.All(context.Background(), []string{"dev", "test", "live"}, 3,
		func(ctx context.Context, env string) error {
			if env == "test" {
				return broken
			}
			<-ctx.Done() // would wait for ever without the cancellation
			return ctx.Err()
		})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}
