"""Machine pre-translation: protected markup, verified answers, engines as guests."""
