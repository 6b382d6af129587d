package calls

import "testing"

var sink float64

func squares(n int) (shapes []Shape, squares []Square) {
	for i := 0; i < n; i++ {
		squares = append(squares, Square{float64(i)})
		shapes = append(shapes, squares[i])
	}
	return shapes, squares
}

func TestBothSumsAgree(t *testing.T) {
	shapes, squares := squares(10)
	if a, b := SumShapes(shapes), SumSquares(squares); a != b || a != 285 {
		t.Errorf("%v and %v", a, b)
	}
}

func TestBothPaymentsArrive(t *testing.T) {
	a := new(Account)
	a.Pay(3)
	a.PayFast(4)
	if a.cents != 7 {
		t.Errorf("%d cents", a.cents)
	}
}

func BenchmarkPay(b *testing.B) {
	a := new(Account)
	b.Run("Defer", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			a.Pay(1)
		}
	})
	b.Run("NoDefer", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			a.PayFast(1)
		}
	})
}

func BenchmarkArea(b *testing.B) {
	shapes, squares := squares(1000)
	b.Run("Interface", func(b *testing.B) {
		for i := 0; i < b.N; i += len(shapes) {
			sink = SumShapes(shapes)
		}
	})
	b.Run("Concrete", func(b *testing.B) {
		for i := 0; i < b.N; i += len(squares) {
			sink = SumSquares(squares)
		}
	})
}
