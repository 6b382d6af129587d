package shards

import (
	"strconv"
	"sync"
	"testing"
)

type table interface {
	Get(int) (string, bool)
	Set(int, string)
}

func tables() map[string]table {
	return map[string]table{"Lock": NewTable(), "Shards": NewShards(), "Snapshot": NewSnapshot()}
}

func TestWhatIsSetIsFound(t *testing.T) {
	for name, table := range tables() {
		var wg sync.WaitGroup
		for g := 0; g < 4; g++ {
			wg.Add(1)
			go func(g int) {
				defer wg.Done()
				for key := -50 + g; key < 50; key += 4 {
					table.Set(key, strconv.Itoa(key))
				}
			}(g)
		}
		wg.Wait()
		for key := -50; key < 50; key++ {
			if value, ok := table.Get(key); !ok || value != strconv.Itoa(key) {
				t.Errorf("%s: %d is %q, %v", name, key, value, ok)
			}
		}
		if _, ok := table.Get(50); ok {
			t.Errorf("%s: found what was never set", name)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	for _, name := range []string{"Lock", "Shards", "Snapshot"} {
		table := tables()[name]
		for key := 0; key < 1000; key++ {
			table.Set(key, "value")
		}
		b.Run(name, func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for key := 0; pb.Next(); key++ {
					table.Get(key % 1000)
				}
			})
		})
	}
}
