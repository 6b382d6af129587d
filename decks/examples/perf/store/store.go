// Package store asks a database for users: one by one, in one go, and through a
// cache. The database is a stand-in that counts round trips.
package store

import (
	"sync"
	"time"
)

// User is what the database holds.
type User struct {
	ID   int
	Name string
}

// DB is a stand-in for a database: every call waits for one
// round trip, however much it asks for.
type DB struct {
	Trip  time.Duration
	mu    sync.Mutex
	trips int
}

// Users gives the users with these numbers.
func (db *DB) Users(ids ...int) []User {
	time.Sleep(db.Trip)
	db.mu.Lock()
	db.trips++
	db.mu.Unlock()
	users := make([]User, len(ids))
	for i, id := range ids {
		users[i] = User{id, "user"}
	}
	return users
}

// Trips says how many calls there were.
func (db *DB) Trips() int {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.trips
}

// OneByOne makes a round trip for every user.
func OneByOne(db *DB, ids []int) []User {
	var users []User
	for _, id := range ids {
		users = append(users, db.Users(id)...)
	}
	return users
}

// InOneGo makes one round trip: SELECT ... WHERE id IN (...).
func InOneGo(db *DB, ids []int) []User {
	return db.Users(ids...)
}

// Cache remembers users for a while.
type Cache struct {
	DB   *DB
	Keep time.Duration
	Now  func() time.Time
	mu   sync.Mutex
	seen map[int]entry
}

type entry struct {
	user  User
	until time.Time
}

// User gives one user, from memory while it is fresh.
func (c *Cache) User(id int) User {
	c.mu.Lock()
	defer c.mu.Unlock()
	// #region cache
	now := c.Now()
	if e, ok := c.seen[id]; ok && now.Before(e.until) {
		return e.user
	}
	user := c.DB.Users(id)[0]
	if c.seen == nil {
		c.seen = make(map[int]entry)
	}
	c.seen[id] = entry{user, now.Add(c.Keep)}
	return user
	// #endregion
}
