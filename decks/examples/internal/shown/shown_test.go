package shown_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deckc.example/talks/internal/shown"
)

// decks are those that show nothing but code of this module.
var decks = []string{
	"go-concurrency-at-scale.md",
	"go-performance.md",
	"so-you-wanna-go-fast.md",
}

func TestTheCodeOfTheDecksIsTheCodeOfTheFiles(t *testing.T) {
	const module = "../.."
	var files []string
	err := filepath.WalkDir(module, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := os.ReadFile(path)
		files = append(files, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range decks {
		deck, err := os.ReadFile(filepath.Join(module, "..", name))
		if err != nil {
			t.Fatal(err)
		}
		excerpts := shown.Excerpts(string(deck))
		if len(excerpts) == 0 {
			t.Errorf("%s shows no Go", name)
		}
		for _, excerpt := range excerpts {
			if !inOne(excerpt, files) {
				t.Errorf("%s: this stands in no file:\n%s", name, excerpt)
			}
		}
	}
}

func inOne(excerpt string, files []string) bool {
	for _, file := range files {
		if shown.In(excerpt, file) {
			return true
		}
	}
	return false
}

func TestAnExcerptIsFoundWhateverItsIndent(t *testing.T) {
	const file = "func f() {\n\tif x {\n\t\ty()\n\t}\n}\n"
	for excerpt, want := range map[string]bool{
		"if x {\n\ty()\n}\n":     true,
		"\tif x {\n\t\ty()\n\t}": false,
		"if x {\n\tz()\n}\n":     false,
		"func f() {\n\tif x {\n": true,
	} {
		if got := shown.In(excerpt, file); got != want {
			t.Errorf("%q: got %v", excerpt, got)
		}
	}
}
