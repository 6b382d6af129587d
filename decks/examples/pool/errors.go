package pool

import (
	"context"
	"errors"
)

// ErrNotRun is the error of an index whose turn never came.
var ErrNotRun = errors.New("not run")

// Try is a job that can fail.
type Try func(ctx context.Context, i int) error

// Each calls try for every index below n, as [Run] does, and gives what each
// call gave, by index.
func Each(ctx context.Context, n, size int, try Try) []error {
	errs := make([]error, n)
	for i := range errs {
		errs[i] = ErrNotRun
	}
	// The error of ctx shows in errs: ErrNotRun stays where no turn came.
	_ = Run(ctx, n, size, func(ctx context.Context, i int) {
		errs[i] = try(ctx, i)
	})
	return errs
}
