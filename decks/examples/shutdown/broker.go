package shutdown

import (
	"context"
	"errors"
)

// ErrStopped is what a broker says that has ended.
var ErrStopped = errors.New("the broker has stopped")

// Client is where one listener gets its messages. Its buffer is how far the
// listener may fall behind. The broker closes it, and nobody else does.
type Client chan string

// Broker passes messages on to every client.
type Broker struct {
	join, leave chan Client
	news        chan string
	done        chan struct{}
}

// NewBroker starts a broker that runs until ctx ends.
func NewBroker(ctx context.Context) *Broker {
	b := &Broker{
		join:  make(chan Client),
		leave: make(chan Client),
		news:  make(chan string),
		done:  make(chan struct{}),
	}
	go b.run(ctx)
	return b
}

// run owns the clients: no other goroutine touches the map.
func (b *Broker) run(ctx context.Context) {
	// #region broker-loop
	defer close(b.done)
	clients := make(map[Client]bool)
	for {
		select {
		case c := <-b.join:
			clients[c] = true
		case c := <-b.leave:
			drop(clients, c)
		case msg := <-b.news:
			broadcast(clients, msg)
		case <-ctx.Done():
			dropAll(clients)
			return
		}
	}
	// #endregion
}

func broadcast(clients map[Client]bool, msg string) {
	for c := range clients {
		select {
		case c <- msg:
		default: // full: this client is too slow
			drop(clients, c)
		}
	}
}

func drop(clients map[Client]bool, c Client) {
	if clients[c] {
		delete(clients, c)
		close(c)
	}
}

func dropAll(clients map[Client]bool) {
	for c := range clients {
		drop(clients, c)
	}
}

// Join takes a client in.
func (b *Broker) Join(c Client) error {
	select {
	case b.join <- c:
		return nil
	case <-b.done: // late: nobody would answer
		return ErrStopped
	}
}

// Leave lets a client go and closes it. A client that was dropped already may
// still leave.
func (b *Broker) Leave(c Client) {
	select {
	case b.leave <- c:
	case <-b.done:
	}
}

// Publish sends a message to every client, and waits for none of them.
func (b *Broker) Publish(msg string) error {
	select {
	case b.news <- msg:
		return nil
	case <-b.done:
		return ErrStopped
	}
}

// Done is closed once the broker has let every client go.
func (b *Broker) Done() <-chan struct{} {
	return b.done
}
