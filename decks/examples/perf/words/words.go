// Package words counts the words of a text, three times over: as one writes it
// at first, and after each of two fixes that a profile asks for.
package words

import (
	"bufio"
	"io"
)

// CountSlow counts words. It asks for one byte at a time, and makes a new
// string for every letter.
func CountSlow(r io.Reader) (map[string]int, error) {
	counts, word := make(map[string]int), ""
	b := make([]byte, 1)
	// #region slow
	for {
		_, err := io.ReadFull(r, b)
		if err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if isLetter(b[0]) {
			word += string(b)
		} else if word != "" {
			counts[word]++
			word = ""
		}
	}
	// #endregion
	if word != "" {
		counts[word]++
	}
	return counts, nil
}

// CountBuffered mends the first bottleneck: it reads 64 kB
// at a time.
func CountBuffered(r io.Reader) (map[string]int, error) {
	return CountSlow(bufio.NewReaderSize(r, 64<<10))
}

// CountFast mends the second one: letters are gathered in a slice that is used
// again, and only a word that was never seen before becomes a string.
func CountFast(r io.Reader) (map[string]int, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	seen, word := make(map[string]*int), []byte(nil)
	for {
		b, err := in.ReadByte()
		if err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if isLetter(b) {
			word = append(word, b)
		} else if len(word) > 0 {
			add(seen, word)
			word = word[:0]
		}
	}
	if len(word) > 0 {
		add(seen, word)
	}
	return total(seen), nil
}

// add counts one word. The lookup makes no string.
func add(seen map[string]*int, word []byte) {
	if n, ok := seen[string(word)]; ok {
		*n++
		return
	}
	n := 1
	seen[string(word)] = &n
}

func total(seen map[string]*int) map[string]int {
	counts := make(map[string]int, len(seen))
	for word, n := range seen {
		counts[word] = *n
	}
	return counts
}

func isLetter(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
