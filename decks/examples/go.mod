module deckc.example/talks

// sync/atomic's types, such as atomic.Int64, came with 1.19.
go 1.19

require golang.org/x/sync v0.1.0
