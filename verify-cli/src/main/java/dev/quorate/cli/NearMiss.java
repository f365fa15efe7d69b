package dev.quorate.cli;

import java.util.Comparator;
import java.util.List;

/** Finds the word that somebody probably meant. */
final class NearMiss {
    private static final int LONGEST = 40;

    private NearMiss() {}

    /** {@code ; did you mean …?} or nothing. */
    static String among(List<String> known, String typed) {
        if (typed.length() > LONGEST) {
            return "";
        }
        return known.stream()
                .filter(word -> distance(word, typed) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> distance(word, typed))
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
