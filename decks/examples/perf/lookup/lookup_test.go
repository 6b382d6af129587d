package lookup

import (
	"fmt"
	"testing"
)

var found string

func ports(n int) []Entry {
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = Entry{Port: 7 * i, Service: fmt.Sprint("service ", i)}
	}
	return entries
}

func TestAllThreeFindTheSame(t *testing.T) {
	entries := ports(50)
	index := Index(entries)
	for port := -1; port < 7*51; port++ {
		want, in := index[port]
		if got, ok := Scan(entries, port); got != want || ok != in {
			t.Errorf("Scan(%d): %q, %v", port, got, ok)
		}
		if got, ok := Search(entries, port); got != want || ok != in {
			t.Errorf("Search(%d): %q, %v", port, got, ok)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, n := range []int{4, 8, 16, 64, 1024} {
		entries := ports(n)
		index := Index(entries)
		b.Run(fmt.Sprint("Scan/", n), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				found, _ = Scan(entries, entries[i%n].Port)
			}
		})
		b.Run(fmt.Sprint("Search/", n), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				found, _ = Search(entries, entries[i%n].Port)
			}
		})
		b.Run(fmt.Sprint("Map/", n), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				found = index[entries[i%n].Port]
			}
		})
	}
}
