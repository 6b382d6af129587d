// Package fanout does several things at the same time and brings the results
// back together.
package fanout

import (
	"context"
	"sync"
)

// Source answers one half of a question.
type Source func(ctx context.Context) (string, error)

// Status is the whole answer.
type Status struct {
	CI, CD string
}

// Both asks two sources at the same time and waits for the slower one.
func Both(ctx context.Context, ci, cd Source) (Status, error) {
	// #region both
	var s Status
	var ciErr, cdErr error
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		s.CI, ciErr = ci(ctx)
	}()
	go func() {
		defer wg.Done()
		s.CD, cdErr = cd(ctx)
	}()
	wg.Wait()
	return s, first(ciErr, cdErr)
	// #endregion
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
