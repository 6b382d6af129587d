package store

import (
	"reflect"
	"testing"
	"time"
)

func hundred() []int {
	ids := make([]int, 100)
	for i := range ids {
		ids[i] = i
	}
	return ids
}

func TestBothGiveTheSameUsers(t *testing.T) {
	one, all := new(DB), new(DB)
	if !reflect.DeepEqual(OneByOne(one, hundred()), InOneGo(all, hundred())) {
		t.Error("the users differ")
	}
	if one.Trips() != 100 || all.Trips() != 1 {
		t.Errorf("%d and %d round trips", one.Trips(), all.Trips())
	}
}

func TestTheCacheForgetsWhatIsStale(t *testing.T) {
	now := time.Unix(0, 0)
	db := new(DB)
	cache := Cache{DB: db, Keep: time.Minute, Now: func() time.Time { return now }}
	for i := 0; i < 10; i++ {
		cache.User(7)
	}
	if db.Trips() != 1 {
		t.Errorf("%d round trips while fresh", db.Trips())
	}
	now = now.Add(time.Minute)
	if user := cache.User(7); user.ID != 7 || db.Trips() != 2 {
		t.Errorf("%v after %d round trips", user, db.Trips())
	}
}

func BenchmarkUsers(b *testing.B) {
	db := &DB{Trip: time.Millisecond}
	ids := hundred()
	b.Run("OneByOne", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			OneByOne(db, ids)
		}
	})
	b.Run("InOneGo", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			InOneGo(db, ids)
		}
	})
	cache := Cache{DB: db, Keep: time.Hour, Now: time.Now}
	for _, id := range ids {
		cache.User(id)
	}
	b.Run("Cached", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			for _, id := range ids {
				cache.User(id)
			}
		}
	})
}
