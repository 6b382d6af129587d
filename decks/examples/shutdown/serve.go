package shutdown

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Serve answers on l until ctx ends, and then gives the requests under way
// some grace to finish.
func Serve(ctx context.Context, srv *http.Server,
	l net.Listener, grace time.Duration) error {
	// #region serve
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(
		context.Background(), grace)
	defer cancel()
	return srv.Shutdown(last)
	// #endregion
}
