package hibernate_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"deckc.example/talks/hibernate"
	"deckc.example/talks/internal/watch"
)

func names(n int) []string {
	nodes := make([]string, n)
	for i := range nodes {
		nodes[i] = fmt.Sprint(i)
	}
	return nodes
}

func TestEveryAnswerIsCountedAndTheBoundHolds(t *testing.T) {
	watch.Leaks(t)
	answers := map[byte]hibernate.State{'1': hibernate.Ready, '2': hibernate.Asleep}
	var gauge watch.Gauge
	got, err := hibernate.Count(context.Background(), names(100), 10,
		func(_ context.Context, node string) (hibernate.State, error) {
			gauge.Enter()
			defer gauge.Leave()
			time.Sleep(time.Millisecond)
			last := node[len(node)-1]
			if last == '9' {
				return hibernate.Asleep, errors.New("no answer")
			}
			return answers[last], nil
		})
	if want := (hibernate.Tally{Ready: 10, Asleep: 10, Lost: 10}); got != want || err != nil {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	if gauge.Top() > 10 {
		t.Errorf("%d at one time", gauge.Top())
	}
}

func TestACancelledCountIsPartialAndSaysSo(t *testing.T) {
	watch.Leaks(t)
	ctx, cancel := context.WithCancel(context.Background())
	got, err := hibernate.Count(ctx, names(1000), 1,
		func(context.Context, string) (hibernate.State, error) {
			cancel()
			return hibernate.Ready, nil
		})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if got.Ready == 0 || got.Ready == 1000 {
		t.Errorf("%d counted", got.Ready)
	}
}
