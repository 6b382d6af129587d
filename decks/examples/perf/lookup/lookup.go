// Package lookup finds a value by its key, in a slice and in a map.
package lookup

import "sort"

// Entry is a port and its service.
type Entry struct {
	Port    int
	Service string
}

// Scan looks at one entry after the other.
func Scan(entries []Entry, port int) (string, bool) {
	for i := range entries {
		if entries[i].Port == port {
			return entries[i].Service, true
		}
	}
	return "", false
}

// Search halves the entries, which are sorted by port.
func Search(entries []Entry, port int) (string, bool) {
	i := sort.Search(len(entries), func(i int) bool {
		return entries[i].Port >= port
	})
	if i < len(entries) && entries[i].Port == port {
		return entries[i].Service, true
	}
	return "", false
}

// Index makes a map of the entries.
func Index(entries []Entry) map[int]string {
	index := make(map[int]string, len(entries))
	for _, entry := range entries {
		index[entry.Port] = entry.Service
	}
	return index
}
