package pool

import "sync"

// Batches calls do for every index below n, at most size at a time. It waits
// for the whole batch before it starts the next: a batch is a barrier.
func Batches(n, size int, do func(i int)) {
	size = greater(size, 1) // 0 would never end
	for start := 0; start < n; start += size {
		end := lesser(start+size, n)
		var wg sync.WaitGroup
		wg.Add(end - start)
		for i := start; i < end; i++ {
			go func(i int) {
				defer wg.Done()
				do(i)
			}(i)
		}
		wg.Wait()
	}
}

func greater(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func lesser(a, b int) int {
	if a < b {
		return a
	}
	return b
}
