package shutdown_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"deckc.example/talks/internal/watch"
	"deckc.example/talks/shutdown"
)

const soon = 2 * time.Second

// within fails the test when nothing comes from c soon.
func within[T any](t *testing.T, c <-chan T, what string) (v T, ok bool) {
	t.Helper()
	select {
	case v, ok = <-c:
		return v, ok
	case <-time.After(soon):
		t.Fatalf("%s: nothing after %v", what, soon)
		return v, false
	}
}

func TestAnAnswerGoesOut(t *testing.T) {
	work := func(context.Context) (string, error) { return "ready", nil }
	got := httptest.NewRecorder()
	shutdown.Answer(work, time.Minute)(got, httptest.NewRequest("GET", "/", nil))
	if got.Code != http.StatusOK || got.Body.String() != "ready" {
		t.Errorf("got %d %q", got.Code, got.Body)
	}
}

func TestAnErrorIsABadGateway(t *testing.T) {
	work := func(context.Context) (string, error) { return "", errors.New("no cluster") }
	got := httptest.NewRecorder()
	shutdown.Answer(work, time.Minute)(got, httptest.NewRequest("GET", "/", nil))
	if got.Code != http.StatusBadGateway {
		t.Errorf("got %d", got.Code)
	}
}

func TestTheLimitEndsTheWork(t *testing.T) {
	work := func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}
	got := httptest.NewRecorder()
	shutdown.Answer(work, time.Millisecond)(got, httptest.NewRequest("GET", "/", nil))
	if got.Code != http.StatusBadGateway {
		t.Errorf("got %d", got.Code)
	}
}

func TestWorkEndsWhenTheClientGoesAway(t *testing.T) {
	watch.Leaks(t)
	began, ended := make(chan struct{}), make(chan error, 1)
	server := httptest.NewServer(shutdown.Answer(func(ctx context.Context) (string, error) {
		close(began)
		<-ctx.Done()
		ended <- ctx.Err()
		return "", ctx.Err()
	}, time.Minute))
	defer server.Close()

	ctx, hangUp := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, "GET", server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		within(t, began, "the work")
		hangUp()
	}()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if response, err := client.Do(request); err == nil {
		response.Body.Close()
		t.Error("an answer came after hanging up")
	}
	if err, _ := within(t, ended, "the end of the work"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestARequestUnderWayIsFinished(t *testing.T) {
	watch.Leaks(t)
	began := make(chan struct{})
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		time.Sleep(20 * time.Millisecond)
		_, _ = io.WriteString(w, "done")
	})}
	l := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- shutdown.Serve(ctx, srv, l, soon) }()
	go func() {
		within(t, began, "the request")
		stop()
	}()

	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || string(body) != "done" {
		t.Errorf("got %q, %v", body, err)
	}
	if err, _ := within(t, served, "the server"); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestGraceEnds(t *testing.T) {
	began, release := make(chan struct{}), make(chan struct{})
	srv := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(began)
		<-release
	})}
	l := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- shutdown.Serve(ctx, srv, l, 10*time.Millisecond) }()
	go func() {
		if response, err := http.Get("http://" + l.Addr().String()); err == nil {
			response.Body.Close()
		}
	}()
	within(t, began, "the request")
	stop()
	if err, _ := within(t, served, "the server"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	close(release)
}

func TestAListenerThatFailsEndsTheServer(t *testing.T) {
	l := listen(t)
	l.Close()
	if err := shutdown.Serve(context.Background(), &http.Server{}, l, soon); err == nil {
		t.Error("no error")
	}
}

func TestEveryClientGetsTheNews(t *testing.T) {
	watch.Leaks(t)
	ctx, stop := context.WithCancel(context.Background())
	b := shutdown.NewBroker(ctx)
	clients := []shutdown.Client{make(shutdown.Client, 1), make(shutdown.Client, 1)}
	for _, c := range clients {
		if err := b.Join(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Publish("deployed"); err != nil {
		t.Fatal(err)
	}
	for _, c := range clients {
		if msg, _ := within(t, c, "a client"); msg != "deployed" {
			t.Errorf("got %q", msg)
		}
	}
	stop()
	within(t, b.Done(), "the broker")
	for _, c := range clients {
		if _, open := within(t, c, "a client"); open {
			t.Error("a client is still open")
		}
	}
}

func TestASlowClientIsDroppedAndTheOthersAreServed(t *testing.T) {
	watch.Leaks(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	b := shutdown.NewBroker(ctx)
	slow, quick := make(shutdown.Client, 1), make(shutdown.Client, 3)
	_ = b.Join(slow)
	_ = b.Join(quick)
	for _, msg := range []string{"one", "two", "three"} {
		if err := b.Publish(msg); err != nil {
			t.Fatal(err)
		}
	}
	b.Leave(slow) // dropped already: closing it twice would panic
	if msg, _ := within(t, slow, "the slow client"); msg != "one" {
		t.Errorf("got %q", msg)
	}
	if _, open := within(t, slow, "the slow client"); open {
		t.Error("the slow client was not dropped")
	}
	for _, want := range []string{"one", "two", "three"} {
		if msg, _ := within(t, quick, "the quick client"); msg != want {
			t.Errorf("got %q, want %q", msg, want)
		}
	}
}

func TestWhoComesLateIsToldAndDoesNotWait(t *testing.T) {
	watch.Leaks(t)
	ctx, stop := context.WithCancel(context.Background())
	b := shutdown.NewBroker(ctx)
	stop()
	within(t, b.Done(), "the broker")

	if err := b.Join(make(shutdown.Client, 1)); !errors.Is(err, shutdown.ErrStopped) {
		t.Errorf("join: %v", err)
	}
	if err := b.Publish("late"); !errors.Is(err, shutdown.ErrStopped) {
		t.Errorf("publish: %v", err)
	}
	b.Leave(make(shutdown.Client, 1))
}
