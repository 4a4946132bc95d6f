package dataframe

// appendColumn adds all rows of a column. Texts that occur are looked up once each.
func (b *Builder) appendColumn(c Column) {
	switch c.Kind() {
	case String:
		b.appendCodes(c)
	case Int:
		values := c.Ints()
		b.appendEach(c, func(i int) { b.AppendInt(values[i]) })
	case Float:
		values := c.Floats()
		b.appendEach(c, func(i int) { b.AppendFloat(values[i]) })
	case Bool:
		values := c.Bools()
		b.appendEach(c, func(i int) { b.AppendBool(values[i]) })
	case Time:
		values, zoned := c.Nanos(), c.Zoned()
		b.appendEach(c, func(i int) { b.AppendNanos(values[i], zoned) })
	}
}

func (b *Builder) appendEach(c Column, put func(i int)) {
	nulls := c.Nulls() > 0
	for i := range c.Len() {
		if nulls && c.IsNull(i) {
			b.AppendNull()
		} else {
			put(i)
		}
	}
}

func (b *Builder) appendCodes(c Column) {
	codes, texts := c.Codes()
	known := make([]int32, len(texts)) // code+1 of each text, 0 while unknown
	for _, code := range codes {
		if code < 0 {
			b.AppendNull()
			continue
		}
		b.arrive(String)
		if known[code] == 0 {
			known[code] = b.code(texts[code]) + 1
		}
		b.codes = append(b.codes, known[code]-1)
	}
}
