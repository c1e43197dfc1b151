package coverage

// ReadsAnew tells how often everything was read, rather than what moved.
func (c *Coverage) ReadsAnew() int { return c.wholes }
