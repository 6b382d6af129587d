module deckc.example/talks

go 1.19
