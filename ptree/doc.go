// Package ptree turns a log of process creations into a forest of processes and answers who
// started a process, what it started, and what stands beside it.
//
// # Data model
//
//	Schema   which column plays which role in a log (Windows4688, Auditd, … or your own)
//	Forest   every process once, in preorder: a subtree is a contiguous range of positions
//	Tree     some processes of one forest in the tree's order: what queries take and return
//	Process  one of them
//
// A process is identified by its host, its image name in lower case, its process id and its
// creation time. Its parent is the one whose identity the log names (a GUID, a start key, a creation
// time, a fork); where it names none, the process of that host with the recorded parent id (and
// parent name, where the log has one) that was created last before it or at the same moment.
// [Process.Link] tells which it was and how sure that is, [Explain] why no other, and [Score] how
// often it is right where the truth is known. A parent that is not in the log is inferred from its
// children: it becomes a root, dated only where they tell its creation, and every table and picture
// says so.
//
// The behaviour follows msticpy's ProcessTree (https://github.com/microsoft/msticpy), whose
// function names the queries keep; where msticpy mixes hosts, drops rows or loses types
// silently, this package does not, and [Tree.Findings] tells what it met.
package ptree
