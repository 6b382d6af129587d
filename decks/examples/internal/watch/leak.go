// Package watch tells a test what its goroutines do: how many are left behind,
// and how many work at one time.
package watch

import (
	"runtime"
	"testing"
	"time"
)

// patience is how long goroutines that are about to end may take.
const patience = 2 * time.Second

// Leaks notes how many goroutines there are, and fails the test when there are
// more of them at its end. It is for tests that do not run in parallel.
func Leaks(t testing.TB) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		deadline := time.Now().Add(patience)
		for runtime.NumGoroutine() > before {
			if time.Now().After(deadline) {
				t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
}
