package plotting

import "github.com/gophertrees/gopherwood/ptree"

// viewerFolds returns the folds that the picture and the text tree have, as the page reads them; nil
// when nothing repeats or repetition is not to be folded.
func viewerFolds(t ptree.Tree, order []int32, o Options) (fold, chains []int32) {
	if o.Fold == ptree.Off {
		return nil, nil
	}
	repeats, places := false, make([]int32, t.Len())
	for i := range places {
		places[i] = int32(i)
	}
	places = moved(places, order)
	fold = make([]int32, t.Len())
	for _, r := range t.Fold(ptree.FoldOptions{Fold: o.Fold}) {
		stands := places[r.Processes[0]]
		for _, m := range r.Processes {
			stands = min(stands, places[m])
		}
		for _, m := range r.Processes {
			fold[places[m]] = stands
		}
		repeats = repeats || r.Folded()
		if r.Cycle != nil {
			chains = append(chains, stands, int32(len(r.Cycle)))
			for _, m := range r.Cycle {
				chains = append(chains, places[m])
			}
		}
	}
	if !repeats {
		return nil, nil
	}
	return fold, chains
}
