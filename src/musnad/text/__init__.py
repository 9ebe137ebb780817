"""The articles as text: untouched code points, a folded copy with the way back, tokens, segments."""
