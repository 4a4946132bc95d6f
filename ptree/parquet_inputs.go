package ptree

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// inputFile is one Parquet file of the input with what the names of its folders say.
type inputFile struct {
	path string
	hive map[string]string // column by key=value folder
}

// expand lists the files that inputs stand for, sorted by name and each once: files as they are,
// all Parquet files of folders and of those below them, and globs, where ** is any folders.
func expand(inputs []string) ([]inputFile, error) {
	if len(inputs) == 0 {
		return nil, fmt.Errorf("no input is given: name Parquet files, folders or globs")
	}
	var paths []string
	for _, input := range inputs {
		some, err := expandOne(input)
		if err != nil {
			return nil, err
		}
		paths = append(paths, some...)
	}
	slices.Sort(paths)
	var out []inputFile
	for _, path := range slices.Compact(paths) {
		out = append(out, inputFile{path, hiveOf(path)})
	}
	return out, nil
}

func expandOne(input string) ([]string, error) {
	info, err := os.Stat(input)
	switch {
	case err == nil && !info.IsDir():
		return []string{filepath.Clean(input)}, nil
	case err == nil:
		hits, err := filesBelow(input, isParquet)
		if err == nil && len(hits) == 0 {
			err = fmt.Errorf("the folder %s holds no Parquet file", input)
		}
		return hits, err
	case !strings.ContainsAny(input, "*?["):
		return nil, fmt.Errorf("the input cannot be read: %w", err)
	}
	base, rest := fixedPart(filepath.Clean(input))
	pattern, err := globPattern(rest)
	if err != nil {
		return nil, fmt.Errorf("%s is not a glob: %w", input, err)
	}
	hits, err := filesBelow(base, func(path string) bool {
		below, err := filepath.Rel(base, path)
		return err == nil && pattern.MatchString(filepath.ToSlash(below))
	})
	if err == nil && len(hits) == 0 {
		err = fmt.Errorf("no file matches %s", input)
	}
	return hits, err
}

func isParquet(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".parquet" || ext == ".pq"
}

// filesBelow lists the files of a folder that pass; names that begin with a dot or an underscore
// are what engines keep beside their data.
func filesBelow(folder string, pass func(path string) bool) ([]string, error) {
	var out []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		hidden := path != folder && (d != nil && strings.HasPrefix(d.Name(), ".") || d != nil && strings.HasPrefix(d.Name(), "_"))
		switch {
		case err != nil:
			return fmt.Errorf("the input cannot be read: %w", err)
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && !d.IsDir() && pass(path):
			out = append(out, path)
		}
		return nil
	})
	return out, err
}

// fixedPart parts a glob into the folder that it lies in and the pattern.
func fixedPart(glob string) (base, rest string) {
	parts := strings.Split(filepath.ToSlash(glob), "/")
	n := 0
	for n < len(parts)-1 && !strings.ContainsAny(parts[n], "*?[") {
		n++
	}
	base = strings.Join(parts[:n], "/")
	switch {
	case base == "" && strings.HasPrefix(glob, "/"):
		base = "/"
	case base == "":
		base = "."
	}
	return filepath.FromSlash(base), strings.Join(parts[n:], "/")
}

// globPattern makes a glob a regular expression: * and ? stay within a name, ** goes through
// folders, [abc] and [!abc] are one character.
func globPattern(glob string) (*regexp.Regexp, error) {
	var b strings.Builder
	b.WriteString("^")
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; {
		case strings.HasPrefix(glob[i:], "**/"):
			b.WriteString("(?:.*/)?")
			i += 2
		case strings.HasPrefix(glob[i:], "**"):
			b.WriteString(".*")
			i++
		case c == '*':
			b.WriteString("[^/]*")
		case c == '?':
			b.WriteString("[^/]")
		case c == '[':
			end := strings.IndexByte(glob[i:], ']')
			if end < 2 {
				return nil, fmt.Errorf("its [ has no ]")
			}
			set := strings.ReplaceAll(glob[i+1:i+end], `\`, `\\`)
			if strings.HasPrefix(set, "!") {
				set = "^" + set[1:]
			}
			b.WriteString("[" + set + "]")
			i += end
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	return regexp.Compile(b.String() + "$")
}

// hiveNull is the folder of the rows that have no value.
const hiveNull = "__HIVE_DEFAULT_PARTITION__"

// hiveOf reads the key=value folders of a path, as Hive and others lay tables out.
func hiveOf(path string) map[string]string {
	out := map[string]string{}
	for _, part := range strings.Split(filepath.ToSlash(filepath.Dir(path)), "/") {
		key, value, ok := strings.Cut(part, "=")
		if ok && key != "" && value != hiveNull {
			out[key] = hiveText(value)
		}
	}
	return out
}

// hiveText undoes the percent signs by which such names write what a path cannot hold.
func hiveText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			var v byte
			if _, err := fmt.Sscanf(s[i+1:i+3], "%02x", &v); err == nil {
				b.WriteByte(v)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
