// Command words prints the most frequent words of a file. It is the program
// that the live demo profiles:
//
//	go run ./perf/cmd/words -how slow -cpuprofile cpu.out book.txt
//	go tool pprof -top cpu.out
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/pprof"
	"sort"

	"deckc.example/talks/perf/words"
)

var counters = map[string]func(io.Reader) (map[string]int, error){
	"slow":     words.CountSlow,
	"buffered": words.CountBuffered,
	"fast":     words.CountFast,
}

func main() {
	log.SetFlags(0)
	how := flag.String("how", "fast", "slow, buffered or fast")
	top := flag.Int("top", 5, "how many words to print")
	profile := flag.String("cpuprofile", "", "write a CPU profile to this file")
	flag.Parse()
	if err := run(*how, *top, *profile, flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func run(how string, top int, profile, path string) error {
	count, ok := counters[how]
	if !ok {
		return fmt.Errorf("unknown way to count: %q", how)
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	if profile != "" {
		stop, err := startProfile(profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	counts, err := count(in)
	if err != nil {
		return err
	}
	for _, word := range mostFrequent(counts, top) {
		fmt.Printf("%7d %s\n", counts[word], word)
	}
	return nil
}

func startProfile(path string) (stop func(), err error) {
	out, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		out.Close()
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		out.Close()
	}, nil
}

func mostFrequent(counts map[string]int, top int) []string {
	list := make([]string, 0, len(counts))
	for word := range counts {
		list = append(list, word)
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		return counts[a] > counts[b] || counts[a] == counts[b] && a < b
	})
	if top < len(list) {
		list = list[:top]
	}
	return list
}
