// Package shutdown stops work that nobody waits for any more: one request, a
// server, and a broker of server-sent events.
package shutdown

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Work gives an answer, and gives up when ctx ends.
type Work func(ctx context.Context) (string, error)

// Answer gives a handler that lets work take until the limit, or until the
// client goes away.
func Answer(work Work, limit time.Duration) http.HandlerFunc {
	// #region client-gone
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		answer, err := work(ctx)
		switch {
		case r.Context().Err() != nil:
			return // the client is gone
		case err != nil:
			http.Error(w, err.Error(), http.StatusBadGateway)
		default:
			_, _ = io.WriteString(w, answer)
		}
	}
	// #endregion
}
