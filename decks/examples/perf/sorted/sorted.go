// Package sorted sorts the same people as values and behind interfaces.
package sorted

import "sort"

// Person is what is sorted.
type Person struct {
	Age  int
	Name string
}

// Aged is whatever has an age.
type Aged interface{ Years() int }

// Years gives the age.
func (p *Person) Years() int { return p.Age }

// Values sorts structs that lie side by side.
func Values(people []Person) {
	sort.Slice(people, func(i, j int) bool {
		return people[i].Age < people[j].Age
	})
}

// Interfaces follows a pointer and calls a method to compare.
func Interfaces(people []Aged) {
	sort.Slice(people, func(i, j int) bool {
		return people[i].Years() < people[j].Years()
	})
}
