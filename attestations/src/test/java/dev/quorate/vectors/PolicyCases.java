package dev.quorate.vectors;

import dev.quorate.fixture.RoundScript;
import java.util.List;
import java.util.function.UnaryOperator;

/** Policies that are not read: THREATS "Votes" and "Parsers". */
final class PolicyCases {
    private static final RoundScript SCRIPT = Rounds.certified();
    private static final String TWO = "threshold: 2";
    private static final String BOUNDS = "must be an integer from 2 to 1000";
    private static final String GO_TUF =
            "A threshold that is zero, missing or of the wrong type was accepted, default 0 (CVE-2026-23992 go-tuf,\n"
                    + "repro-threshold).";

    private PolicyCases() {}

    static List<Draft> all() {
        return List.of(
                Draft.of("policy_as_json_ok", SCRIPT, """
                        Every JSON document is YAML 1.2: machines write policies too, and both spellings are read by
                        one reader (two readers of one format were CVE-2026-49834's kin).""")
                        .policyText(text -> "{"
                                + text.strip()
                                        .replaceAll("(?m)^([a-z]+): ([a-z0-9]+)$", "\"$1\": \"$2\"")
                                        .replaceAll("\"(\\d+)\"", "$1")
                                        .replace("distinct:", "\"distinct\":")
                                        .replace("\n", ", ")
                                + "}\n")
                        .verified(),
                threshold("policy_threshold_missing_refuse", "", "threshold: is missing"),
                threshold("policy_threshold_zero_refuse", "threshold: 0", BOUNDS),
                threshold("policy_threshold_one_refuse", "threshold: 1", BOUNDS),
                threshold("policy_threshold_negative_refuse", "threshold: -2", BOUNDS),
                threshold("policy_threshold_as_text_refuse", "threshold: '2'", BOUNDS),
                threshold("policy_threshold_fraction_refuse", "threshold: 2.0", "is not text, a decimal integer"),
                threshold("policy_threshold_hexadecimal_refuse", "threshold: 0x2", "is not text, a decimal integer"),
                threshold("policy_threshold_percent_refuse", "threshold: 66%", BOUNDS),
                threshold("policy_threshold_null_refuse", "threshold:", BOUNDS),
                threshold("policy_threshold_list_refuse", "threshold: [2]", BOUNDS),
                threshold("policy_threshold_huge_refuse", "threshold: 4294967298", BOUNDS),
                threshold("policy_threshold_huge_exponent_refuse", "threshold: 2e999999999", "is not text, a decimal"),
                threshold("policy_threshold_not_a_number_refuse", "threshold: .nan", "is not text, a decimal"),
                policy("policy_with_a_duplicate_name_refuse", "twice", """
                        Duplicate keys (THREATS, Parsers): of two thresholds, readers take different ones.""", text -> text + "threshold: 2\n"),
                policy(
                        "policy_with_an_unknown_name_refuse",
                        "treshold: is not known here",
                        """
                        A misspelt name is an error and not a default (THREATS, Votes: no default).""",
                        text -> text + "treshold: 3\n"),
                policy(
                        "policy_with_an_alias_refuse",
                        "anchors and aliases are not used here",
                        """
                        Aliases blow up a small file (the "billion laughs" of YAML and XML; THREATS, Parsers).""",
                        text -> text.replace("distinct: {", "distinct: &a {")),
                policy(
                        "policy_with_a_tag_refuse",
                        "is not",
                        """
                        Tags make YAML readers build objects (SnakeYAML CVE-2022-1471; THREATS, Parsers).""",
                        text -> text.replace("hosts: \"none\"", "hosts: !!java.lang.String none")),
                policy("policy_of_two_documents_refuse", "is not YAML", """
                        Trailing data (THREATS, Parsers): a second document that some readers take instead.""", text -> text + "---\n" + text),
                Draft.of("policy_empty_refuse", SCRIPT, """
                        Missing input was accepted (CVE-2026-23992 go-tuf): no policy is not a policy of nothing.""")
                        .policyText(text -> "")
                        .error("is empty"),
                policy("policy_is_a_list_refuse", "must be a mapping", """
                        Type confusion (THREATS, Parsers).""", text -> "- threshold: 2\n"),
                policy("policy_not_utf8_refuse", "not valid UTF-8", """
                        Invalid UTF-8 (THREATS, Parsers).""", text -> text + "# \u00ff\n"),
                policy("policy_cut_in_an_escape_refuse", "is not YAML", """
                        Trailing data, or its loss (THREATS, Parsers): a YAML library answered an escape that the end of
                        the file cuts off with an exception of its own (docs/track-record.md).""", text -> text + "\"\\u"),
                policy(
                        "policy_with_a_lone_surrogate_refuse",
                        "a name has a lone surrogate",
                        """
                        Invalid Unicode (THREATS, Parsers): half a character, which has no UTF-8 form, in a name.""",
                        text -> text + "\"\\ud800\": 1\n"),
                policy("policy_with_terminal_escapes_refuse", "\\u{1b}", """
                        ANSI escapes, newlines and RTL marks in names (THREATS, Parsers): the sentence about it must
                        not carry them.""", text -> text + "\"a\\e[2J\\u202e\": 1\n"),
                policy(
                        "policy_dissent_unknown_refuse",
                        "must be blocks or recorded",
                        """
                        One dissent vetoes everything, or vanishes (in-toto verifylib, repro-threshold): the policy
                        must say which, in a word that is known.""",
                        text -> text.replace("blocks", "ignored")),
                policy(
                        "policy_without_dissent_refuse",
                        "dissent: is missing",
                        """
                        One dissent vetoes everything, or vanishes (in-toto verifylib, repro-threshold): there is no
                        default.""",
                        text -> text.replaceFirst("dissent: .*\n", "")),
                policy(
                        "policy_witnesses_negative_refuse",
                        "must be an integer from 0 to 1000",
                        """
                        A threshold below zero was accepted (CVE-2026-23992 go-tuf).""",
                        text -> text.replace("witnesses: 0", "witnesses: -1")),
                policy(
                        "policy_freshness_endless_refuse",
                        "must be a length of time",
                        """
                        An older certified version served as the newest (THREATS, Binding): there is no forever.""",
                        text -> text.replaceFirst("freshness: .*", "freshness: 0d")));
    }

    private static Draft threshold(String name, String line, String error) {
        return policy(name, error, GO_TUF, text -> text.replace(TWO, line));
    }

    private static Draft policy(String name, String error, String lesson, UnaryOperator<String> change) {
        return Draft.of(name, SCRIPT, lesson).policyText(change).error(error);
    }
}
