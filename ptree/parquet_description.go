package ptree

import (
	"encoding/json"
	"fmt"
)

// treeMetadataKey is where a Parquet file says that it holds trees and what its columns are.
const treeMetadataKey = "gopherwood.tree"

const treeFormatVersion = 1

// description is the JSON under that key.
type description struct {
	Version int               `json:"version"`
	Schema  Schema            `json:"schema"`            // roles by the names that the log has
	Columns []string          `json:"columns"`           // of the log, in order
	Renamed map[string]string `json:"renamed,omitempty"` // name in the file by that in the log, where they differ
}

func (l *layout) description() string {
	d := description{Version: treeFormatVersion, Schema: l.schema, Columns: l.names()}
	for _, c := range l.columns {
		if w := c.written(); w != c.name {
			if d.Renamed == nil {
				d.Renamed = map[string]string{}
			}
			d.Renamed[c.name] = w
		}
	}
	text, err := json.Marshal(d)
	if err != nil {
		panic(err) // names and texts alone
	}
	return string(text)
}

func described(text string) (description, error) {
	var d description
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return d, fmt.Errorf("its description under the key %s is damaged: %w", treeMetadataKey, err)
	}
	if d.Version != treeFormatVersion {
		return d, fmt.Errorf("it has version %d of the format, this program knows version %d", d.Version, treeFormatVersion)
	}
	return d, nil
}
