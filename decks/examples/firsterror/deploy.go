// Package firsterror does many things at once and gives up on the first error,
// with golang.org/x/sync/errgroup.
package firsterror

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Deploy deploys to one environment.
type Deploy func(ctx context.Context, env string) error

// All deploys to every environment, at most size at a time. The first error
// ends the context of the others, and is the one given.
func All(ctx context.Context, envs []string,
	size int, deploy Deploy) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(size)
	for _, env := range envs {
		env := env // one variable a turn, before Go 1.22
		group.Go(func() error {
			return deploy(ctx, env)
		})
	}
	return group.Wait()
}
