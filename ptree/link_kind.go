package ptree

// LinkKind says what a process's link to its parent rests on.
type LinkKind uint8

// The kinds of links, from none to the strongest evidence down to a guess.
const (
	NoLink         LinkKind = iota // a root has no parent
	ByGUID                         // the row names the parent's unique identity (Sysmon's GUID, Defender's start key)
	ByFork                         // the log has the fork that made the process
	ByCreationTime                 // process id and creation time of the parent are those that the row names
	ExecInPlace                    // not a new process: the parent's process changed its image
	ByRepairedGUID                 // the GUID names no start, but id, image, machine and second are those of one
	ByName                         // id and image agree, and it is the last such process before the row's time
	BySequence                     // the id agrees, and ids given out in order say that it was not given away again since
	ByProcessID                    // the id agrees, and it is the last such process before the row's time
	ByReissuedID                   // as ByProcessID, but the machine may have given the id away again since: a guess
	InferredByGUID                 // the parent is not in the log; its unique identity or creation time is
	InferredByName                 // the parent is not in the log; its id and image are
	InferredByID                   // the parent is not in the log; its id is
	InferredByNone                 // the parent is not in the log, and the row does not tell its id
)

var linkNames = [...]string{"no parent", "GUID", "fork", "creation time", "exec in place", "repaired GUID", "id, image and time",
	"id in sequence", "id and time", "id given away again", "identity, parent not in the log", "id and image, parent not in the log",
	"id, parent not in the log", "nothing told, parent not in the log"}

// String returns what the link rests on.
func (k LinkKind) String() string {
	if int(k) < len(linkNames) {
		return linkNames[k]
	}
	return "unknown"
}

// Inferred reports whether the parent is not in the log.
func (k LinkKind) Inferred() bool { return k >= InferredByGUID }

// confidence is how often a link of the kind is right where the truth is known, in round numbers:
// docs/linking.md has the measurements.
func (k LinkKind) confidence() float32 {
	return [...]float32{1, 1, 1, 0.99, 1, 0.95, 0.97, 0.97, 0.9, 0.5, 0.99, 0.95, 0.9, 0.5}[k]
}

// Link is the tie between a process and its parent.
type Link struct {
	Kind       LinkKind
	Confidence float32 // from 0 to 1: how sure it is that this is the parent; 1 for a root, which has none
	Evidence   string  // what speaks for it, and what lowers the confidence, in words
}

// Weak reports whether the link is a guess that a person should check before building on it.
func (l Link) Weak() bool { return l.Confidence < 0.9 }
