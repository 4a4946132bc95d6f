package plotting

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisualOrder(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain text (1)", "plain text (1)"},
		{"אבג", "גבא"},
		{"abc אבג def", "abc גבא def"},
		{"אב 12 גד", "דג 12 בא"},
		{"אב 12.5", "12.5 בא"},
		{"אב (גד) x", "(דג) בא x"},
		{"x אב, גד y", "x דג ,בא y"},
		{"C:\\אב\\ג.exe", "C:\\ג\\בא.exe"},
		{"ab\u05d0\u05b8\u05d1", "ab\u05d1\u05d0\u05b8"}, // a mark stays behind its letter
		{"ملف 45", "45 فلم"},
	} {
		if got := visualOrder(c.text); got != c.want {
			t.Errorf("visualOrder(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// TestArabicJoins checks forms against those that Unicode's own examples have.
func TestArabicJoins(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain", "plain"},
		{"\u0628", "\ufe8f"},
		{"\u0628\u0628\u0628", "\ufe91\ufe92\ufe90"},
		{"\u062f\u0628", "\ufea9\ufe8f"},                   // dal joins nothing after it
		{"\u0628\u064e\u0628", "\ufe91\u064e\ufe90"},       // a vowel sign is no letter
		{"\u0633\u0644\u0627\u0645", "\ufeb3\ufefc\ufee1"}, // salam, with its ligature
		{"\u0644\u0627", "\ufefb"},
		{"\u0628 \u0628", "\ufe8f \ufe8f"},
		{"\u06af\u0640\u064a", "\ufb94\u0640\ufef2"},
		{"\u0621\u0628", "\ufe80\ufe8f"}, // hamza joins nothing
		{"\u0628\u0621", "\ufe8f\ufe80"},
		{"\u064a\u0648\u0649", "\ufef3\ufeee\ufeef"},
	} {
		if got := shaped(c.text); got != c.want {
			t.Errorf("shaped(%+q) = %+q, want %+q", c.text, got, c.want)
		}
	}
	for letter, form := range arabicForms {
		if face, _ := faceOf(form.alone, false); face == nil {
			t.Errorf("no font has the forms of %U", letter)
		}
	}
}

// TestOneFormOfALetter checks that what is measured has the characters that are drawn.
func TestOneFormOfALetter(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain", "plain"},
		{"e\u0301a\u0308\u0301", "\u00e9\u00e4\u0301"}, // marks that belong to a letter
		{"\u095b", "\u091c\u093c"},                     // one that Unicode writes as two
		{"\u1112\u1161\u11ab", "\ud55c"},
	} {
		if got := visible(c.text); got != c.want {
			t.Errorf("visible(%+q) = %+q, want %+q", c.text, got, c.want)
		}
	}
}

// FuzzText checks that whatever a log says is measured, cut and put in order without loss or panic.
func FuzzText(f *testing.F) {
	for _, text := range append(hostile[:5:5], "漢字 אב 12 (x) \u0301\u0301", "\U0001f600\U0001f9ff", "0\u095b0") {
		f.Add(text, 40.0)
	}
	f.Fuzz(func(t *testing.T, text string, width float64) {
		letters := letters{size: 11}
		shown := visible(text)
		for _, cut := range []string{cutEnd(shown, width, letters), cutMiddle(shown, width, letters)} {
			if !utf8.ValidString(cut) {
				t.Errorf("cutting %q to %v = %q, which is not UTF-8", shown, width, cut)
			}
			if w := measure(cut, letters); w > width+1e-6 && cut != "" {
				t.Errorf("cutting %q to %v is %v wide", shown, width, w)
			}
		}
		if got := visualOrder(shown); len(got) != len(shown) && !strings.ContainsAny(shown, "«»") {
			t.Errorf("visualOrder(%q) = %q", shown, got)
		}
		total := 0.0
		for _, r := range (label{text: shown, size: 11}).runs() {
			total += r.width
		}
		if most, want := measure(shown, letters), measure(shaped(shown), letters); total < want-1e-3 || total > want+1e-3 || want > most+1e-3 {
			t.Errorf("the runs of %q are %v wide, want %v, %v at most", shown, total, want, most)
		}
	})
}

func TestEveryScriptIsDrawn(t *testing.T) {
	for _, c := range []struct {
		text string
		want *typeface
	}{{"abc ÄΩЖ", liberation}, {"مستند", dejavu}, {"שלום", liberation}, {"病毒扫描", droid}, {"プログラム", droid}, {"메모장", droid}, {"\U0001f600", dejavu}} {
		runs := label{text: c.text, size: 11}.runs()
		if len(runs) != 1 || runs[0].face != c.want {
			t.Errorf("runs(%q) = %d runs, the first in %v, want one in %s", c.text, len(runs), runs[0].face, c.want.name)
		}
	}
	runs := label{text: "a\U0001f9ffb", size: 11}.runs()
	if len(runs) != 3 || runs[1].face != nil || runs[1].width < 20 {
		t.Fatalf("runs of a character that no font has = %+v, want a box with its code between two letters", runs)
	}
	if _, text := runs[1].unknown(label{size: 11}); text.text != "U+1F9FF" || text.size < smallest {
		t.Errorf("unknown(U+1F9FF) = %q of size %v", text.text, text.size)
	}
}

func TestCutting(t *testing.T) {
	f := letters{size: 11}
	text := `"C:\Program Files\A\tool.exe" --input C:\data\file.txt`
	width := measure(text, f)
	if got := cutMiddle(text, width, f); got != text {
		t.Errorf("cutMiddle to its own width = %q", got)
	}
	got := cutMiddle(text, width/2, f)
	if !strings.HasPrefix(got, `"C:\Prog`) || !strings.HasSuffix(got, ".txt") || strings.Count(got, ellipsis) != 1 {
		t.Errorf("cutMiddle(%q) = %q, want both ends and one ellipsis", text, got)
	}
	if got := cutEnd(text, 1, f); got != "" {
		t.Errorf("cutEnd to one pixel = %q, want nothing", got)
	}
	long := strings.Repeat("x", 1<<20) + "end"
	if got := visible(long); len(got) > 2*longest || !strings.HasSuffix(got, "end") {
		t.Errorf("visible(1 MB) has %d bytes and ends in %q", len(got), got[len(got)-3:])
	}
}

// TestMarksAreCentred checks that a mark without a composed form has its ink over its letter's, in
// every typeface, moves no pen and stays in its letter's run.
func TestMarksAreCentred(t *testing.T) {
	for _, text := range []string{"x\u0302y", "\u0416\u0301a", "i\u0331\u0308m", "\u05d1\u05b8\u05d0", "\u0634\u064e\u0628"} {
		l := label{text: text, size: 11}
		runs := l.runs()
		if len(runs) != 1 || runs[0].face == nil {
			t.Errorf("%+q has %d runs, want one", text, len(runs))
			continue
		}
		face := runs[0].face
		letter, pen := 0.0, 0.0
		face.set(runs[0].text, func(_ int, r rune, x float64) {
			middle := x + face.middle(r)
			if !isMark(r) {
				if math.Abs(x-pen) > 1e-9 {
					t.Errorf("%+q: %U stands at %v, want %v", text, r, x, pen)
				}
				letter, pen = middle, x+face.advance(r)
			} else if math.Abs(middle-letter) > 1e-9 {
				t.Errorf("%+q: the middle of %U is %v, want %v", text, r, middle, letter)
			}
		})
		if width := measure(shaped(text), letters{size: 11}); math.Abs(width-pen*11) > 1e-6 {
			t.Errorf("%+q is %v wide, want %v", text, width, pen*11)
		}
	}
}
