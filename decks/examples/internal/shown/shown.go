// Package shown finds the Go code that a deck shows.
package shown

import (
	"regexp"
	"strings"
)

var fence = regexp.MustCompile("(?ms)^```go[^\n]*\n(.*?)^```$")

// Excerpts gives the text of every Go fence of a deck, in order.
func Excerpts(deck string) []string {
	var excerpts []string
	for _, match := range fence.FindAllStringSubmatch(deck, -1) {
		excerpts = append(excerpts, match[1])
	}
	return excerpts
}

// In tells whether an excerpt stands in a file line by line, with the same
// indent more or less on each of them.
func In(excerpt, file string) bool {
	want := strings.Split(strings.TrimRight(excerpt, "\n"), "\n")
	have := strings.Split(file, "\n")
	for start := range have {
		if start+len(want) > len(have) {
			return false
		}
		if sameBlock(want, have[start:start+len(want)]) {
			return true
		}
	}
	return false
}

func sameBlock(want, have []string) bool {
	indent := have[0][:len(have[0])-len(strings.TrimLeft(have[0], "\t"))]
	for i, line := range have {
		if strings.TrimPrefix(line, indent) != want[i] {
			return false
		}
	}
	return true
}
