package dev.quorate.agent.capture;

import dev.quorate.spec.RelativePath;
import java.util.Arrays;
import java.util.List;

/** A path in whose segments {@code *} stands for any characters but a slash. */
record PathPattern(List<String> segments) {
    static PathPattern of(RelativePath pattern) {
        return new PathPattern(Arrays.asList(pattern.text().split("/")));
    }

    /** Greedy from the left with one step back, so that it is linear in both lengths' product, whatever the pattern. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
