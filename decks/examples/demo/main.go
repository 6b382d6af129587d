// Demo runs the patterns of the concurrency talk on work that only sleeps, and
// says how long each took: go run ./demo.
package main

import (
	"context"
	"fmt"
	"time"

	"deckc.example/talks/fanout"
	"deckc.example/talks/hibernate"
	"deckc.example/talks/pool"
	"deckc.example/talks/ratelimit"
)

// unit is the time of one unit of pretended work.
const unit = 20 * time.Millisecond

// costs are the items of the talk's timelines, in units.
var costs = []int{4, 1, 1, 1, 4, 1, 1, 1, 4}

func main() {
	ctx := context.Background()
	work := func(i int) { time.Sleep(time.Duration(costs[i]) * unit) }

	fmt.Printf("one unit is %v\n", unit)
	show("one at a time", func() { pool.Batches(len(costs), 1, work) })
	show("batches of 3", func() { pool.Batches(len(costs), 3, work) })
	show("pool of 3", func() {
		_ = pool.Run(ctx, len(costs), 3, func(_ context.Context, i int) { work(i) })
	})
	show("fan-out to 2 and 3", func() {
		_, _ = fanout.Both(ctx, sleeper(2), sleeper(3))
	})
	show("7 starts, 1 a unit", func() {
		_ = ratelimit.Paced(ctx, 7, 3, unit, func(context.Context, int) {})
	})
	show("100 nodes, 10 at a time", func() {
		_, _ = hibernate.Count(ctx, make([]string, 100), 10, look)
	})
}

func sleeper(units int) fanout.Source {
	return func(context.Context) (string, error) {
		time.Sleep(time.Duration(units) * unit)
		return "", nil
	}
}

func look(context.Context, string) (hibernate.State, error) {
	time.Sleep(unit)
	return hibernate.Ready, nil
}

// show runs something and says how many units it took.
func show(name string, run func()) {
	start := time.Now()
	run()
	fmt.Printf("%-24s %5.1f units\n", name, float64(time.Since(start))/float64(unit))
}
