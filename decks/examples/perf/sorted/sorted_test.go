package sorted

import (
	"math/rand"
	"sort"
	"testing"
)

func people(n int) (values []Person, aged []Aged) {
	random := rand.New(rand.NewSource(1))
	for i := 0; i < n; i++ {
		p := Person{Age: random.Intn(1 << 30)}
		values, aged = append(values, p), append(aged, &p)
	}
	return values, aged
}

func TestBothAreSorted(t *testing.T) {
	values, aged := people(1000)
	Values(values)
	Interfaces(aged)
	if !sort.SliceIsSorted(values, func(i, j int) bool { return values[i].Age < values[j].Age }) {
		t.Error("values")
	}
	if !sort.SliceIsSorted(aged, func(i, j int) bool { return aged[i].Years() < aged[j].Years() }) {
		t.Error("interfaces")
	}
}

func BenchmarkSort(b *testing.B) {
	const n = 1_000_000
	values, aged := people(n)
	b.Run("Values", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			b.StopTimer()
			work := append([]Person(nil), values...)
			b.StartTimer()
			Values(work)
		}
	})
	b.Run("Interfaces", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			b.StopTimer()
			work := append([]Aged(nil), aged...)
			b.StartTimer()
			Interfaces(work)
		}
	})
}
