package ptree

import "github.com/gophertrees/gopherwood/dataframe"

const (
	providerColumn = "Provider"
	linuxSysmon    = "Linux-Sysmon"
)

// provided reports whether a log may be of the schema by the programs that wrote its events. It
// tells Sysmon's two schemas apart, which have the same columns; a log of both may be of either.
func (s Schema) provided(df dataframe.DataFrame) bool {
	if s.Name != Sysmon.Name && s.Name != SysmonLinux.Name {
		return true
	}
	linux, other := providers(df)
	if s.Name == SysmonLinux.Name {
		return linux
	}
	return other || !linux
}

// providers reports whether Sysmon for Linux wrote events of a log, and whether others did.
func providers(df dataframe.DataFrame) (linux, other bool) {
	if !df.Has(providerColumn) {
		return false, false
	}
	codes, texts := asText(df.Col(providerColumn)).Codes()
	for _, c := range codes {
		if c >= 0 {
			is := texts[c] == linuxSysmon
			linux, other = linux || is, other || !is
		}
	}
	return linux, other
}
