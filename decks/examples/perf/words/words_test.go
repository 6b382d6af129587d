package words

import (
	"errors"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

type counter func(io.Reader) (map[string]int, error)

var counters = []struct {
	name  string
	count counter
}{
	{"Slow", CountSlow},
	{"Buffered", CountBuffered},
	{"Fast", CountFast},
}

func TestAllCountersAgree(t *testing.T) {
	for _, text := range []string{"", "a", " a b  a\n", "Go, go; GO!", text(10_000)} {
		want, err := CountSlow(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, n := range want {
			sum += n
		}
		split := func(r rune) bool { return r > 0x7f || !isLetter(byte(r)) }
		if fields := len(strings.FieldsFunc(text, split)); sum != fields {
			t.Errorf("%d words counted, want %d", sum, fields)
		}
		for _, c := range counters {
			if got, err := c.count(strings.NewReader(text)); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v, %v; want %v", c.name, got, err, want)
			}
		}
	}
}

func TestErrorsOfTheReaderArePassedOn(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range counters {
		if _, err := c.count(iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

// BenchmarkCount reads a file of 1 MB from the disk cache.
func BenchmarkCount(b *testing.B) {
	path := filepath.Join(b.TempDir(), "text")
	text := text(1 << 20)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, c := range counters {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				countFile(b, path, c.count)
			}
		})
	}
}

func countFile(b *testing.B, path string, count counter) {
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if _, err := count(file); err != nil {
		b.Fatal(err)
	}
}

// text gives size bytes of made-up words; a few of them are frequent, as in a
// natural text. The same bytes on every run.
func text(size int) string {
	random := rand.New(rand.NewSource(1))
	words := make([]string, 5000)
	for i := range words {
		word := make([]byte, 2+random.Intn(9))
		for j := range word {
			word[j] = byte('a' + random.Intn(26))
		}
		words[i] = string(word)
	}
	zipf := rand.NewZipf(random, 1.1, 4, uint64(len(words)-1))
	var out strings.Builder
	for out.Len() < size {
		out.WriteString(words[zipf.Uint64()])
		out.WriteByte(" \n"[random.Intn(8)/7])
	}
	return out.String()[:size]
}
