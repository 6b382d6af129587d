package fanout_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"deckc.example/talks/fanout"
	"deckc.example/talks/internal/watch"
)

func TestBothAreAskedAtTheSameTime(t *testing.T) {
	watch.Leaks(t)
	// Each source answers only once the other has been asked.
	ci, cd := make(chan struct{}), make(chan struct{})
	meet := func(mine, other chan struct{}, answer string) fanout.Source {
		return func(context.Context) (string, error) {
			close(mine)
			<-other
			return answer, nil
		}
	}
	got, err := fanout.Both(context.Background(), meet(ci, cd, "built"), meet(cd, ci, "deployed"))
	if want := (fanout.Status{CI: "built", CD: "deployed"}); got != want || err != nil {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestOneFailureLeavesTheOtherAnswer(t *testing.T) {
	down := errors.New("down")
	up := func(context.Context) (string, error) { return "up", nil }
	fail := func(context.Context) (string, error) { return "", down }

	got, err := fanout.Both(context.Background(), up, fail)
	if got.CI != "up" || !errors.Is(err, down) {
		t.Errorf("got %v, %v", got, err)
	}
	got, err = fanout.Both(context.Background(), fail, up)
	if got.CD != "up" || !errors.Is(err, down) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestResultsKeepTheOrderOfTheItems(t *testing.T) {
	watch.Leaks(t)
	got := fanout.Map([]int{30, 20, 10, 0}, func(ms int) string {
		time.Sleep(time.Duration(ms) * 100 * time.Microsecond)
		return fmt.Sprint(ms)
	})
	if fmt.Sprint(got) != "[30 20 10 0]" {
		t.Errorf("got %v", got)
	}
}

func TestMapHasNoBound(t *testing.T) {
	const n = 50
	var gauge watch.Gauge
	all := make(chan struct{}, n)
	fanout.Map(make([]int, n), func(int) int {
		gauge.Enter()
		all <- struct{}{}
		for len(all) < n {
			time.Sleep(time.Millisecond)
		}
		gauge.Leave()
		return 0
	})
	if gauge.Top() != n {
		t.Errorf("%d at one time, want %d", gauge.Top(), n)
	}
}

func TestOnlyFailuresAreGivenAndTheBoundHolds(t *testing.T) {
	watch.Leaks(t)
	clusters := []string{"a", "b", "c", "d", "e", "f"}
	refused := errors.New("refused")
	var gauge watch.Gauge
	got, err := fanout.Failures(context.Background(), clusters, 2, func(_ context.Context, c string) error {
		gauge.Enter()
		defer gauge.Leave()
		time.Sleep(time.Millisecond)
		if c == "b" || c == "e" {
			return refused
		}
		return nil
	})
	if err != nil || len(got) != 2 || got["b"] != refused || got["e"] != refused {
		t.Errorf("got %v, %v", got, err)
	}
	if gauge.Top() > 2 {
		t.Errorf("%d at one time", gauge.Top())
	}
}

func TestClustersThatWereNotPingedAreNotPassedOffAsHealthy(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	_, err := fanout.Failures(ctx, make([]string, 1000), 1, func(context.Context, string) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
