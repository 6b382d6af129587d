// Package digits reads numbers from the bytes of a protocol.
package digits

// Parse reads decimal digits: no sign, no base, no string. It
// gives false for anything else, and past 18 digits.
func Parse(b []byte) (n int64, ok bool) {
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	return n, true
}
