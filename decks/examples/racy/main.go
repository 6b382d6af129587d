// Racy writes one error from many goroutines. It is wrong on purpose: run it
// with the race detector, go run -race ./racy.
package main

import (
	"fmt"
	"sync"
)

func deploy(i int) error {
	return fmt.Errorf("deployment %d failed", i)
}

// lastOneWins gives some error, or a torn one, or none.
func lastOneWins(n int) error {
	var wg sync.WaitGroup
	var err error
	for i := 0; i < n; i++ {
		wg.Add(1)
		// #region shared
		go func(i int) {
			defer wg.Done()
			err = deploy(i) // all write one variable
		}(i)
		// #endregion
	}
	wg.Wait()
	return err
}

// allKept gives every error, by index.
func allKept(n int) []error {
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := 0; i < n; i++ {
		wg.Add(1)
		// #region own
		go func(i int) {
			defer wg.Done()
			errs[i] = deploy(i) // each has its own
		}(i)
		// #endregion
	}
	wg.Wait()
	return errs
}

func main() {
	fmt.Println("kept:", len(allKept(8)))
	fmt.Println("last:", lastOneWins(8))
}
