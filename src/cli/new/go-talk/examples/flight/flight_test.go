package flight

import "testing"

func TestOthersJoin(t *testing.T) {
	var g Group
	ours, first := g.join("key")
	theirs, again := g.join("key")
	if !first || again || theirs != ours {
		t.Error("two calls for one key")
	}
	g.leave("key")
	if _, first := g.join("key"); !first {
		t.Error("the call was not forgotten")
	}
}

func TestEverybodyGetsTheAnswer(t *testing.T) {
	var g Group
	answers := make(chan string)
	for i := 0; i < 10; i++ {
		go func() {
			answer, err := g.Do("key", func() (string, error) { return "row", nil })
			if err != nil {
				t.Error(err)
			}
			answers <- answer
		}()
	}
	for i := 0; i < 10; i++ {
		if answer := <-answers; answer != "row" {
			t.Errorf("got %q", answer)
		}
	}
}
