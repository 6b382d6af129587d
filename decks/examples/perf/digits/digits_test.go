package digits

import (
	"strconv"
	"testing"
)

func TestDigitsAreReadAsStrconvReadsThem(t *testing.T) {
	for _, s := range []string{"0", "7", "0042", "1234567890", "999999999999999999"} {
		want, err := strconv.ParseInt(s, 10, 64)
		if got, ok := Parse([]byte(s)); err != nil || !ok || got != want {
			t.Errorf("%q: %d, %v; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "-1", "1a", "１", "9999999999999999999"} {
		if n, ok := Parse([]byte(s)); ok {
			t.Errorf("%q: %d", s, n)
		}
	}
}

var sink int64

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"0", "123456789", "123456789012345678"} {
		text := []byte(s)
		b.Run("ByHand/"+strconv.Itoa(len(s)), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				sink, _ = Parse(text)
			}
		})
		b.Run("Strconv/"+strconv.Itoa(len(s)), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				sink, _ = strconv.ParseInt(string(text), 10, 64)
			}
		})
	}
}
